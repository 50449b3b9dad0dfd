"""How applicants fill in and submit: tasks, the pages of the form, check, receipt."""
