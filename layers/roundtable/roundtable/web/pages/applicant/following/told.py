"""What somebody just did, carried over to the page that shows what came of it.

The browser carries a word and a reference number for a minute; the words are ours, so that no
address can make a page say anything.
"""

from enum import StrEnum

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.shared.cookies import Cookie

from roundtable.domain.application import Application
from roundtable.usecases.following.followed import Followed
from roundtable.usecases.following.view import State
from roundtable.web.pages.applicant.visitors import application_path
from roundtable.web.pages.cookies import cookie, forgotten
from roundtable.web.pages.layout import Banner
from roundtable.web.pages.page import see_other
from roundtable.web.pages.texts import gettext as _
from roundtable.web.reading import Event, cookies

TOLD = "__Host-told"
_A_MINUTE_IN_SECONDS = 60


class Done(StrEnum):
    """What was done."""

    WITHDRAWN = "withdrawn"
    SWITCHED = "switched"
    YES = "yes"
    NO = "no"
    NOTHING = "nothing"
    """The application had moved on."""


_FITTING: dict[Done, frozenset[State]] = {
    Done.WITHDRAWN: frozenset({State.WITHDRAWN}),
    Done.SWITCHED: frozenset({State.CHECKING, State.INCOMPLETE, State.IN_REVIEW}),
    Done.YES: frozenset({State.ACCEPTED, State.ENROLLED, State.WAITLISTED}),
    Done.NO: frozenset({State.DECLINED}),
    Done.NOTHING: frozenset(State),
}


def status_path(application: Application) -> str:
    """Return the path of the page that says where an application stands."""
    return f"{application_path(application)}/status"


def tell(done: Done, application: Application) -> Response[str]:
    """Lead to where the application stands, and say there what was done."""
    carried = f"{done}.{application.reference}"
    return see_other(
        status_path(application), cookies=[cookie(TOLD, carried, seconds=_A_MINUTE_IN_SECONDS)]
    )


def told(event: Event, followed: Followed) -> tuple[Banner | None, tuple[Cookie, ...]]:
    """Return what to say of what was done, and the cookies after it was said.

    Nothing is said that does not fit where the application stands.
    """
    word, _dot, reference = cookies(event).get(TOLD, "").partition(".")
    if word not in set(Done) or reference != followed.status.reference:
        return None, ()
    done = Done(word)
    if followed.status.state not in _FITTING[done]:
        return None, (forgotten(TOLD),)
    return Banner(text=_words(done, followed), success=done is not Done.NOTHING), (forgotten(TOLD),)


def _words(done: Done, followed: Followed) -> str:
    match done:
        case Done.WITHDRAWN:
            return _("Your application is withdrawn.")
        case Done.SWITCHED:
            return _("Your application is now considered for %(track)s.") % {
                "track": followed.status.track_name
            }
        case Done.YES if followed.status.state is State.WAITLISTED:
            return _("Your team has joined the waitlist.")
        case Done.YES:
            return _("Thank you. We have noted that your team takes the place.")
        case Done.NO:
            return _("We have noted that your team does not take the place.")
        case Done.NOTHING:
            return _(
                "Nothing was changed, because your application has moved on in the meantime. This "
                "is how it stands now."
            )
