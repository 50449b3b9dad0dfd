"""What moves applications on: the workflow, the clock, notices and events."""
