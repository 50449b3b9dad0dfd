"""The languages that people are spoken to in, and the catalogs that hold what is said."""
