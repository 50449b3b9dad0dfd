"""Whether a line of a letter names a house of health care other than the applicant's."""

import re

from roundtable.documents.finding.titles import name_like
from roundtable.domain.organizations import names_organization

_HOUSE = re.compile(
    r"(?i)\b(?:hospitals?|clinics?|(?:medical|health|wellness)\s+cent(?:er|re)s?|health\s?care"
    r"|health\s+(?:system|network|services|partners|plan|department)|health|university|bank|association|foundation|council|coalition"
    r"|alliance|agency|club|society|college|school|county)\b"
)
_NOT_A_HOUSE = re.compile(
    r"(?i)\b(?:institute|officer|director|president|chair\w*|manager|committee|street|avenue|ave"
    r"|suite|department|division|program|dean|professor)\b|\d"
)


def names_another_house(text: str, organization: str) -> bool:
    """Return whether a line names a house of health care that is not this organization."""
    parts = re.split(r"[,|\u2022\u2013\u2014]", text)
    return any(
        _HOUSE.search(part) is not None
        and _NOT_A_HOUSE.search(part) is None
        and not name_like(part, organization)
        and not names_organization(part, organization)
        for part in parts
    )
