"""From the first look at a program to the answer to an offer: what applicants do."""
