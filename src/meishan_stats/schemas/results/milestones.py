"""Planned and actual dates."""
