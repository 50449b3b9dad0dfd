"""Whole ways through a round, as the state machine and the clock conduct them."""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from roundtable.domain.application import Decision
from roundtable.domain.reviews import Recommendation, ReviewStatus
from roundtable.domain.stages import ClosedAs, Stage
from roundtable.ports import Conflict
from roundtable.usecases.applying.answering import answer_offer
from roundtable.usecases.applying.leaving import withdraw
from roundtable.usecases.applying.switching import switch_track
from roundtable.usecases.conducting.helping import restart
from roundtable.usecases.conducting.reconciling import sweep
from roundtable.usecases.deciding.decisions import decide_by_staff
from roundtable.usecases.errors import Refused
from roundtable.usecases.reviewing.assigning import replace_reviewer
from roundtable.usecases.staff.publishing import publish
from tests.factories import LETTER, RESIDENCY, SEMINAR, make_program, make_track
from tests.unit.usecases.rounds import (
    APPLICANT,
    STAFF,
    WAIT_FOR_STAFF,
    WAITS,
    Round,
    check_invariants,
    every_application,
)


def test_happy_path_takes_at_most_sixteen_transitions() -> None:
    round_ = Round()
    application = round_.submit()
    round_.look_into_documents(application)
    round_.settle()
    assert round_.stage(application) is Stage.REVIEW
    round_.review(application)
    assert round_.stage(application) is Stage.OFFER
    answer_offer(round_.ports, application, APPLICANT, yes=True)
    round_.settle()
    ended = round_.get(application)
    assert (ended.stage, ended.closed_as) == (Stage.CLOSED, ClosedAs.ENROLLED)
    assert round_.told(application) == [
        "receipt#1",
        "invitation#residency:accepted",
        "enrolled#residency",
    ]
    (execution,) = round_.machine.of(application)
    assert execution.state == "end"
    assert len(execution.visited) <= 16
    check_invariants(round_)


@pytest.mark.scenario(24)
def test_fallback_path_tells_both_decisions_in_one_notice() -> None:
    round_ = Round()
    application = round_.submit()
    round_.settle()
    round_.review(application, Recommendation.DECLINE)
    moved = round_.get(application)
    assert (moved.track, moved.closed_as) == (SEMINAR, ClosedAs.ENROLLED)
    assert [(item.track, item.decision, item.seat) for item in moved.outcomes] == [
        (RESIDENCY, Decision.NOT_SELECTED, ""),
        (SEMINAR, Decision.ACCEPTED, "reserved"),
    ]
    assert moved.promise == date(2022, 12, 5)
    assert round_.told(application) == [
        "receipt#1",
        "fallback_offer#seminar:accepted",
        "enrolled#seminar",
    ]
    (execution,) = round_.machine.of(application)
    assert len(execution.visited) <= 30
    check_invariants(round_)


def test_round_with_announcement_tells_all_on_the_day() -> None:
    program = make_program(
        tracks=(
            make_track(RESIDENCY, announcement={"on": date(2022, 12, 1)}),
            make_track(SEMINAR),
        )
    )
    round_ = Round(program)
    first, second = round_.submit(1), round_.submit(2)
    round_.settle()
    round_.review(first)
    round_.review(second, Recommendation.DECLINE)
    assert [round_.stage(item) for item in (first, second)] == [Stage.ANNOUNCING] * 2
    round_.go_to(datetime(2022, 12, 1, 4, 59, tzinfo=UTC))
    assert [round_.stage(item) for item in (first, second)] == [Stage.ANNOUNCING] * 2
    round_.go_to(datetime(2022, 12, 1, 5, 0, tzinfo=UTC))
    assert [round_.stage(item) for item in (first, second)] == [Stage.OFFER, Stage.CLOSED]
    assert round_.told(second) == [
        "receipt#1",
        "fallback_offer#seminar:accepted",
        "enrolled#seminar",
    ]
    check_invariants(round_)


# --- any order of anything -------------------------------------------------------------------

LETTERS = st.sampled_from(["", "signed.pdf", "ceo.pdf", "scan.pdf", "broken.pdf"])
WORDS = st.sampled_from(list(Recommendation)[:2])
MOST = 6


class AnyOrder(RuleBasedStateMachine):
    """Applicants, reviewers, staff, the clock and failures, in any order."""

    def __init__(self) -> None:
        super().__init__()
        tracks = (
            make_track(RESIDENCY, decided_by="staff", review={"needed": 1}),
            make_track(SEMINAR, capacity=2, offer={"answer_within_days": 7}),
        )
        self.round = Round(make_program(tracks=tracks), reviewers=2)
        self.submitted: list[str] = []
        self.round.settle()

    def one(self, number: int) -> str:
        return self.submitted[number % len(self.submitted)]

    def try_to(self, action: Callable[[], object]) -> None:
        """Act; a refusal, or a conflict that outlasts all repetitions, is an answer, too."""
        with suppress(Refused, Conflict):
            action()

    # people

    @precondition(lambda self: len(self.submitted) < MOST)
    @rule(
        letter=LETTERS,
        video=st.booleans(),
        tracks=st.sampled_from([(RESIDENCY, SEMINAR), (SEMINAR,)]),
    )
    def submit(self, letter: str, video: bool, tracks: tuple[str, ...]) -> None:
        def act() -> None:
            number = len(self.submitted) + 1
            self.submitted.append(self.round.submit(number, letter="", video=False, tracks=tracks))
            application = self.submitted[-1]
            if letter and RESIDENCY in tracks:
                self.round.upload(application, file_name=letter)
            if video and RESIDENCY in tracks:
                self.round.upload(
                    application, "team-video", file_name="team.mp4", content_type="video/mp4"
                )

        self.try_to(act)

    @precondition(lambda self: len(self.submitted) < MOST)
    @rule(word=WORDS, decision=st.sampled_from([None, *Decision]))
    def bring_to_review(self, word: Recommendation, decision: Decision | None) -> None:
        """Everything is there, and where `decision` is given, it is reviewed and decided."""
        self.submit_whole()
        if decision is not None and self.submitted:
            self.review(len(self.submitted) - 1, word)
            self.decide(len(self.submitted) - 1, decision)

    def submit_whole(self) -> None:
        number = len(self.submitted) + 1
        self.try_to(lambda: self.submitted.append(self.round.submit(number)))
        self.round.settle()

    @precondition(lambda self: self.submitted)
    @rule(which=st.integers(0, MOST))
    def submit_again(self, which: int) -> None:
        number = which % len(self.submitted) + 1
        before = self.round.receipts.get(f"key-{number}")
        if before is not None:
            with suppress(Refused):
                self.round.submit(number, letter="", video=False)
            assert self.round.receipts[f"key-{number}"].reference == before.reference

    @precondition(lambda self: self.submitted)
    @rule(which=st.integers(0, MOST), letter=LETTERS, video=st.booleans())
    def upload(self, which: int, letter: str, video: bool) -> None:
        requirement, name, kind = (
            ("team-video", "team.mp4", "video/mp4")
            if video
            else (LETTER, letter or "signed.pdf", "application/pdf")
        )
        self.try_to(
            lambda: self.round.upload(
                self.one(which), requirement, file_name=name, content_type=kind
            )
        )

    @precondition(lambda self: self.submitted)
    @rule(which=st.integers(0, MOST), word=WORDS)
    def review(self, which: int, word: Recommendation) -> None:
        application = self.one(which)
        self.round.settle()
        for review in self.round.ports.applications.reviews(application):
            if review.status is ReviewStatus.ASSIGNED:
                reviewer = review.reviewer
                self.try_to(partial(self.round.give, application, reviewer, word))

    @precondition(lambda self: self.submitted)
    @rule(which=st.integers(0, MOST))
    def recuse(self, which: int) -> None:
        application = self.one(which)
        for seat in self.round.get(application).panel:
            self.try_to(
                partial(
                    replace_reviewer,
                    self.round.ports,
                    application,
                    seat.reviewer,
                    STAFF,
                    reason="conflict",
                    status=ReviewStatus.RECUSED,
                )
            )

    @precondition(lambda self: self.submitted)
    @rule(which=st.integers(0, MOST), decision=st.sampled_from(list(Decision)))
    def decide(self, which: int, decision: Decision) -> None:
        self.round.settle()
        self.try_to(
            lambda: decide_by_staff(
                self.round.ports, self.one(which), STAFF, decision=decision, feedback=""
            )
        )

    @precondition(lambda self: self.submitted)
    @rule(which=st.integers(0, MOST), yes=st.booleans())
    def answer(self, which: int, yes: bool) -> None:
        self.try_to(lambda: answer_offer(self.round.ports, self.one(which), APPLICANT, yes=yes))

    @precondition(lambda self: self.submitted)
    @rule(which=st.integers(0, MOST), mood=st.integers(0, 4))
    def withdraw(self, which: int, mood: int) -> None:
        if mood:  # seldom, or little else comes to its end
            return
        self.try_to(lambda: withdraw(self.round.ports, self.one(which), APPLICANT))

    @precondition(lambda self: self.submitted)
    @rule(which=st.integers(0, MOST), track=st.sampled_from([RESIDENCY, SEMINAR]))
    def switch(self, which: int, track: str) -> None:
        self.try_to(lambda: switch_track(self.round.ports, self.one(which), APPLICANT, track=track))

    @precondition(lambda self: self.submitted)
    @rule(which=st.integers(0, MOST))
    def help_on(self, which: int) -> None:
        self.try_to(lambda: restart(self.round.ports, self.one(which), STAFF))

    @rule(days=st.integers(-3, 10))
    def move_the_close(self, days: int) -> None:
        _, newest = self.round.ports.rounds.newest(self.round.program.key)
        closes = date(2022, 10, 21) + timedelta(days=days)
        tracks = tuple(track.with_(closes=closes) for track in newest.tracks)
        self.try_to(lambda: publish(self.round.ports, newest.with_(tracks=tracks), STAFF))

    # what happens by itself, and what fails

    @rule()
    def settle(self) -> None:
        self.round.settle()

    @rule(days=st.floats(0.1, 9))
    def pass_time(self, days: float) -> None:
        self.round.stream_down = False
        self.round.pass_days(days)

    @rule(signals=st.integers(1, 3))
    def lose_signals(self, signals: int) -> None:
        self.round.machine.deaf = signals

    @precondition(lambda self: self.submitted)
    @rule(which=st.integers(0, MOST))
    def lose_execution(self, which: int) -> None:
        self.round.machine.lose(self.one(which))

    @rule()
    def lose_stream(self) -> None:
        self.round.stream_down = True

    @rule(times=st.integers(1, 4))
    def conflict(self, times: int) -> None:
        def overtaken() -> None:
            raise Conflict

        self.round.ports.applications.interleave += [overtaken] * times

    @invariant()
    def all_seven_hold(self) -> None:
        check_invariants(self.round)

    def teardown(self) -> None:
        """Once nothing fails any more, every execution waits for what its application does."""
        self.round.stream_down, self.round.machine.deaf = False, 0
        self.round.ports.applications.interleave.clear()
        self.round.settle()
        self.round.pass_days(2.5)
        sweep(self.round.ports, 1000)
        self.round.settle()
        check_invariants(self.round)
        for application in every_application(self.round.ports):
            live = [item for item in self.round.machine.of(application.id) if item.running]
            if not application.is_open:
                assert live == [], application.closed_as
            elif live[0].state == WAIT_FOR_STAFF:
                assert application.help is not None
            else:
                assert WAITS[live[0].state][0] is application.stage


TestAnyOrder = AnyOrder.TestCase
TestAnyOrder.settings = settings(
    max_examples=40,
    stateful_step_count=30,
    deadline=None,
    derandomize=True,
)
