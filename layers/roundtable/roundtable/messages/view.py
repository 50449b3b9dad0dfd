"""What a notice shows, kind by kind: taken from the application, the program and the facts."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from roundtable.domain.application import Application, Decision, Outcome
from roundtable.domain.notices import NoticeKind
from roundtable.domain.program import Program, Session
from roundtable.messages.dates import (
    day_in_words,
    days_left,
    deadline_in_words,
    left_in_words,
    moment_in_words,
    period_in_words,
)
from roundtable.messages.facts import (
    ClosedIncompleteFacts,
    CorrectionsFacts,
    DecisionFacts,
    EnrolledFacts,
    Facts,
    Item,
    MovedFacts,
    NotSubmittedFacts,
    OfferFacts,
    ReceiptFacts,
    ReminderFacts,
    ReviewFacts,
    StaffAlertFacts,
    WithdrawnFacts,
)
from roundtable.messages.links import Links
from roundtable.messages.plain import Paragraph, line, name, paragraphs
from roundtable.messages.texts import gettext as _


@dataclass(frozen=True, slots=True)
class Point:
    """One thing to mend, or what one track has to say."""

    title: str
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Action:
    """Where the reader goes next."""

    label: str
    address: str


@dataclass(frozen=True, slots=True)
class View:
    """The parts of a notice that every template lays out alike, and its kind's own words."""

    rows: tuple[tuple[str, str], ...]
    """Labels and values that the reader may look up later."""
    actions: tuple[Action, ...]
    words: dict[str, object]


@dataclass(frozen=True, slots=True)
class Viewer:
    """Makes the view of one notice from what is known when it is rendered."""

    kind: NoticeKind
    application: Application
    program: Program
    links: Links
    now: datetime

    def view(self, facts: Facts) -> View:  # noqa: PLR0911 (one line a kind)
        """Return what a notice with these facts shows.

        Raises ValueError where the application lacks what the kind tells (decision, offer).
        """
        match facts:
            case ReceiptFacts():
                return self._receipt(facts)
            case CorrectionsFacts() | ReminderFacts():
                return self._to_mend(facts)
            case NotSubmittedFacts() | ClosedIncompleteFacts():
                return self._over(facts)
            case MovedFacts():
                return self._moved(facts)
            case ReviewFacts():
                return self._review(facts)
            case DecisionFacts():
                return self._decision(facts)
            case OfferFacts():
                return self._offer()
            case WithdrawnFacts():
                return self._applicant(
                    self.application.track, what=facts.what, asked_by=facts.asked_by
                )
            case EnrolledFacts():
                return self._enrolled(facts)
            case StaffAlertFacts():
                return self._staff_alert(facts)
            case _:
                raise ValueError(f"there is no view for {type(facts).__name__}")

    # --- kinds ---------------------------------------------------------------------------

    def _receipt(self, facts: ReceiptFacts) -> View:
        application = self.application
        if application.received_at is None:
            raise ValueError(f"application {application.id} was not received yet")
        rows = [(_("Received"), self._moment(application.received_at))]
        promise = day_in_words(application.promise) if application.promise else ""
        if promise:
            rows.append((_("You will hear from us by"), promise))
        until = deadline_in_words(facts.until, self.program.zone) if facts.until else ""
        return self._applicant(
            application.track, *rows, items=_points(facts.missing), until=until, promise=promise
        )

    def _to_mend(self, facts: CorrectionsFacts | ReminderFacts) -> View:
        days = days_left(facts.until, self.now, self.program.zone)
        until = deadline_in_words(facts.until, self.program.zone)
        about = facts.about if isinstance(facts, ReminderFacts) else "corrections"
        return self._applicant(
            self.application.track,
            (_("To be done by"), until),
            until=until,
            left=left_in_words(days),
            about=about,
            items=_points(facts.items),
        )

    def _over(self, facts: NotSubmittedFacts | ClosedIncompleteFacts) -> View:
        deadline = deadline_in_words(facts.deadline, self.program.zone)
        items = _points(facts.items) if isinstance(facts, ClosedIncompleteFacts) else ()
        return self._applicant(
            self.application.track, (_("Deadline"), deadline), deadline=deadline, items=items
        )

    def _moved(self, facts: MovedFacts) -> View:
        promise = day_in_words(self.application.promise) if self.application.promise else ""
        rows = [(_("You will hear from us by"), promise)] if promise else []
        return self._applicant(
            facts.to_track, *rows, before=self._track(facts.from_track), because=facts.because
        )

    def _review(self, facts: ReviewFacts) -> View:
        due = deadline_in_words(facts.due_at, self.program.zone)
        left = left_in_words(days_left(facts.due_at, self.now, self.program.zone))
        return View(
            rows=(*self._about(facts.track), ("Please review by", due)),
            actions=(Action("Open the review", self.links.review(self.application)),),
            words={"due": due, "left": left},
        )

    def _decision(self, facts: DecisionFacts) -> View:
        outcome = self.application.outcome(facts.track)
        if outcome is None:
            raise ValueError(f"nothing is decided for {self.application.id} in {facts.track}")
        earlier = tuple(
            item
            for item in self.application.outcomes
            if item.track != facts.track and item.decision is Decision.NOT_SELECTED
        )
        answer_by = self._answer_by(outcome)
        rows = [(self._decision_for(item.track), _("Not selected")) for item in earlier]
        rows.append((self._decision_for(facts.track), _result(outcome.decision)))
        if answer_by:
            rows.append((_("Please answer by"), answer_by))
        feedback = tuple(
            Point(self._track(item.track), told)
            for item in (*earlier, outcome)
            if (told := paragraphs(item.feedback))
        )
        ends_at = self.program.waitlist_ends_at(self.program.track(facts.track))
        return self._applicant(
            facts.track,
            *rows,
            answer_by=answer_by,
            feedback=feedback,
            earlier=tuple(self._track(item.track) for item in earlier),
            promoted=outcome.promoted_at is not None,
            waitlist_until=deadline_in_words(ends_at, self.program.zone),
        )

    def _offer(self) -> View:
        offer = self.application.offer
        if offer is None:
            raise ValueError(f"application {self.application.id} has no offer")
        answer_by = deadline_in_words(offer.answer_by, self.program.zone)
        left = left_in_words(days_left(offer.answer_by, self.now, self.program.zone))
        reminder = self.kind is NoticeKind.OFFER_REMINDER
        label = _("Answer by") if reminder else _("Answer was due by")
        return self._applicant(offer.track, (label, answer_by), answer_by=answer_by, left=left)

    def _enrolled(self, facts: EnrolledFacts) -> View:
        sessions = tuple(
            (line(session.title), self._period(session), line(session.location))
            for session in self.program.sessions
        )
        return self._applicant(facts.track, sessions=sessions)

    def _staff_alert(self, facts: StaffAlertFacts) -> View:
        actions = [Action("Open the application", self.links.staff(self.application))]
        actions += [Action(line(link.label), self.links.page(link.address)) for link in facts.links]
        return View(
            rows=(
                *self._about(self.application.track),
                ("Stage", self.application.stage.value.replace("_", " ")),
                ("Noticed", self._moment(self.now)),
            ),
            actions=tuple(actions),
            words={"reason": line(facts.reason), "detail": paragraphs(facts.detail)},
        )

    # --- parts ---------------------------------------------------------------------------

    def _applicant(self, track: str, *rows: tuple[str, str], **words: object) -> View:
        form = self.application.form
        organization = name(form.organization.name) if form.organization else ""
        whose = ((_("Organization"), organization),) if organization else ()
        return View(
            rows=(*self._about(track), *whose, *rows),
            actions=(Action(_("See your application"), self.links.application(self.application)),),
            words={"track": self._track(track), **words},
        )

    def _about(self, track: str) -> tuple[tuple[str, str], ...]:
        return (
            (_("Reference number"), self.application.reference),
            (_("Program"), line(self.program.name)),
            (_("Track"), self._track(track)),
        )

    def _answer_by(self, outcome: Outcome) -> str:
        """Return until when an acceptance is to be answered, or nothing where it need not be.

        Before the offer is made (a preview), the date is what it would be if made now.
        """
        rule = self.program.track(outcome.track).offer
        offer = self.application.offer
        if outcome.decision is not Decision.ACCEPTED or rule is None:
            return ""
        if offer is not None and offer.track == outcome.track:
            return deadline_in_words(offer.answer_by, self.program.zone)
        today = self.program.local_date(self.now)
        return deadline_in_words(
            self.program.end_of(today + timedelta(days=rule.answer_within_days)),
            self.program.zone,
        )

    def _track(self, key: str) -> str:
        return line(self.program.track(key).name)

    def _decision_for(self, track: str) -> str:
        return _("Decision for %(track)s") % {"track": self._track(track)}

    def _moment(self, at: datetime) -> str:
        return moment_in_words(at, self.program.zone)

    def _period(self, session: Session) -> str:
        zone = self.program.zone
        starts, ends = session.starts.replace(tzinfo=zone), session.ends.replace(tzinfo=zone)
        return period_in_words(starts, ends, zone)


def _result(decision: Decision) -> str:
    match decision:
        case Decision.ACCEPTED:
            return _("Invited to take part")
        case Decision.WAITLISTED:
            return _("On the waitlist")
        case Decision.NOT_SELECTED:
            return _("Not selected")


def _points(items: tuple[Item, ...]) -> tuple[Point, ...]:
    return tuple(Point(line(item.title), paragraphs(item.reason)) for item in items)
