import re
from pathlib import Path

from roundtable.domain.events import DETAIL_TYPES, PublishedEvent, published
from tests.factories import APPLICATION, NOW, PROGRAM, make_event

USECASES = Path(__file__).parents[3] / "layers/roundtable/roundtable/usecases"


def test_published_leaves_the_reason_out() -> None:
    event = make_event(kind="track_switched", detail={"left": "one", "reason": "She asked."})
    assert published(event, PROGRAM) == (
        "TrackSwitched",
        PublishedEvent(
            application=APPLICATION,
            program=PROGRAM,
            sequence=1,
            at=NOW,
            actor_kind="system",
            detail={"left": "one"},
        ),
    )


def test_published_of_an_inner_event_is_nothing() -> None:
    assert published(make_event(kind="upload_asked"), PROGRAM) is None


def test_every_published_kind_is_recorded_somewhere() -> None:
    text = "".join(path.read_text() for path in sorted(USECASES.rglob("*.py")))
    recorded = set(re.findall(r'\.record\(\s*"([a-z_]+)"', text))
    assert set(DETAIL_TYPES) <= recorded
