"""The corpus without its measurements: every file is made and checked, each test apart."""

from pathlib import Path

import pytest

from roundtable.domain.evidence import Verdict
from tests.corpus.cases import LetterCase, VideoCase
from tests.corpus.checking import checked_letters, checked_link, checked_video
from tests.corpus.generating import generate, job_of, known_hashes, makers
from tests.corpus.letters import LETTERS
from tests.corpus.videos import VIDEOS


def test_corpus_is_large_enough_and_every_file_has_its_hash() -> None:
    assert len(LETTERS) >= 60
    assert len(VIDEOS) >= 25
    assert len({case.name for case in LETTERS}) == len(LETTERS)
    assert len({case.name for case in VIDEOS}) == len(VIDEOS)
    assert makers().keys() == known_hashes().keys()


@pytest.mark.parametrize("case", LETTERS, ids=lambda case: case.name)
def test_letter_is_the_same_file_and_no_wrong_pass_or_fail(
    case: LetterCase, tmp_path: Path
) -> None:
    names = [f"letters/{file.name}" for file in case.files]
    assert generate(tmp_path, names) == {name: known_hashes()[name] for name in names}
    job = job_of(case, tmp_path)
    here = checked_letters(job, recognized=False)
    assert here.verdict in {case.person, Verdict.LOOK}, here.reason
    if any(job.detections):
        recognized = checked_letters(job, recognized=True)
        assert recognized.verdict in {case.person, Verdict.LOOK}, recognized.reason


@pytest.mark.parametrize(
    "case", [case for case in VIDEOS if case.make is not None], ids=lambda case: case.name
)
def test_video_is_the_same_file_and_no_wrong_pass_or_fail(case: VideoCase, tmp_path: Path) -> None:
    name = f"videos/{case.name}"
    assert generate(tmp_path, [name]) == {name: known_hashes()[name]}
    checked = checked_video((tmp_path / name).read_bytes(), case.size, stated=case.stated)
    assert checked.verdict in {case.person, Verdict.LOOK}, checked.reason


@pytest.mark.parametrize(
    "case", [case for case in VIDEOS if case.make is None], ids=lambda case: case.name
)
def test_link_is_no_wrong_pass_or_fail(case: VideoCase) -> None:
    checked = checked_link(case.link, case.answer, case.page, stated=case.stated, hosts=case.hosts)
    assert checked.verdict in {case.person, Verdict.LOOK}, checked.reason
