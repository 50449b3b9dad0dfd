"""A whole round, from its opening to the last promise, played day by day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from local.cloud import Cloud
from local.rehearsal.applicants import Performer
from local.rehearsal.cast import Applicant, Part
from local.rehearsal.conductor import Conductor
from local.rehearsal.crew import Crew
from local.rehearsal.mailroom import Mailroom
from roundtable.domain.program import Program

AT_ONCE = 4
MEND_AFTER = timedelta(days=4)
WITHDRAW_AFTER = timedelta(days=2)
REVIEW_EVERY_DAYS = 5
DECIDE_AFTER_CLOSE = timedelta(days=14)
ANSWER_EVERY_DAYS = 4
LAST_CURTAIN = timedelta(days=21)
"""After the last promise: offers lapse by then and their seats go on."""

Progress = Callable[[datetime, str], None]
Deed = Callable[[], object]
"""Done in its time; what it returns is False if there was nothing to do after all."""


@dataclass
class Round:
    """One program's round with its people."""

    cloud: Cloud
    program: Program
    cast: tuple[Applicant, ...]
    crew: Crew
    conductor: Conductor
    mailroom: Mailroom
    progress: Progress
    performers: dict[int, Performer] = field(default_factory=dict[int, Performer])
    _deeds: dict[datetime, list[Deed]] = field(
        default_factory=lambda: defaultdict[datetime, list[Deed]](list)
    )

    def play(self) -> None:
        """Play every deed in its time."""
        self.conductor.start(self.program.opens_at)
        self.crew.arrive()
        for applicant in self.cast:
            self._cast(applicant)
        self._plan_crew()
        for at in sorted(self._deeds):
            self.conductor.advance(at)
            done = self._together(self._deeds[at])
            if done:
                self.progress(at, f"{done} done")
                self.conductor.settle()
        self.conductor.advance(self._curtain)
        self.conductor.settle()
        self.conductor.tick(sweep=1000)
        self.conductor.settle()

    def receipts(self) -> tuple[str, ...]:
        """Return every receipt that an applicant was given."""
        return tuple(item for who in self.performers.values() for item in who.receipts)

    def _cast(self, applicant: Applicant) -> None:
        performer = Performer(applicant, self.program, self.cloud, self.mailroom)
        self.performers[applicant.number] = performer
        begins = applicant.begins_at
        at_the_close = applicant.part in {Part.LAST_MINUTE, Part.LATE}
        # Codes live for ten minutes and sessions for hours: prepare a little before the close.
        prepares = begins - timedelta(hours=2) if at_the_close else begins
        self._do(prepares, lambda: self._prepare(performer))
        if applicant.part is Part.UNSUBMITTED:
            return
        submits = begins if at_the_close else prepares + timedelta(minutes=30)
        self._do(submits, lambda: performer.submit(performer.visit_at(self.conductor.now)))
        if applicant.part in {Part.INCOMPLETE, Part.CORRECTED}:
            self._do(
                submits + MEND_AFTER, lambda: performer.mend(performer.visit_at(self.conductor.now))
            )
        if applicant.part is Part.WITHDRAWN:
            self._do(
                submits + WITHDRAW_AFTER,
                lambda: performer.withdraw(performer.visit_at(self.conductor.now)),
            )
        if applicant.part is Part.LATE:
            self._do(
                submits + timedelta(hours=10),
                lambda: performer.switch_to_fallback(performer.visit_at(self.conductor.now)),
            )

    def _prepare(self, performer: Performer) -> bool:
        """Prepare a draft; nothing goes on by itself from it."""
        visitor = performer.visit_at(self.conductor.now)
        performer.prepare(visitor)
        performer.wait_for_uploads(visitor)
        return False

    def _plan_crew(self) -> None:
        first = self.program.tracks[0]
        for day in self._days(REVIEW_EVERY_DAYS):
            self._do(_at(self.program, day, 15), self._review)
            self._do(_at(self.program, day, 16), self._decide_dissent)
        decides = self.program.closes_at(first) + DECIDE_AFTER_CLOSE
        self._do(decides, lambda: self._decide(first.key))
        self._do(decides + timedelta(days=4), self._review)
        self._do(decides + timedelta(days=5), self._decide_dissent)
        self._do(decides + timedelta(days=9), lambda: self._decide(first.key))
        self._do(decides + timedelta(days=12), self._review)
        if first.announcement.on is not None:
            self._do(_at(self.program, first.announcement.on, 9), self._announce)
            self._do(_at(self.program, first.announcement.on, 17), self._announce)
        for day in self._days(ANSWER_EVERY_DAYS):
            self._do(_at(self.program, day, 18), self._answer)

    def _do(self, at: datetime, deed: Deed) -> None:
        self._deeds[at].append(deed)

    def _days(self, every: int) -> Iterable[date]:
        day = self.program.local_date(self.program.opens_at)
        last = self.program.local_date(self._curtain)
        while day <= last:
            yield day
            day += timedelta(days=every)

    @property
    def _curtain(self) -> datetime:
        promised = [
            track.promise.by
            or self.program.local_date(self.program.closes_at(track))
            + timedelta(days=track.promise.days_from_receipt or 0)
            for track in self.program.tracks
        ]
        return self.program.end_of(max(promised)) + LAST_CURTAIN

    def _together(self, deeds: list[Deed]) -> int:
        """Do what is to be done at one time; return how much of it was done."""
        with ThreadPoolExecutor(AT_ONCE) as pool:
            begun = [pool.submit(deed) for deed in deeds]
            return sum(one.result() is not False for one in begun)

    def _review(self) -> bool:
        return self.crew.review_everything() > 0

    def _decide(self, track: str) -> bool:
        return self.crew.decide(track) > 0

    def _decide_dissent(self) -> bool:
        return self.crew.decide(self.program.tracks[-1].key) > 0

    def _announce(self) -> bool:
        return self.crew.announce() > 0

    def _answer(self) -> bool:
        """Let those answer who found an offer in their mail, but for the silent ones."""
        invited = {
            mail.recipients[0]
            for mail in self.mailroom.all()
            if mail.tags.get("notice", "").startswith(("invitation", "fallback_offer"))
        }
        answering = [
            performer
            for performer in self.performers.values()
            if performer.applicant.part is not Part.SILENT
            and performer.applicant.email in invited
            and not performer.answered
        ]
        with ThreadPoolExecutor(AT_ONCE) as pool:
            for _ in pool.map(self._look_for_offer, answering):
                pass
        return bool(answering)

    def _look_for_offer(self, performer: Performer) -> None:
        performer.look_for_offer(self.conductor.now)


def _at(program: Program, day: date, hour: int) -> datetime:
    return program.start_of(day) + timedelta(hours=hour)
