"""The letters of the corpus, by what is special about them."""

from tests.corpus.cases import LetterCase
from tests.corpus.letters.by_hand import BY_HAND
from tests.corpus.letters.damaged import DAMAGED
from tests.corpus.letters.digital import DIGITAL
from tests.corpus.letters.subjects import SUBJECTS
from tests.corpus.letters.titles import TITLES
from tests.corpus.letters.traps import TRAPS
from tests.corpus.letters.typed import TYPED
from tests.corpus.letters.unsigned import UNSIGNED
from tests.corpus.letters.variants import VARIANTS

LETTERS: tuple[LetterCase, ...] = (
    *TYPED, *TITLES, *SUBJECTS, *UNSIGNED, *VARIANTS, *TRAPS, *DIGITAL, *BY_HAND, *DAMAGED,
)  # fmt: skip
