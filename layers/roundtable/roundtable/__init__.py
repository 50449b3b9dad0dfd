"""Roundtable: application rounds of selective programs, from the form to the answer."""
