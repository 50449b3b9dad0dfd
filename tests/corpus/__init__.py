"""A corpus of letters and videos, each with what a person makes of it."""
