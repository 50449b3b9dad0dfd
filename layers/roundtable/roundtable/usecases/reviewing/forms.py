"""What an application says, for those who read it: never more than they may see."""

from roundtable.domain.application import Answer, Application, Contact, Member, Organization
from roundtable.domain.model import Key, Record
from roundtable.domain.program import Program, Question
from roundtable.ports import Ports
from roundtable.usecases.step import program_of


class ReadAnswer(Record):
    """One answered question; choices are told by their labels."""

    question: Key
    label: str
    answer: Answer


class ReadMember(Record):
    """One person of the team, as a reviewer sees them: no address."""

    name: str
    role: str
    lens: str = ""


class ReadForm(Record):
    """A form without its restricted answers, in the form's order."""

    organization: Organization | None
    team: tuple[ReadMember, ...]
    eligibility: dict[Key, str]
    answers: tuple[ReadAnswer, ...]
    attestations: dict[Key, tuple[str, ...]]


class People(Record):
    """Addresses of an application, for staff who must reach it."""

    owner: str
    contact: Contact | None
    second_contact: Contact | None
    team: tuple[Member, ...]


def read_form(ports: Ports, application: Application) -> ReadForm:
    """Return the form without restricted answers and without addresses.

    Names stay: who reviews must be able to notice a conflict of interest.
    """
    form = application.form
    return ReadForm(
        organization=form.organization,
        team=tuple(
            ReadMember(name=member.name, role=member.role, lens=member.lens) for member in form.team
        ),
        eligibility=form.eligibility,
        answers=_answers(ports, application, restricted=False),
        attestations=form.attestations,
    )


def read_identity(ports: Ports, application: Application) -> tuple[ReadAnswer, ...]:
    """Return the restricted answers alone; the caller has checked who asks."""
    return _answers(ports, application, restricted=True)


def read_people(application: Application) -> People:
    """Return who is behind an application and how to reach them."""
    form = application.form
    return People(
        owner=application.owner,
        contact=form.contact,
        second_contact=form.second_contact,
        team=form.team,
    )


def _answers(ports: Ports, application: Application, *, restricted: bool) -> tuple[ReadAnswer, ...]:
    """Return the answers to known questions that are, or are not, restricted.

    A question is restricted if it was when it was answered or is by now. An answer to a
    question that no version knows is shown to nobody.
    """
    _, newest = ports.rounds.newest(application.program)
    hidden = _restricted(newest) | _restricted(program := program_of(ports, application))
    return tuple(
        ReadAnswer(question=question.key, label=question.label, answer=_said(question, given))
        for section in program.sections
        for question in section.questions
        if (given := application.form.answers.get(question.key)) is not None
        and (question.key in hidden) is restricted
    )


def _restricted(program: Program) -> frozenset[str]:
    return frozenset(
        question.key
        for section in program.sections
        for question in section.questions
        if question.restricted
    )


def _said(question: Question, given: Answer) -> Answer:
    labels: dict[str, str] = {option.value: option.label for option in question.options}
    if isinstance(given, bool):
        return given
    if isinstance(given, str):
        return labels.get(given, given)
    return tuple(labels.get(item, item) for item in given)
