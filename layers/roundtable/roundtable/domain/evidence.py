"""What a look into a document found, whatever any track asks of it."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from roundtable.domain.model import Instant, Record
from roundtable.domain.program import LetterFormat, Role

MOST_TEXT = 2_000
"""Characters of a letter's text that are kept with what was found in it."""

Share = Annotated[float, Field(ge=0, le=1)]


class Verdict(StrEnum):
    """The outcome of a check: passed, failed with words to act on, or a person must look."""

    PASS = "pass"  # noqa: S105 (a verdict)
    FAIL = "fail"
    LOOK = "look"


class Box(Record):
    """A part of a page, in shares of its width and height from its upper left corner."""

    left: Share
    top: Share
    right: Share
    bottom: Share


class Place(Record):
    """Where something stands in a letter."""

    page: int = Field(ge=1)
    box: Box | None = None
    """None where the format has no fixed pages (DOCX)."""


class SignatureKind(StrEnum):
    """What shows that somebody signed, from the strongest to the weakest."""

    DIGITAL = "digital"
    """A digital signature of this person that is valid."""
    DETECTED = "detected"
    """A service that recognizes signatures found one where this person signs."""
    TYPED = "typed"
    """A typed signature, such as `/s/ Jane Doe`."""
    UNVERIFIED = "unverified"
    """A digital signature of this person that could not be verified."""
    INK = "ink"
    """Something is drawn where this person signs: a hint, never proof."""

    @property
    def convinces(self) -> bool:
        """Whether it is enough without a person's look."""
        return self in {SignatureKind.DIGITAL, SignatureKind.DETECTED, SignatureKind.TYPED}


class RoleFound(Record):
    """A role's title found where people sign."""

    role: Role
    name: str = ""
    """The person's name as it is printed; empty where none stands with the title."""
    line: str = ""
    """The title as it stands in the letter."""
    place: Place | None = None
    certain: bool = True
    """Whether the title says the role and nothing near it ("Interim CEO")."""
    signature: SignatureKind | None = None
    """The strongest evidence of a signature; None where there is none."""
    unsigned: bool = False
    """Whether it is sure that nobody signed: the line or field to sign in is empty, or nothing at
    all stands with a name that is printed as the text is; and nothing else in the letter could be
    the signature."""


class DigitalSignature(Record):
    """One digital signature of a file; empty signature fields are none."""

    signer: str
    """The name in the certificate; empty where it has none."""
    state: Literal["valid", "altered", "broken", "unverified"]
    """`valid`: intact, and since then nothing but what a signed file permits (another signature,
    a filled field). `altered`: the file was changed after it was signed. `broken`: the signature
    does not fit what it signs. `unverified`: it could not be checked."""
    signed_at: Instant | None = None
    """As the signer's computer said; None where the signature does not tell."""
    trusted: bool = False
    """Whether an authority that the operator trusts vouches for the signer's name."""


class LetterEvidence(Record):
    """What was found in one letter, whatever any track asks of it."""

    kind: Literal["letter"] = "letter"
    readable: bool
    problem: str = ""
    """Why the letter cannot be taken, in words an applicant can act on; else empty."""
    unsure: str = ""
    """Why no look into it was possible (a crash, a time-out), for the person who looks instead."""
    format: LetterFormat | None = None
    """By its content; None where that was not found out."""
    pages: int = 0
    """0 where the format has no fixed pages (DOCX)."""
    scanned: tuple[int, ...] = ()
    """Pages that show something whose text cannot, or not surely, be read."""
    unread: tuple[int, ...] = ()
    """Pages on which a title could stand that nobody read: scans without recognized text, pictures
    where people sign. 1 for a format without fixed pages (DOCX)."""
    text: Annotated[str, StringConstraints(max_length=MOST_TEXT)] = ""
    """The beginning and the end of the text that was read."""
    characters: int = 0
    roles: tuple[RoleFound, ...] = ()
    """In the letter's order; a role may be found more than once."""
    digital: tuple[DigitalSignature, ...] = ()
    organization: Literal["matched", "not_found", "unknown"] = "unknown"
    """`unknown` where there was no text or no name to look for."""
    organization_line: str = ""
    program: Literal["matched", "not_found", "unknown"] = "unknown"
    """Whether the letter names the program that it commits to."""
    program_line: str = ""
    dated: date | None = None
    """The date of the letter, where it says one."""
    remarks: tuple[str, ...] = ()
    """What a person who looks at the letter should know of the file; no reason for a verdict."""
    previews: int = 0
    """How many page images were made of it."""
    sha256: str = ""
    """Of the content that was looked into."""
    tool: str = ""
    """The tools and their versions."""


class VideoEvidence(Record):
    """What was found about one video."""

    kind: Literal["video"] = "video"
    readable: bool
    problem: str = ""
    """Why the video cannot be taken, in words an applicant can act on; else empty."""
    unsure: str = ""
    """What a person must find out by watching, such as whether the link is open to reviewers."""
    host: str = ""
    """Name of the host of a link; empty for a file."""
    seconds: int | None = None
    """Length rounded down to whole seconds; None where it cannot be known."""
    stated: bool = False
    """Whether `seconds` is what the applicant stated and nothing confirmed it."""
    tool: str = ""


Evidence = LetterEvidence | VideoEvidence

QUARANTINE = "quarantine"
"""The tool of evidence that was given without a look into the file."""


def told_without_a_look(evidence: Evidence) -> bool:
    """Return whether evidence is what was told of a file in quarantine."""
    return evidence.tool == QUARANTINE
