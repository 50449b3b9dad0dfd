"""Reviewers sign in and out."""

from roundtable.web.pages.entering_routes import entering_routes
from roundtable.web.pages.members import REVIEWERS

router = entering_routes(REVIEWERS)
