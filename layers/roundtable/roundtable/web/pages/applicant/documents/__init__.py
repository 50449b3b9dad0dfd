"""Letters and videos of applicants: what is asked, what is there, what was found."""
