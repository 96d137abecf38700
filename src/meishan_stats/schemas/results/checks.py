"""Figures that cannot both be true."""
