"""The way into an application: what one meets before it, where one goes after signing in."""

from pydantic import Field

from roundtable.domain.application import Application, Form
from roundtable.domain.deadlines import close_for, enterable_tracks, last_close
from roundtable.domain.eligibility import answers_that_count, is_eligible
from roundtable.domain.model import Instant, Record
from roundtable.domain.program import Program
from roundtable.domain.stages import Stage
from roundtable.ports import Conflict, Ports, Session, Unavailable
from roundtable.usecases.applying.description import published
from roundtable.usecases.applying.drafts import MOST_APPLICATIONS, mine, start
from roundtable.usecases.applying.offering import Intake, offered
from roundtable.usecases.applying.sign_in import confirm_code, sign_out, who
from roundtable.usecases.errors import Refused
from roundtable.usecases.following.standing import Standing
from roundtable.usecases.following.view import State


class Entrance(Record):
    """A program as somebody meets it who wants to apply."""

    program: Program
    intake: Intake


class Beginning(Record):
    """What is known of an application before it is begun."""

    language: str
    """In which the applicant reads."""
    eligibility: dict[str, str] = Field(default_factory=dict)
    """Answers to the program's questions before the form."""


class MyLine(Record):
    """One of the applications of somebody signed in, with what comes next."""

    reference: str
    state: State
    organization: str
    track_name: str
    """Empty in a draft that has chosen none yet."""
    until: Instant | None
    """The first instant that is too late for what they are to do now; None where that is nothing
    or has no limit."""


class MyList(Record):
    """The applications of somebody signed in, and whether another one can be begun."""

    entrance: Entrance
    lines: tuple[MyLine, ...]
    can_begin: bool


def entrance(ports: Ports, program_key: str) -> Entrance:
    """Return how a program is entered now; raises Unknown."""
    program = published(ports, program_key)[1]
    return Entrance(program=program, intake=offered(program, ports.clock.now()).intake)


def my_list(ports: Ports, session: Session) -> MyList:
    """Return the applications of the address that signed in, newest first."""
    lines = tuple(_line(ports, application) for application in mine(ports, session))
    present = entrance(ports, session.program)
    return MyList(
        entrance=present,
        lines=lines,
        can_begin=present.intake is Intake.OPEN
        and len(lines) < MOST_APPLICATIONS
        and all(line.state is not State.DRAFT for line in lines),
    )


def begin(ports: Ports, session: Session, beginning: Beginning) -> Application:
    """Begin an application, or return the draft that is open, with the answers given before it.

    Answers that the program does not ask for, or that it does not accept, are not taken over: the
    form asks again. Raises NotNow or TooMany.
    """
    program = published(ports, session.program)[1]
    answers = answers_that_count(program, beginning.eligibility)
    form = Form(eligibility=answers) if is_eligible(program, answers) else Form()
    return start(ports, session, form, language=beginning.language)[0]


def enter(
    ports: Ports, program_key: str, email: str, code: str, *, source: str, former: str
) -> tuple[str, Session]:
    """Use a code up; return the token of the new session, and the session.

    The browser's `former` session ends. Raises Unknown, Invalid or TooMany.
    """
    token = confirm_code(ports, program_key, email, code, source=source).token
    sign_out(ports, former)
    return token, who(ports, token)


def after_sign_in(
    ports: Ports, session: Session, beginning: Beginning | None = None
) -> Application | None:
    """Return the application that somebody signed in goes to; None: to their list.

    Who wants to begin and has nothing but drafts gets a draft; otherwise the only application is
    theirs to go on with. The code is spent by now, so signing in does not fail because of what
    comes after it: the list says the rest.
    """
    before = mine(ports, session)
    if beginning is not None and all(one.stage is Stage.DRAFT for one in before):
        try:
            return begin(ports, session, beginning)
        except (Refused, Conflict, Unavailable):
            pass
    return before[0] if len(before) == 1 else None


def _line(ports: Ports, application: Application) -> MyLine:
    view = Standing(ports, application)
    organization = application.form.organization
    chosen = application.submitted or bool(application.form.tracks)
    return MyLine(
        reference=application.reference,
        state=view.state,
        organization=organization.name if organization else "",
        track_name=view.track.name if chosen else "",
        until=_until(view),
    )


def _until(view: Standing) -> Instant | None:
    application, program = view.application, view.program
    if view.state is State.DRAFT:
        wanted = application.form.tracks or tuple(track.key for track in program.tracks)
        closes = [
            close_for(program, track, application)
            for track in enterable_tracks(program, view.now, application)
            if track.key in wanted
        ]
        return min(closes, default=last_close(program, application))
    if view.state is State.OFFERED and application.offer is not None:
        return application.offer.answer_by
    until = view.missing_until()
    return until.at if until else None
