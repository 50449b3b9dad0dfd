"""The forms about a reviewer: who is invited, and what changes about an entry."""

from collections.abc import Sequence

from pydantic import ValidationError

from roundtable.domain.program import Program
from roundtable.domain.requirements import FieldProblem
from roundtable.domain.reviews import Reviewer
from roundtable.usecases.errors import Invalid
from roundtable.usecases.staff.overview import ProgramRow
from roundtable.usecases.staff.reviewers import NewReviewer, ReviewerPatch
from roundtable.web.pages.fields import Field, Option
from roundtable.web.pages.posted import Posted
from roundtable.web.pages.texts import gettext as _

NAME, EMAIL, ORGANIZATION = "/name", "/email", "/organization"
PROGRAMS, TRACKS, LEAD, ACTIVE, CONFLICTS = (
    "/programs", "/tracks", "/lead", "/active", "/conflicts",
)  # fmt: skip
YES, NO = "yes", "no"

Answers = dict[str, tuple[str, ...]]
"""What was typed or chosen, by field."""


def answers_in(form: Posted) -> Answers:
    """Return what a form says."""
    names = (NAME, EMAIL, ORGANIZATION, PROGRAMS, TRACKS, LEAD, ACTIVE, CONFLICTS)
    return {name: form.all(name) for name in names if form.all(name)}


def answers_of(reviewer: Reviewer) -> Answers:
    """Return an entry as the form has it."""
    return {
        NAME: (reviewer.name,),
        ORGANIZATION: (reviewer.organization,),
        PROGRAMS: reviewer.programs,
        TRACKS: reviewer.tracks,
        LEAD: (YES if reviewer.lead else NO,),
        ACTIVE: (YES if reviewer.active else NO,),
        CONFLICTS: ("\n".join(reviewer.conflicts),),
    }


def fields_of(
    program: Program, programs: Sequence[ProgramRow], answers: Answers, *, known: bool
) -> tuple[Field, ...]:
    """Return the form; `known` for an entry that is there already."""
    first = () if known else (_address(answers),)
    last = (_active(answers),) if known else ()
    return (
        _field(NAME, _("Name"), answers, autocomplete="off"),
        *first,
        _field(
            ORGANIZATION,
            _("Organization"),
            answers,
            hint=_("Nobody reviews the application of their own organization."),
            optional=True,
        ),
        *_places(program, programs, answers),
        _field(
            LEAD,
            _("Lead reviewer"),
            answers,
            kind="one",
            hint=_("A lead is asked where reviewers differ."),
            options=_yes_or_no(),
        ),
        _field(
            CONFLICTS,
            _("Conflicts of interest"),
            answers,
            kind="long",
            hint=_("Organizations that this person does not review, one in each line."),
            rows=3,
            optional=True,
        ),
        *last,
    )


def new_reviewer(form: Posted) -> NewReviewer:
    """Return who shall be invited; raises Invalid with each problem at its field."""
    given = {**_shared(form), "email": form.one(EMAIL)}
    problems: list[FieldProblem] = []
    if not form.one(NAME):
        problems.append(FieldProblem(path=NAME, reason=_("Enter a name.")))
    if not form.one(EMAIL):
        problems.append(FieldProblem(path=EMAIL, reason=_("Enter an e-mail address.")))
    if problems:
        raise _invalid(problems)
    try:
        return NewReviewer.model_validate(given)
    except ValidationError as refusal:
        raise _invalid(_problems(refusal)) from None


def patch_of(form: Posted) -> ReviewerPatch:
    """Return what an entry becomes; raises Invalid with each problem at its field."""
    if not form.one(NAME):
        raise _invalid([FieldProblem(path=NAME, reason=_("Enter a name."))])
    try:
        return ReviewerPatch.model_validate(
            {**_shared(form), "active": form.one(ACTIVE) != NO},
        )
    except ValidationError as refusal:
        raise _invalid(_problems(refusal)) from None


def _shared(form: Posted) -> dict[str, object]:
    lines = form.one(CONFLICTS).splitlines()
    return {
        "name": form.one(NAME),
        "organization": form.one(ORGANIZATION),
        "programs": form.all(PROGRAMS),
        "tracks": form.all(TRACKS),
        "lead": form.one(LEAD) == YES,
        "conflicts": tuple(dict.fromkeys(line.strip() for line in lines if line.strip())),
    }


def _places(
    program: Program, programs: Sequence[ProgramRow], answers: Answers
) -> tuple[Field, ...]:
    """Return for what somebody reviews; tracks of other programs stay in the entry."""
    here = {track.key: track.name for track in program.tracks}
    elsewhere = [key for key in answers.get(TRACKS, ()) if key not in here]
    tracks = [*here.items(), *((key, key) for key in elsewhere)]
    several = len(programs) > 1
    of_programs = _field(
        PROGRAMS,
        _("Programs"),
        answers,
        kind="some",
        hint=_("None chosen: all of them."),
        options=tuple(Option(value=item.program, label=item.name) for item in programs),
    )
    of_tracks = _field(
        TRACKS,
        _("Tracks"),
        answers,
        kind="some",
        hint=_("None chosen: all of them."),
        options=tuple(Option(value=key, label=name) for key, name in tracks),
    )
    return (of_programs, of_tracks) if several or answers.get(PROGRAMS) else (of_tracks,)


def _address(answers: Answers) -> Field:
    return _field(
        EMAIL,
        _("E-mail address"),
        answers,
        kind="email",
        hint=_("The invitation to sign in goes there."),
        autocomplete="off",
    )


def _active(answers: Answers) -> Field:
    return _field(
        ACTIVE,
        _("Takes part"),
        answers,
        kind="one",
        hint=_("Whoever no longer takes part is asked no more; open reviews go to others."),
        options=_yes_or_no(),
    )


def _yes_or_no() -> tuple[Option, ...]:
    return (Option(value=YES, label=_("Yes")), Option(value=NO, label=_("No")))


def _field(name: str, label: str, answers: Answers, **more: object) -> Field:
    values = answers.get(name, (NO,) if name == LEAD else ())
    return Field.model_validate({"name": name, "label": label, "values": values, **more})


def _problems(refusal: ValidationError) -> list[FieldProblem]:
    found = {f"/{error['loc'][0]}" for error in refusal.errors() if error["loc"]}
    words = {
        EMAIL: _("Enter an e-mail address, such as name@example.org."),
        NAME: _("Enter a name of at most 200 characters."),
        ORGANIZATION: _("Enter at most 200 characters."),
        CONFLICTS: _("Enter at most 200 organizations, each of at most 200 characters."),
    }
    return [
        FieldProblem(path=path, reason=words.get(path, _("Choose what the list offers.")))
        for path in sorted(found)
    ]


def _invalid(problems: Sequence[FieldProblem]) -> Invalid:
    return Invalid("invalid-reviewer", "This entry cannot be kept.", problems)
