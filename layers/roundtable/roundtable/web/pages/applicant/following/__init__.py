"""Where an application stands, and what its applicant may still decide."""
