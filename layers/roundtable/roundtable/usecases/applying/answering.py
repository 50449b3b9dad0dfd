"""An offer and the team's answer: yes, no, or none until its date."""

from roundtable.domain.application import Application, Decision, Offer
from roundtable.domain.audit import Actor
from roundtable.domain.notices import NoticeKind
from roundtable.domain.stages import ClosedAs, Stage
from roundtable.messages.facts import OfferFacts, WithdrawnFacts
from roundtable.ports import Ports
from roundtable.usecases.errors import NotNow
from roundtable.usecases.retry import again_on_conflict
from roundtable.usecases.step import Step, system


def answer_offer(ports: Ports, application_id: str, actor: Actor, *, yes: bool) -> Application:
    """Record the team's answer; the same answer again changes nothing.

    A yes after the offer lapsed joins the waitlist. Raises NotNow if there is no offer, or the
    other answer stands already.
    """

    def attempt() -> Application:
        application = ports.applications.get(application_id)
        offer = application.offer
        if offer is None:
            raise NotNow("no-offer", "There is no offer to answer.")
        step = Step(ports, application, actor)
        if application.stage is Stage.OFFER and step.now < offer.answer_by:
            return _answer(step, offer, yes=yes)
        if offer.answer == ("yes" if yes else "no"):
            return application
        if offer.answer in {"yes", "no"}:
            raise NotNow("already-answered", f"You answered this offer with {offer.answer}.")
        if application.stage is Stage.OFFER:
            return _answer_late(Step(ports, lapse(ports, application), actor), yes=yes)
        return _answer_late(step, yes=yes)

    return again_on_conflict(attempt)


def _answer(step: Step, offer: Offer, *, yes: bool) -> Application:
    answered = offer.with_(answer="yes" if yes else "no", answered_at=step.now)
    step.move(Stage.ENROLLING if yes else Stage.RELEASING, offer=answered)
    step.record("offer_answered", track=offer.track, answer=answered.answer)
    if not yes:
        step.notify(
            NoticeKind.WITHDRAWN,
            WithdrawnFacts(what="place", asked_by="applicant"),
            number=f"{offer.track}:declined",
        )
    return step.commit_and_signal()


def _answer_late(step: Step, *, yes: bool) -> Application:
    if not yes:
        return step.after
    if step.after.stage is Stage.RELEASING:
        raise NotNow("lapsing", "This offer has just lapsed. Try again in a minute.")
    if step.after.stage is not Stage.CLOSED or step.after.closed_as is not ClosedAs.LAPSED:
        raise NotNow("no-offer", "This offer cannot be answered any more.")
    outcome = step.after.present_outcome
    if outcome is None:
        raise NotNow("no-offer", "There is no offer to answer.")
    others = tuple(item for item in step.after.outcomes if item.track != outcome.track)
    waitlisted = outcome.with_(decision=Decision.WAITLISTED, seat="", promoted_at=None)
    step.move(
        Stage.WAITLIST,
        outcomes=(*others, waitlisted),
        waitlisted_at=step.now,
        offer=None,
        closed_as=None,
        closed_at=None,
        run=step.after.run + 1,
    )
    step.record("late_yes_waitlisted", track=outcome.track)
    return step.commit()


def lapse(ports: Ports, application: Application) -> Application:
    """End an offer that was not answered by its date; its seat goes to the next."""
    step = Step(ports, application, system("clock"))
    offer = step.after.offer
    if step.after.stage is not Stage.OFFER or offer is None or step.now < offer.answer_by:
        return application
    step.move(Stage.RELEASING, offer=offer.with_(answer="lapsed", answered_at=step.now))
    step.record("offer_lapsed", track=offer.track)
    step.notify(NoticeKind.LAPSED, OfferFacts(), number=f"{offer.track}:{offer.made_at:%Y%m%d}")
    return step.commit_and_signal()
