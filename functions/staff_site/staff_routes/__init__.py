"""The routes of the staff's site, by subject."""
