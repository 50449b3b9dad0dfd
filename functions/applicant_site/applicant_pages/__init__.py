"""Pages of the applicants' site, one file a subject."""
