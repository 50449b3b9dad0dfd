"""Makers of the files: the same bytes each time."""
