"""How applicants get in: eligibility, sign-in, the list of their applications."""
