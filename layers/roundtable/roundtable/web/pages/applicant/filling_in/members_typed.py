"""The rows of a team as they were typed."""

import re
from collections.abc import Sequence

from pydantic import ValidationError

from roundtable.domain.application import Form, Member
from roundtable.domain.requirements import FieldProblem
from roundtable.web.pages.applicant.filling_in.form_texts import Texts
from roundtable.web.pages.applicant.filling_in.problem_words import refused_words

COLUMNS = ("name", "role", "email", "lens")
MOST_ROWS = 50
"""As many people as a form holds."""
_CELL = re.compile(r"/team/(\d{1,3})/(name|role|email|lens)")
_NEEDED = frozenset({"name", "role"})

Row = dict[str, str]


def rows_of(texts: Texts, count: int = 0) -> list[Row]:
    """Return the rows by their number, blank ones where nothing was typed; at least `count`."""
    cells: dict[int, Row] = {}
    for name, values in texts.items():
        match = _CELL.fullmatch(name)
        if match and values:
            cells.setdefault(int(match[1]), {})[match[2]] = values[0]
    last = max((number for number in cells if number < MOST_ROWS), default=-1)
    return [cells.get(number, {}) for number in range(min(max(last + 1, count), MOST_ROWS))]


def texts_of_rows(rows: Sequence[Row]) -> Texts:
    """Return rows as the texts of their fields."""
    return {
        f"/team/{number}/{column}": (text,)
        for number, row in enumerate(rows)
        for column, text in row.items()
    }


def team_typed(form: Form, texts: Texts) -> tuple[tuple[Member, ...] | None, list[FieldProblem]]:
    """Return the people to save, and what cannot be saved.

    Blank rows are nobody. A row without a name or a role cannot be kept; where saving the others
    would lose somebody who is saved already, nobody is saved (None) until the row is complete.
    """
    members: list[Member] = []
    problems: list[FieldProblem] = []
    incomplete = False
    for number, row in enumerate(rows_of(texts)):
        if not row:
            continue
        try:
            members.append(Member.model_validate(row))
        except ValidationError as error:
            found = refused_words(f"/team/{number}", error)
            problems += found
            broken = {problem.path.rpartition("/")[2] for problem in found}
            if broken & _NEEDED:
                incomplete = True
            else:
                members.append(_without(row, broken, form))
    if incomplete and len(members) < len(form.team):
        return None, problems
    return tuple(members), problems


def _without(row: Row, broken: set[str], form: Form) -> Member:
    """Return a member without what cannot be kept; what was saved of the same person stays."""
    right = Member.model_validate({key: text for key, text in row.items() if key not in broken})
    saved = next(
        (one for one in form.team if (one.name, one.role) == (right.name, right.role)), None
    )
    return right.with_(**{key: getattr(saved, key) for key in broken}) if saved else right
