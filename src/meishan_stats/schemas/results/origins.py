"""Where capital comes from."""
