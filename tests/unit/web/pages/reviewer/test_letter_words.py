"""What was found in a letter, as reviewers read it."""

from datetime import date

import pytest

from roundtable.domain.evidence import Box, DigitalSignature, Place, SignatureKind
from roundtable.domain.program import Role
from roundtable.web.pages.reviewer.letter_words import found_in
from tests.factories import make_letter_evidence
from tests.factories.documents import role_found

NOTHING = {"roles": (), "organization": "unknown", "program": "unknown"}


@pytest.mark.parametrize(
    ("signature", "words"),
    [
        (SignatureKind.DIGITAL, "Signed digitally, and the signature is valid."),
        (SignatureKind.DETECTED, "A signature by hand was recognized."),
        (SignatureKind.TYPED, "The signature is typed."),
        (SignatureKind.UNVERIFIED, "There is a digital signature that could not be verified."),
        (
            SignatureKind.INK,
            "Something is drawn where one signs. Please see whether it is a signature.",
        ),
        (None, "No signature was recognized."),
    ],
)
def test_a_role_is_told_with_its_signature(signature: SignatureKind | None, words: str) -> None:
    roles = (role_found(Role.CEO, signature),)
    (found,) = found_in(make_letter_evidence(**(NOTHING | {"roles": roles})), images=1)
    assert (found.text, found.quote) == (f"CEO: Jane Doe. {words}", "CEO")
    assert (found.page, found.number) == (1, 1)


def test_doubts_are_told() -> None:
    unsigned = role_found(Role.BOARD_CHAIR, None, name="", unsigned=True, certain=False)
    (found,) = found_in(make_letter_evidence(**(NOTHING | {"roles": (unsigned,)})), images=0)
    assert found.text == "Board Chair. Nobody signed there. The title may mean something else."
    assert (found.page, found.number, found.box) == (1, 0, None)


def test_only_what_an_image_shows_is_numbered() -> None:
    places = (
        None,
        Place(page=1),
        Place(page=2, box=Box(left=0, top=0, right=1, bottom=1)),
        Place(page=9, box=Box(left=0.2, top=0.2, right=0.3, bottom=0.3)),
        Place(page=1, box=Box(left=0.5, top=0.5, right=0.4, bottom=0.6)),
    )
    roles = tuple(role_found(Role.CEO, place=place) for place in places)
    found = found_in(make_letter_evidence(**(NOTHING | {"roles": roles})), images=2)
    assert [(item.page, item.number) for item in found] == [
        (0, 0), (1, 0), (2, 1), (9, 0), (1, 2),
    ]  # fmt: skip
    assert found[2].box == Box(left=0, top=0, right=1, bottom=1)
    assert found[4].box is not None
    assert found[4].box.right >= found[4].box.left


@pytest.mark.parametrize(
    ("evidence", "words"),
    [
        ({"organization": "matched"}, "It names the organization."),
        ({"organization": "not_found"}, "The name of the organization was not found."),
        ({"program": "matched"}, "It names the program."),
        ({"program": "not_found"}, "The name of the program was not found."),
        ({"dated": date(2022, 9, 30)}, "It is dated Friday, September 30, 2022."),
        (
            {"unread": (3,)},
            "On page 3 something could not be read. Please look at it yourself.",
        ),
        (
            {"digital": (DigitalSignature(signer="Jane Doe", state="valid"),)},
            "Digital signature of Jane Doe: valid.",
        ),
        (
            {"digital": (DigitalSignature(signer="", state="altered"),)},
            "Digital signature of somebody without a name: the file was changed after it.",
        ),
        (
            {"digital": (DigitalSignature(signer="Jane Doe", state="broken"),)},
            "Digital signature of Jane Doe: it does not fit the file.",
        ),
        (
            {"digital": (DigitalSignature(signer="Jane Doe", state="unverified"),)},
            "Digital signature of Jane Doe: it could not be verified.",
        ),
    ],
)
def test_what_else_was_found_is_told(evidence: dict[str, object], words: str) -> None:
    (found,) = found_in(make_letter_evidence(**(NOTHING | evidence)), images=1)
    assert found.text == words


def test_remarks_of_the_tools_stay_as_they_are() -> None:
    evidence = make_letter_evidence(
        **(NOTHING | {"unsure": "It crashed.", "remarks": ("A form.",)})
    )
    assert [item.remark for item in found_in(evidence, images=0)] == ["It crashed.", "A form."]
