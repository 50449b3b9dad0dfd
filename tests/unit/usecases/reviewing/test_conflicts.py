import pytest

from roundtable.domain.reviews import ReviewStatus, counted
from roundtable.domain.stages import Stage
from roundtable.usecases.errors import Invalid, NotAllowed, NotNow, Unknown
from roundtable.usecases.reviewing.conflicts import declare_conflict, my_conflicts, recuse
from roundtable.usecases.reviewing.giving import give_review
from roundtable.usecases.reviewing.queue import my_queue, review_outcome
from roundtable.usecases.reviewing.reading import read_for_review
from tests.factories import APPLICATION, RESIDENCY, make_application, make_review, make_reviewer
from tests.fakes import FakePorts
from tests.unit.usecases.round_in_review import make_given, make_round


def statuses(ports: FakePorts) -> dict[str, ReviewStatus]:
    return {review.reviewer: review.status for review in ports.applications.reviews(APPLICATION)}


@pytest.mark.scenario(19)
def test_recusing_asks_another_reviewer() -> None:
    ports = make_round()
    recuse(ports, APPLICATION, "reviewer-1", reason="A friend applies.")
    assert statuses(ports) == {
        "reviewer-1": ReviewStatus.RECUSED,
        "reviewer-2": ReviewStatus.ASSIGNED,
        "reviewer-3": ReviewStatus.ASSIGNED,
    }
    panel = ports.applications.get(APPLICATION).panel
    assert [seat.reviewer for seat in panel] == ["reviewer-2", "reviewer-3"]


@pytest.mark.scenario(19)
def test_an_application_recused_from_is_gone_for_the_reviewer() -> None:
    ports = make_round()
    recuse(ports, APPLICATION, "reviewer-1", reason="A friend applies.")
    assert my_queue(ports, "reviewer-1").items == ()
    for look in (read_for_review, review_outcome):
        with pytest.raises(Unknown):
            look(ports, APPLICATION, "reviewer-1")
    with pytest.raises(Unknown):
        recuse(ports, APPLICATION, "reviewer-1", reason="Again.")


@pytest.mark.scenario(19)
def test_scores_given_before_recusing_do_not_count_any_more() -> None:
    ports = make_round()
    give_review(ports, APPLICATION, "reviewer-1", make_given(ports))
    recuse(ports, APPLICATION, "reviewer-1", reason="I know the leader.")
    assert counted(ports.applications.reviews(APPLICATION), RESIDENCY) == ()
    assert [seat.done for seat in ports.applications.get(APPLICATION).panel] == [False, False]


@pytest.mark.scenario(19)
def test_recusing_while_staff_decide_takes_the_scores_out_and_tells_staff() -> None:
    ports = make_round(Stage.WITH_STAFF)
    recuse(ports, APPLICATION, "reviewer-1", reason="I know the leader.")
    left = counted(ports.applications.reviews(APPLICATION), RESIDENCY)
    assert [review.reviewer for review in left] == ["reviewer-2"]
    alert = ports.applications.notices(APPLICATION)[-1]
    assert (alert.to, alert.facts["reason"]) == ("staff", "A reviewer recused after reviewing")


def test_recusing_takes_reviews_of_earlier_rounds_out_of_the_count() -> None:
    reviews = [
        make_review(status="submitted", round=1),
        make_review(round=2),
        make_review(reviewer="reviewer-2", round=2),
    ]
    ports = make_round()
    application = make_application(Stage.REVIEW, review_round=2)
    ports.applications.given(application, reviews=reviews)
    recuse(ports, APPLICATION, "reviewer-1", reason="I know the leader.")
    assert counted(ports.applications.reviews(APPLICATION), RESIDENCY) == ()


def test_recusing_after_the_decision_is_refused_with_what_to_do() -> None:
    ports = make_round(Stage.WITH_STAFF)
    ports.applications.given(make_application(Stage.OFFER, review_round=1))
    with pytest.raises(NotNow, match="Tell the program's staff"):
        recuse(ports, APPLICATION, "reviewer-1", reason="I know the leader.")


@pytest.mark.scenario(19)
def test_declaring_a_conflict_ends_open_reviews_of_that_organization() -> None:
    ports = make_round()
    conflicts = declare_conflict(ports, "reviewer-1", "Saint Marys")
    assert (conflicts.organizations, conflicts.recused) == (("Saint Marys",), 1)
    assert statuses(ports)["reviewer-1"] is ReviewStatus.RECUSED
    assert my_conflicts(ports, "reviewer-1").organizations == ("Saint Marys",)


def test_declaring_a_conflict_with_others_ends_nothing() -> None:
    ports = make_round()
    assert declare_conflict(ports, "reviewer-1", "Lakeside Clinic").recused == 0
    assert statuses(ports)["reviewer-1"] is ReviewStatus.ASSIGNED


def test_the_same_conflict_is_kept_once() -> None:
    ports = make_round()
    declare_conflict(ports, "reviewer-1", "Lakeside Clinic")
    conflicts = declare_conflict(ports, "reviewer-1", "The Lakeside Clinic")
    assert conflicts.organizations == ("Lakeside Clinic",)


def test_a_conflict_without_a_name_is_refused() -> None:
    with pytest.raises(Invalid):
        declare_conflict(make_round(), "reviewer-1", "  ")


@pytest.mark.scenario(20)
def test_where_everybody_is_conflicted_staff_are_told_and_nothing_passes() -> None:
    ports = make_round()
    ports.rounds.keep_reviewer(make_reviewer(3, organization="St. Mary's Hospital"))
    give_review(ports, APPLICATION, "reviewer-2", make_given(ports))
    recuse(ports, APPLICATION, "reviewer-1", reason="A friend applies.")
    application = ports.applications.get(APPLICATION)
    assert application.stage is Stage.REVIEW
    assert [seat.reviewer for seat in application.panel] == ["reviewer-2"]
    assert ports.applications.notices(APPLICATION)[-1].to == "staff"


def test_who_does_not_review_at_present_is_told_so() -> None:
    ports = make_round()
    ports.rounds.keep_reviewer(make_reviewer(1, active=False))
    with pytest.raises(NotAllowed, match="do not review at present"):
        my_conflicts(ports, "reviewer-1")
