"""Decisions with their seats, telling them, and what follows."""
