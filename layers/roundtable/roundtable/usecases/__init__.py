"""What Roundtable does for people and for the workflow: each knows the domain and the ports."""
