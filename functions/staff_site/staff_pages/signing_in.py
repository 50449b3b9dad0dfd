"""Staff sign in and out."""

from roundtable.web.pages.entering_routes import entering_routes
from roundtable.web.pages.members import STAFF

router = entering_routes(STAFF)
