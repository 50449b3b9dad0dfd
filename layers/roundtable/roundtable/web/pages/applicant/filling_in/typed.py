"""What somebody typed into a page, as values that the form can hold.

What it cannot hold is told with its field and stays on the page; all else is saved.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pydantic import ValidationError

from roundtable.domain.application import Contact, Form, Organization
from roundtable.domain.program import Option, Program, Question
from roundtable.domain.requirements import FieldProblem
from roundtable.usecases.applying.form_pages import FormPage, questions_on
from roundtable.usecases.applying.parts import Place
from roundtable.web.pages.applicant.filling_in.form_texts import Texts
from roundtable.web.pages.applicant.filling_in.members_typed import team_typed
from roundtable.web.pages.applicant.filling_in.problem_words import refused_words
from roundtable.web.pages.texts import gettext as _

MOST_CHARACTERS = 20_000
"""Of one answer; many times what a question asks for."""


@dataclass
class Typed:
    """Values to save, and what cannot be saved as it was typed."""

    values: dict[Place, object] = field(default_factory=dict[Place, object])
    """None where a value was taken away; places that cannot be saved are left out."""
    problems: list[FieldProblem] = field(default_factory=list[FieldProblem])


def typed(page: FormPage, program: Program, form: Form, texts: Texts, owner: str) -> Typed:
    """Return what a page's texts say; `form` is what was saved, `owner` who is signed in."""
    found = Typed()
    match page.kind:
        case "tracks":
            chosen = texts.get("/tracks", ())
            keys = (track.key for track in program.tracks)
            found.values["tracks",] = tuple(key for key in keys if key in chosen)
        case "eligibility":
            for rule in program.eligibility:
                given = _one(texts, f"/eligibility/{rule.key}")
                found.values["eligibility", rule.key] = (
                    given if _known(rule.options, given) else None
                )
        case "contact":
            _contact(found, "contact", texts, prefilled=owner)
            _contact(found, "second_contact", texts)
        case "organization":
            _organization(found, program, form, texts)
        case "team":
            members, found.problems = team_typed(form, texts)
            if members is not None:
                found.values["team",] = members
        case "answers":
            for question in questions_on(program, page):
                _answer(found, question, texts)
        case "commitments":
            found.values["attestations", page.key] = _affirmed(program, page.key, texts)
    return found


def _one(texts: Texts, name: str) -> str:
    return next(iter(texts.get(name, ())), "")


def _known(options: tuple[Option, ...], value: str) -> bool:
    return any(option.value == value for option in options)


def _below(texts: Texts, name: str) -> dict[str, str]:
    """Return the fields of one object by their own names."""
    start = f"/{name}/"
    return {key.removeprefix(start): _one(texts, key) for key in texts if key.startswith(start)}


def _contact(found: Typed, name: str, texts: Texts, *, prefilled: str = "") -> None:
    """Take a contact as a whole: a name never gets the address of somebody else."""
    given = {key: text for key, text in _below(texts, name).items() if key in Contact.model_fields}
    if not given or given == {"email": prefilled}:
        found.values[name,] = None
        return
    try:
        found.values[name,] = Contact.model_validate(given)
    except ValidationError as error:
        found.problems += refused_words(f"/{name}", error)


def _organization(found: Typed, program: Program, form: Form, texts: Texts) -> None:
    """Take an organization; of a single field that cannot be saved, the saved value stays."""
    saved: dict[str, object] = dict(form.organization) if form.organization else {}
    lists = {
        "type": program.organization_types,
        "size": program.organization_sizes,
        "region": program.regions,
    }
    given: dict[str, object] = {
        key: text
        for key, text in _below(texts, "organization").items()
        if key in Organization.model_fields and (key not in lists or _known(lists[key], text))
    }
    kept = {key: saved[key] for key, options in lists.items() if not options and key in saved}
    if not given:
        found.values["organization",] = None
        return
    try:
        found.values["organization",] = Organization.model_validate({**kept, **given})
    except ValidationError as error:
        problems = refused_words("/organization", error)
        found.problems += problems
        broken = {problem.path.rpartition("/")[2] for problem in problems}
        mended = {**given, **{key: saved.get(key, "") for key in broken}}
        if mended.get("name"):
            found.values["organization",] = Organization.model_validate({**kept, **mended})


def _answer(found: Typed, question: Question, texts: Texts) -> None:
    name, place = f"/answers/{question.key}", ("answers", question.key)
    values = texts.get(name, ())
    text = _one(texts, name)
    match question.kind:
        case "choices":
            chosen = tuple(item.value for item in question.options if item.value in values)
            found.values[place] = chosen or None
        case "choice":
            found.values[place] = text if _known(question.options, text) else None
        case "yes_no":
            found.values[place] = _YES_NO.get(text)
        case _ if len(text) > MOST_CHARACTERS:
            reason = _("Use at most %(num)s characters") % {"num": f"{MOST_CHARACTERS:,}"}
            found.problems.append(FieldProblem(path=name, reason=reason))
        case _:
            found.values[place] = text or None


_YES_NO: Mapping[str, bool] = {"yes": True, "no": False}


def _affirmed(program: Program, key: str, texts: Texts) -> tuple[str, ...] | None:
    """Return the statements that were ticked, in the words of the program."""
    said = {" ".join(text.split()) for text in texts.get(f"/attestations/{key}", ())}
    for track in program.tracks:
        requirement = track.requirement(key)
        if requirement is not None and requirement.kind == "attestation":
            statements = program.statements_of(requirement)
            return tuple(text for text in statements if " ".join(text.split()) in said) or None
    return None
