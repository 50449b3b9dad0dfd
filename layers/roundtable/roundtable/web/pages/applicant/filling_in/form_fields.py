"""The fields of each page of a form, made of the program's file and filled with texts."""

from collections.abc import Iterable, Iterator

from roundtable.domain.model import Record
from roundtable.domain.program import AttestationRequirement, Program, Question
from roundtable.domain.program import Option as Choice
from roundtable.usecases.applying.form_pages import FormPage, questions_on, requirements_of
from roundtable.usecases.applying.offering import Intake, offered
from roundtable.usecases.following.standing import Standing
from roundtable.web.pages import program_words
from roundtable.web.pages.applicant.entering.entering import eligibility_fields
from roundtable.web.pages.applicant.filling_in.form_texts import Texts
from roundtable.web.pages.applicant.filling_in.members_typed import COLUMNS, rows_of
from roundtable.web.pages.dates import deadline
from roundtable.web.pages.fields import Field, Option
from roundtable.web.pages.texts import gettext as _

_FEW_WORDS = 100
"""Up to here an answer gets a small field."""
_SMALL, _LARGE = 3, 8


class FieldGroup(Record):
    """Fields that belong together, such as one person's."""

    title: str = ""
    fields: tuple[Field, ...]


def field_groups(
    view: Standing, page: FormPage, texts: Texts, *, owner: str = "", rows: int = 0
) -> tuple[FieldGroup, ...]:
    """Return a page's fields with these texts; of a team, at least `rows` rows.

    `owner` is offered as the contact's address where none was given.
    """
    program = view.program
    match page.kind:
        case "tracks":
            groups = [FieldGroup(fields=(_tracks(view),))]
        case "eligibility":
            groups = [FieldGroup(fields=eligibility_fields(program, {}))]
        case "contact":
            groups = [*_contacts(owner)]
        case "organization":
            groups = [FieldGroup(fields=tuple(_organization(program)))]
        case "team":
            count = len(rows_of(texts, rows))
            groups = [_member(number) for number in range(count)]
        case "answers":
            asked = questions_on(program, page)
            groups = [FieldGroup(fields=tuple(_answer(it, program.language) for it in asked))]
        case "commitments":
            groups = [FieldGroup(fields=(_statements(view, page.key),))]
    return tuple(
        group.model_copy(update={"fields": tuple(_filled(group.fields, texts))}) for group in groups
    )


def fields_of_groups(groups: Iterable[FieldGroup]) -> tuple[Field, ...]:
    """Return all fields of a page in their order."""
    return tuple(field for group in groups for field in group.fields)


def said(field: Field) -> tuple[str, ...]:
    """Return what a field says to a person: the labels of what was chosen, or the text."""
    if field.options:
        return tuple(option.label for option in field.options if option.value in field.values)
    return field.values


def one_line(text: str) -> str:
    """Return a text with single spaces, as it stands for itself in a field's value."""
    return " ".join(text.split())


def _filled(fields: Iterable[Field], texts: Texts) -> Iterator[Field]:
    for field in fields:
        given = texts.get(field.name, field.values)
        if field.kind == "some":
            given = tuple(one_line(text) for text in given)
        yield field.model_copy(update={"values": given})


def _tracks(view: Standing) -> Field:
    """Return the choice of tracks; a closed one stays only where it was chosen before."""
    program = view.program
    chosen = view.application.form.tracks
    options: list[Option] = []
    for track in offered(program, view.now).tracks:
        until = str(deadline(track.closes, program.zone).striptags())
        closed = track.intake is Intake.CLOSED
        hint = (
            _("This closed on %(when)s.") % {"when": until}
            if closed
            else _("Apply by %(when)s. %(left)s.")
            % {"when": until, "left": program_words.time_left(track.days_left)}
        )
        options.append(
            Option(
                value=track.key,
                label=track.name,
                hint=hint,
                disabled=closed and track.key not in chosen and view.application.extension is None,
            )
        )
    several = len(options) > 1
    return Field(
        name="/tracks",
        label=_("What would you like to apply for?"),
        kind="some",
        hint=_("You can choose more than one. You are considered for them in this order.")
        if several
        else "",
        options=tuple(options),
    )


def _contacts(owner: str) -> Iterator[FieldGroup]:
    for name, title in (
        ("contact", _("First contact")),
        ("second_contact", _("Second contact")),
    ):
        first = name == "contact"
        email = Field(
            name=f"/{name}/email",
            label=_("E-mail address"),
            kind="email",
            hint=_("We write to this address about your application.")
            if first
            else _("Somebody else whom we can write to if the first address does not work."),
            values=(owner,) if first and owner else (),
            autocomplete="email" if first else "off",
            optional=not first,
        )
        person = Field(
            name=f"/{name}/name",
            label=_("Name"),
            autocomplete="name" if first else "off",
            optional=not first,
        )
        yield FieldGroup(title=title, fields=(person, email))


def _organization(program: Program) -> Iterator[Field]:
    yield Field(
        name="/organization/name", label=_("Name of your organization"), autocomplete="organization"
    )
    if program.organization_types:
        yield Field(
            name="/organization/type",
            label=_("Type of organization"),
            kind="list",
            options=_options(program.organization_types),
        )
    yield Field(name="/organization/city", label=_("City"), optional=True, width="20")
    if program.regions:
        yield Field(
            name="/organization/region",
            label=_("Region"),
            kind="list",
            options=_options(program.regions),
        )
    if program.organization_sizes:
        yield Field(
            name="/organization/size",
            label=_("Size"),
            kind="list",
            options=_options(program.organization_sizes),
        )
    yield Field(
        name="/organization/population",
        label=_("Populations you serve, in your own words"),
        kind="long",
        rows=_SMALL,
        max_length=500,
        optional=True,
    )
    yield Field(
        name="/organization/website",
        label=_("Website"),
        hint=_("Such as www.example.org"),
        autocomplete="url",
        optional=True,
    )


def _member(number: int) -> FieldGroup:
    labels = {
        "name": (_("Name"), False),
        "role": (_("Role"), False),
        "email": (_("E-mail address"), True),
        "lens": (_("Lens"), True),
    }
    fields = (
        Field(
            name=f"/team/{number}/{column}",
            label=labels[column][0],
            kind="email" if column == "email" else "text",
            optional=labels[column][1],
            autocomplete="off",
        )
        for column in COLUMNS
    )
    return FieldGroup(title=_("Team member %(num)s") % {"num": number + 1}, fields=tuple(fields))


def _answer(question: Question, spoken: str) -> Field:
    hints = [question.help] if question.help else []
    if question.restricted:
        hints.append(
            _("Seen only by those who prepare the program. It has no part in the decision.")
        )
    several_lines = question.kind == "paragraph" or question.max_words is not None
    most = question.max_words or 0
    yes_no = (Option(value="yes", label=_("Yes")), Option(value="no", label=_("No")))
    match question.kind:
        case "choice":
            kind = "one"
        case "choices":
            kind = "some"
        case "yes_no":
            kind = "one"
        case _:
            kind = "long" if several_lines else "text"
    return Field(
        name=f"/answers/{question.key}",
        label=question.label,
        kind=kind,
        hint=" ".join(hints),
        options=yes_no if question.kind == "yes_no" else _options(question.options),
        max_words=question.max_words,
        rows=_SMALL if question.kind == "text" or 0 < most <= _FEW_WORDS else _LARGE,
        optional=not question.required,
        language="" if question.kind == "yes_no" else spoken,
        hint_language="" if question.restricted else spoken,
    )


def _statements(view: Standing, key: str) -> Field:
    requirement = next(
        item
        for item in requirements_of(view.program, view.application)
        if isinstance(item, AttestationRequirement) and item.key == key
    )
    return Field(
        name=f"/attestations/{key}",
        label=_("Tick each statement that your team affirms"),
        kind="some",
        hint=requirement.help,
        options=tuple(
            Option(value=one_line(text), label=one_line(text))
            for text in view.program.statements_of(requirement)
        ),
        language=view.program.language,
        hint_language=view.program.language,
    )


def _options(choices: Iterable[Choice]) -> tuple[Option, ...]:
    return tuple(Option(value=choice.value, label=choice.label) for choice in choices)
