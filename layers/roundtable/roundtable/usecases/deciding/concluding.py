"""The end of an application: enrolment, the seat given back, and closing."""

from roundtable.domain.application import Application
from roundtable.domain.notices import DECISION_NOTICES, NoticeKind, NoticeStatus
from roundtable.domain.reviews import ReviewStatus
from roundtable.domain.stages import ClosedAs, Stage
from roundtable.messages.facts import EnrolledFacts
from roundtable.ports import Ports
from roundtable.usecases.deciding.decisions import promote
from roundtable.usecases.deciding.telling import cancel_waiting_notices
from roundtable.usecases.errors import ApplicationMoved
from roundtable.usecases.retry import again_on_conflict
from roundtable.usecases.step import Step, system


def enrol_team(ports: Ports, application_id: str) -> Application:
    """Enrol a team that said yes, and send it the sessions for its calendar."""

    def attempt() -> Application:
        step = Step(ports, ports.applications.get(application_id), system("enrol_team"))
        if step.after.stage is not Stage.ENROLLING:
            raise ApplicationMoved(application_id)
        step.move(Stage.CLOSED, closed_as=ClosedAs.ENROLLED, closed_at=step.now)
        step.record("team_enrolled", track=step.after.track)
        step.notify(
            NoticeKind.ENROLLED, EnrolledFacts(track=step.after.track), number=step.after.track
        )
        return step.commit()

    return again_on_conflict(attempt)


def release_seat(ports: Ports, application_id: str) -> Application:
    """Give a seat back, end its application, and offer the seat to the next who waits."""

    def attempt() -> Application:
        step = Step(ports, ports.applications.get(application_id), system("release_seat"))
        if step.after.stage is not Stage.RELEASING:
            raise ApplicationMoved(application_id)
        track = step.after.track
        declined = step.after.offer is not None and step.after.offer.answer == "no"
        reason = step.after.closed_as or (ClosedAs.DECLINED if declined else ClosedAs.LAPSED)
        step.give_back_seat(track)
        step.move(Stage.CLOSED, closed_as=reason, closed_at=step.now)
        step.record("seat_released", track=track)
        return step.commit()

    application = again_on_conflict(attempt)
    promote(ports, application.program, application.track)
    return application


def close_application(ports: Ports, application_id: str) -> Application:
    """Tidy up after the end: no review stays open, no notice stays held."""

    def attempt() -> Application:
        step = Step(ports, ports.applications.get(application_id), system("close_application"))
        if step.after.stage is not Stage.CLOSED:
            raise ApplicationMoved(application_id)
        open_reviews = [
            review
            for review in ports.applications.reviews(application_id)
            if review.status is ReviewStatus.ASSIGNED
        ]
        held = any(
            notice.kind in DECISION_NOTICES and notice.status is NoticeStatus.HELD
            for notice in ports.applications.notices(application_id)
        )
        if not open_reviews and not held and step.after.help is None:
            return step.after
        for review in open_reviews:
            step.put_review(
                review.with_(status=ReviewStatus.RELEASED, closed_reason="application closed")
            )
        if held:
            cancel_waiting_notices(step)
        step.set(help=None)
        step.record("application_tidied", reviews=len(open_reviews))
        return step.commit()

    return again_on_conflict(attempt)
