"""The pages of applicants."""
