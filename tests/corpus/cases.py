"""What an entry of the corpus says: the files, and what a person makes of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from roundtable.domain.evidence import Verdict
from roundtable.domain.program import Role
from tests.corpus.making.letter import ORGANIZATION, Letter, is_drawn
from tests.corpus.making.papers import Paper, Photo, Scan, from_name

BOTH = (Role.CEO, Role.BOARD_CHAIR)
CEO = (Role.CEO,)
DIRECTOR = (Role.EXECUTIVE_DIRECTOR,)


@dataclass(frozen=True)
class File:
    """A file and how it is made."""

    name: str
    make: Callable[[], bytes]

    @property
    def letter(self) -> Letter | None:
        """The letter that its pages show, which recognition would see; None for other files."""
        if not isinstance(self.make, Paper) or (isinstance(self.make, Scan) and self.make.sideways):
            return None
        return self.make.letter

    @property
    def by_hand(self) -> bool:
        """Whether it shows, or may show, what only a person or recognition can see."""
        if isinstance(self.make, Scan | Photo):
            return True
        return self.letter is not None and any(map(is_drawn, self.letter.signers))


@dataclass(frozen=True)
class LetterCase:
    """The letters of one applicant for one requirement; called as the first file."""

    person: Verdict
    """What an experienced program officer says at a look: takes it, returns it, or asks."""
    files: tuple[File, ...]
    because: str
    signed_by: tuple[Role, ...] = BOTH
    organization: str = ORGANIZATION
    """As the applicant gave it in the form."""
    program: str = "pursuing-equity-2023"

    @property
    def name(self) -> str:
        """The name of the first file."""
        return self.files[0].name

    @property
    def by_hand(self) -> bool:
        """Whether one of the letters is signed by hand, or could be."""
        return any(file.by_hand for file in self.files)


@dataclass(frozen=True)
class VideoCase:
    """A link with what its host says of it, or a file, and what a person makes of it."""

    person: Verdict
    name: str
    because: str
    link: str = ""
    answer: tuple[int, bytes] | None = None
    """Status and body of the host's oEmbed answer; None where nobody answers."""
    page: tuple[int, bytes] | None = None
    """Status and body of the video's own page, likewise."""
    make: Callable[[], bytes] | None = None
    size: int | None = None
    """Of the file, of which only the beginning is made; None: it is made whole."""
    stated: int | None = None
    """The length that the applicant states, in seconds."""
    hosts: tuple[str, ...] = ()
    """Hosts that the program adds."""


def _letter(
    person: Verdict,
    name: str,
    made: Letter | Callable[[], bytes],
    because: str,
    *,
    and_also: Mapping[str, Letter | Callable[[], bytes]] | None = None,
    signed_by: tuple[Role, ...] = BOTH,
    organization: str = ORGANIZATION,
) -> LetterCase:
    files = {name: made, **(and_also or {})}
    return LetterCase(
        person,
        tuple(
            File(called, from_name(called, one) if isinstance(one, Letter) else one)
            for called, one in files.items()
        ),
        because,
        signed_by,
        organization,
    )


accepted = partial(_letter, Verdict.PASS)
"""A letter that a person takes."""
returned = partial(_letter, Verdict.FAIL)
"""A letter that a person gives back to be mended."""
asked_about = partial(_letter, Verdict.LOOK)
"""A letter about which a person asks somebody, or thinks twice."""
