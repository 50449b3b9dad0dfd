"""A letter of commitment as its writer thinks of it, whatever file it becomes."""

from dataclasses import dataclass, replace
from enum import Enum
from typing import Literal, Self


class Mark(Enum):
    """What stands above a signer's printed name."""

    TYPED = "typed"
    """`/s/ Jane Doe`"""
    STROKES = "strokes"
    """A signature drawn with a pen, or a mouse."""
    PICTURE = "picture"
    """A picture of a signature, pasted in."""
    SCRIPT = "script"
    """The name in a font that looks like handwriting."""
    RULE = "rule"
    """A line to sign on, and nothing on it."""
    NOTHING = "nothing"


@dataclass(frozen=True)
class Signer:
    """A signature block; a `mark` that is text stands there as it is."""

    name: str
    title: tuple[str, ...]
    mark: Mark | str = Mark.TYPED

    def with_(self, *, mark: Mark | str) -> Self:
        """Return the same block with another mark."""
        return replace(self, mark=mark)


def signer(name: str, *title: str, mark: Mark | str = Mark.TYPED) -> Signer:
    """Return a signature block with these title lines."""
    return Signer(name, title, mark)


JANE = signer("Jane Okafor, MD", "President and CEO")
LUIS = signer("Luis Castillo", "Board Chair")

ORGANIZATION = "Lakeside Community Health"
DATE = "October 3, 2022"
"""Within the round of the program: it opens in September and closes in October or November 2022."""

COMMITS = (
    "On behalf of {organization}, we are writing to confirm our full commitment to the {program} "
    "initiative and to the team that is applying.",
    "Our CEO and our Board Chair have discussed the aims with the team. We will give it the time "
    "that it needs, meet with it every month, and remove the obstacles that it finds.",
    "We understand that equity is work for the whole of our organization, and that it will not "
    "always be comfortable. We look forward to learning with the other teams.",
)
MORE = (
    "Last year we stratified our quality measures by race, ethnicity and preferred language for "
    "the first time. The differences that we found in the control of blood pressure were larger "
    "than we expected, and they have been discussed openly in our departments since then.",
    "A council of patients advises us. Its members are paid for their time, as are the community "
    "health workers who visit families with us in the three neighborhoods that we serve most.",
)


@dataclass(frozen=True)
class Letter:
    """What is written, by whom it is signed, and how it is laid out."""

    signers: tuple[Signer, ...] = (JANE, LUIS)
    organization: str = ORGANIZATION
    """As the letter calls it, in its letterhead and its text."""
    program: str = "Pursuing Equity"
    letterhead: tuple[str, ...] | None = None
    """None: the organization and an address."""
    date: str = DATE
    receiver: tuple[str, ...] = ("Institute for Healthcare Improvement", "Boston, Massachusetts")
    greeting: str = "Dear Selection Committee,"
    body: tuple[str, ...] = COMMITS
    closing: str = "Sincerely,"
    after: tuple[str, ...] = ()
    """Lines below the signatures."""
    layout: Literal["stacked", "columns", "table"] = "stacked"
    text_pages: int = 0
    """So many pages of text before the one with the signatures."""
    own_page: bool = False
    """Whether the signatures stand on a page of their own."""
    appendix: tuple[str, ...] = ()
    """Paragraphs on a page before the page with the signatures."""
    size: float = 10.5
    """Of the type, in points."""

    @property
    def head(self) -> tuple[str, ...]:
        """The lines of the letterhead."""
        if self.letterhead is not None:
            return self.letterhead
        return (self.organization, "400 Harbor Street, Springfield")

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The text, filled in."""
        return tuple(
            text.format(organization=self.organization, program=self.program) for text in self.body
        )

    @property
    def long_text(self) -> tuple[tuple[str, ...], ...]:
        """The paragraphs of each page of further text."""
        return tuple(
            tuple(f"{page + 1}.{place + 1} {MORE[(page + place) % 2]}" for place in range(9))
            for page in range(self.text_pages)
        )


def mark_text(one: Signer) -> str:
    """Return what is typed above a name; empty where nothing is typed."""
    if isinstance(one.mark, str):
        return one.mark
    plain = one.name.partition(",")[0]
    return {
        Mark.TYPED: f"/s/ {plain}",
        Mark.SCRIPT: plain,
        Mark.RULE: "_______________________",
    }.get(one.mark, "")


def is_drawn(one: Signer) -> bool:
    """Whether the mark is ink and no text."""
    return one.mark in {Mark.STROKES, Mark.PICTURE}
