"""Where an application stands, in words of the language spoken now."""

from roundtable.usecases.following.view import State
from roundtable.web.pages.texts import gettext as _

_LOOKS: dict[State, str] = {
    State.DRAFT: "govuk-tag--yellow",
    State.INCOMPLETE: "govuk-tag--red",
    State.OFFERED: "govuk-tag--green",
    State.ACCEPTED: "govuk-tag--green",
    State.ENROLLED: "govuk-tag--green",
    State.WAITLISTED: "govuk-tag--purple",
    State.CHECKING: "",
    State.IN_REVIEW: "",
}


def state_look(state: State) -> str:
    """Return the classes of a state's tag: coloured while something is to be done or goes on."""
    return _LOOKS.get(state, "govuk-tag--grey")


def state_name(state: State) -> str:
    """Return the name of a state."""
    return {
        State.DRAFT: _("Not submitted yet"),
        State.NOT_SUBMITTED: _("Not submitted in time"),
        State.CHECKING: _("Received"),
        State.INCOMPLETE: _("Something is missing"),
        State.IN_REVIEW: _("In review"),
        State.WAITLISTED: _("On the waitlist"),
        State.OFFERED: _("A place is offered to you"),
        State.ACCEPTED: _("Accepted"),
        State.ENROLLED: _("You take part"),
        State.NOT_SELECTED: _("Not selected"),
        State.DECLINED: _("You declined"),
        State.LAPSED: _("The offer has ended"),
        State.WITHDRAWN: _("Withdrawn"),
        State.CLOSED_INCOMPLETE: _("Closed, as something was missing"),
    }[state]


def next_step(state: State) -> str:
    """Return what somebody does next; nothing is left unsaid, even where it is to wait."""
    return {
        State.DRAFT: _("Fill it in and submit it."),
        State.NOT_SUBMITTED: _("It was not submitted before the close. You can still read it."),
        State.CHECKING: _("We check what you sent. You need to do nothing now."),
        State.INCOMPLETE: _("Bring what is missing."),
        State.IN_REVIEW: _("Reviewers read it. You need to do nothing now."),
        State.WAITLISTED: _("We write to you if a place becomes free."),
        State.OFFERED: _("Tell us whether you take the place."),
        State.ACCEPTED: _("We write to you about how it goes on."),
        State.ENROLLED: _("You find the dates in your application."),
        State.NOT_SELECTED: _("You can read our message."),
        State.DECLINED: _("There is nothing more to do."),
        State.LAPSED: _("There was no answer in time. You can read what we wrote."),
        State.WITHDRAWN: _("You withdrew it. There is nothing more to do."),
        State.CLOSED_INCOMPLETE: _("What was missing did not arrive in time."),
    }[state]
