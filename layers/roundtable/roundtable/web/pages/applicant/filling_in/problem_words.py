"""What is wrong with a form, in words of the language spoken now."""

from collections.abc import Mapping
from typing import cast

from pydantic import ValidationError

from roundtable.domain.application import Form
from roundtable.domain.program import Program
from roundtable.domain.requirements import FieldProblem
from roundtable.web.pages.texts import gettext as _
from roundtable.web.pages.texts import ngettext


def in_words(program: Program, form: Form, problem: FieldProblem) -> FieldProblem:
    """Return what is wrong with something given, in the language spoken now.

    Where the program has words of its own, such as for who is not eligible, they are kept.
    """
    kind, _sep, key = problem.path.strip("/").partition("/")
    words = ""
    if kind == "organization":
        words = _organization(key)
    elif kind == "answers":
        words = _answer(program, form, key)
    return FieldProblem(path=problem.path, reason=words or problem.reason)


def refused_words(start: str, error: ValidationError) -> list[FieldProblem]:
    """Return what a part of the form cannot hold, one problem for each field below `start`."""
    found: dict[str, FieldProblem] = {}
    for detail in error.errors(include_url=False, include_context=True, include_input=False):
        name = str(detail["loc"][0])
        context = cast("Mapping[str, object]", detail.get("ctx") or {})
        words = _refused(name, detail["type"], context)
        found.setdefault(name, FieldProblem(path=f"{start}/{name}", reason=words))
    return list(found.values())


def _refused(name: str, kind: str, context: Mapping[str, object]) -> str:
    if kind == "string_too_long":
        return _("Use at most %(num)s characters") % {"num": context["max_length"]}
    match name:
        case "email" if kind == "missing":
            return _("Enter an e-mail address")
        case "email":
            return _("Enter an e-mail address that is whole, such as name@example.org")
        case "name":
            return _("Enter a name")
        case "role":
            return _("Enter a role")
        case _:
            return _("This cannot be saved as it is written")


def _organization(key: str) -> str:
    words = {
        "type": _("Choose the type of your organization"),
        "size": _("Choose the size of your organization"),
        "region": _("Choose the region of your organization"),
    }
    return words.get(key, "")


def _answer(program: Program, form: Form, key: str) -> str:
    questions = (item for section in program.sections for item in section.questions)
    question = next((item for item in questions if item.key == key), None)
    given = form.answers.get(key)
    if question is None:
        return ""
    if not isinstance(given, str) or question.max_words is None:
        return _("Choose one of the answers that are offered")
    words = len(given.split())
    said = ngettext(
        "Use at most %(most)s words; you have %(num)s word",
        "Use at most %(most)s words; you have %(num)s words",
        words,
    )
    return said % {"most": question.max_words, "num": words}
