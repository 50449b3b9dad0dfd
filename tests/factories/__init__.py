"""Valid records for tests, with keyword overrides: `make_application(Stage.REVIEW, run=2)`.

Everything happens in one small program of two tracks, at one moment (`NOW`) of its round.
"""

from tests.factories.applications import make_application, make_event, make_form, make_outcome
from tests.factories.documents import (
    make_document,
    make_letter_evidence,
    make_reading,
    make_scan_evidence,
    make_video_evidence,
    role_found,
)
from tests.factories.moment import (
    APPLICATION,
    ATTESTATION,
    LETTER,
    NOW,
    PROGRAM,
    RESIDENCY,
    SEMINAR,
    TEAM,
    VIDEO,
    make_id,
)
from tests.factories.programs import make_program, make_seats, make_track
from tests.factories.reviews import make_notice, make_review, make_reviewer

__all__ = [
    "APPLICATION",
    "ATTESTATION",
    "LETTER",
    "NOW",
    "PROGRAM",
    "RESIDENCY",
    "SEMINAR",
    "TEAM",
    "VIDEO",
    "make_application",
    "make_document",
    "make_event",
    "make_form",
    "make_id",
    "make_letter_evidence",
    "make_notice",
    "make_outcome",
    "make_program",
    "make_reading",
    "make_review",
    "make_reviewer",
    "make_scan_evidence",
    "make_seats",
    "make_track",
    "make_video_evidence",
    "role_found",
]
