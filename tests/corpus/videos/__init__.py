"""The videos of the corpus."""

from tests.corpus.cases import VideoCase
from tests.corpus.videos.files import FILES
from tests.corpus.videos.links import LINKS

VIDEOS: tuple[VideoCase, ...] = (*FILES, *LINKS)
