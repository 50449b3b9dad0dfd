"""What an applicant is told about where an application stands."""
