"""How a letter becomes a file."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.corpus.making.letter import Letter
from tests.corpus.making.pdf import pdf, scanned_pdf
from tests.corpus.making.pictures import Format, picture
from tests.corpus.making.word import word


@dataclass(frozen=True)
class Scan:
    """A letter printed, signed or not, and scanned to a PDF."""

    letter: Letter
    hidden_text: bool = False
    """Whether the scanner put the text that it recognized behind the picture."""
    sideways: bool = False

    def __call__(self) -> bytes:
        """Return the file."""
        return scanned_pdf(self.letter, hidden_text=self.hidden_text, sideways=self.sideways)


@dataclass(frozen=True)
class Photo:
    """A letter photographed, or scanned to a picture."""

    letter: Letter
    kind: Format
    orientation: int = 1

    def __call__(self) -> bytes:
        """Return the file."""
        return picture(self.letter, self.kind, orientation=self.orientation)


@dataclass(frozen=True)
class Made:
    """A letter made in another way."""

    letter: Letter
    how: Callable[[Letter], bytes]

    def __call__(self) -> bytes:
        """Return the file."""
        return self.how(self.letter)


Paper = Scan | Photo | Made


def from_name(name: str, letter: Letter) -> Paper:
    """Return a letter saved by a word processor, in the format that its file's name says."""
    return Made(letter, word if name.endswith(".docx") else pdf)
