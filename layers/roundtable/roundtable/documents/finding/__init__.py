"""Finding in what was read who signs a letter, for whom, and to what it commits. Pure."""
