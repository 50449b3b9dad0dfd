from roundtable.domain.stages import Stage
from roundtable.usecases.staff.overview import TrackCounts
from roundtable.web.pages.staff.charts import Bar, seat_bars, stage_rows
from tests.factories import NOW


def make_counts(stages: dict[str, int], **more: int) -> TrackCounts:
    seats = {"capacity": 10, "taken": 0, "open": 10, "reserved": 0, "received": 0} | more
    return TrackCounts.model_validate(
        {"track": "residency", "name": "Residency", "closes_at": NOW, "stages": stages,
         "outcomes": {}, "closed": {}, **seats}
    )  # fmt: skip


def test_bars_of_all_tracks_have_one_scale() -> None:
    one, other = make_counts({"review": 20, "draft": 5}), make_counts({"review": 10})
    review, draft = stage_rows([one, other])
    assert (review.stage, review.counts, review.total) == (Stage.REVIEW, (20, 10), 30)
    assert [bar.width for bar in review.bars] == ["100.00%", "50.00%"]
    assert (draft.stage, [bar.width for bar in draft.bars]) == (Stage.DRAFT, ["25.00%", "0%"])


def test_one_among_hundreds_can_be_seen() -> None:
    review, draft = stage_rows([make_counts({"review": 1_000, "draft": 1})])
    assert (review.bars[0].width, draft.bars[0].width) == ("100.00%", "1.00%")


def test_nothing_has_no_rows() -> None:
    assert stage_rows([make_counts({"review": 0})]) == ()


def test_seats_fill_the_bar_together() -> None:
    bars = seat_bars(make_counts({}, taken=3, reserved=2, open=5))
    assert bars.taken == Bar(x="0%", width="30.00%")
    assert bars.reserved == Bar(x="30.00%", width="20.00%")
    assert bars.open == Bar(x="50.00%", width="50.00%")


def test_a_track_without_seats_is_all_open() -> None:
    assert seat_bars(make_counts({}, capacity=0, open=0)).open.width == "100.00%"
