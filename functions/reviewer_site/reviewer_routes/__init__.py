"""The routes of the reviewers' site, by subject."""
