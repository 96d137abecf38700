"""Size, concentration and change of the structure."""
