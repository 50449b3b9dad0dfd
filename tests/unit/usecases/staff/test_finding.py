from datetime import timedelta

import pytest

from roundtable.domain.application import Decision
from roundtable.domain.reference import reference_number
from roundtable.domain.stages import Stage
from roundtable.usecases.errors import Invalid, Unknown
from roundtable.usecases.staff import exporting
from roundtable.usecases.staff.exporting import export
from roundtable.usecases.staff.finding import IN_ORDER, Wanted, every, find, search
from tests.factories import NOW, PROGRAM, RESIDENCY, SEMINAR, make_application, make_program
from tests.fakes import FakePorts

ALL = Wanted()


@pytest.fixture
def ports() -> FakePorts:
    """Give two applications in each of four stages."""
    ports = FakePorts()
    ports.rounds.given(make_program())
    number = 0
    for stage in (Stage.DRAFT, Stage.REVIEW, Stage.WAITLIST, Stage.OFFER):
        for track in (RESIDENCY, SEMINAR):
            number += 1
            received = {"received_at": NOW - timedelta(hours=number)} if number > 2 else {}
            ports.applications.given(
                make_application(stage, number=number, track=track, **received)
            )
    return ports


def numbers(ports: FakePorts, wanted: Wanted, limit: int) -> list[list[int]]:
    """Return the numbers of all applications that are wanted, page by page."""
    pages: list[list[int]] = []
    cursor: str | None = None
    while True:
        page = find(ports, PROGRAM, wanted, limit=limit, cursor=cursor)
        pages.append([int(item.reference[-4:]) for item in page.items])
        cursor = page.cursor
        if cursor is None:
            return pages


def test_stages_are_all_there_and_drafts_last() -> None:
    assert set(IN_ORDER) == set(Stage)
    assert IN_ORDER[-1] is Stage.DRAFT


@pytest.mark.parametrize("limit", [1, 2, 3, 5, 8, 50])
def test_all_come_stage_by_stage_by_receipt_and_no_page_is_empty(
    ports: FakePorts, limit: int
) -> None:
    pages = numbers(ports, ALL, limit)
    assert [number for page in pages for number in page] == [4, 3, 6, 5, 8, 7, 1, 2]
    assert {len(page) for page in pages[:-1]} <= {limit}
    assert pages[-1]


def test_filters_narrow(ports: FakePorts) -> None:
    assert numbers(ports, Wanted(stage=Stage.REVIEW), 50) == [[4, 3]]
    assert numbers(ports, Wanted(track=SEMINAR), 50) == [[4, 6, 8, 2]]
    assert numbers(ports, Wanted(decision=Decision.WAITLISTED), 50) == [[6, 5]]
    assert numbers(ports, Wanted(decision=Decision.ACCEPTED, track=RESIDENCY), 1) == [[7]]


@pytest.mark.parametrize("cursor", ["nonsense", "review.x", "draft.e30=", "."])
def test_a_cursor_of_no_list_is_refused(ports: FakePorts, cursor: str) -> None:
    with pytest.raises(Invalid):
        find(ports, PROGRAM, ALL, cursor=cursor)
    with pytest.raises(Invalid):
        find(ports, PROGRAM, Wanted(stage=Stage.OFFER), cursor="review.")


def test_an_unknown_program_is_unknown(ports: FakePorts) -> None:
    with pytest.raises(Unknown):
        find(ports, "another", ALL)
    with pytest.raises(Unknown):
        search(ports, "another", "Mercy")


def test_a_name_or_a_reference_finds(ports: FakePorts) -> None:
    reference = reference_number("FW", 5)
    ports.applications.given(make_application(Stage.REVIEW, number=9, reference=reference))
    (found,) = search(ports, PROGRAM, f" {reference.lower()} ")
    assert found.reference == reference
    assert len(search(ports, PROGRAM, "saint MARYS")) == 7
    assert search(ports, PROGRAM, reference_number("FW", 6)) == ()
    assert search(ports, PROGRAM, "  ") == ()


def test_every_one_is_exported(ports: FakePorts) -> None:
    exported = export(ports, PROGRAM, ALL)
    assert exported.whole
    assert list(exported.rows) == list(every(ports, PROGRAM, ALL))
    assert len(exported.rows) == 8


def test_an_export_ends_where_an_answer_is_full(
    ports: FakePorts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "MOST_ROWS", 8)
    assert export(ports, PROGRAM, ALL).whole
    monkeypatch.setattr(exporting, "MOST_ROWS", 3)
    exported = export(ports, PROGRAM, ALL)
    assert (len(exported.rows), exported.whole) == (3, False)
    monkeypatch.setattr(exporting, "MOST_BYTES", 50)
    exported = export(ports, PROGRAM, ALL)
    assert (len(exported.rows), exported.whole) == (2, False)
