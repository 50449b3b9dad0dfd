"""Keys for existing web forms, each told once."""

from collections.abc import Sequence

from aws_lambda_powertools.event_handler import Response

from roundtable.domain.requirements import FieldProblem
from roundtable.usecases.staff.form_keys import FormKey
from roundtable.web.pages.fields import Field, summary, with_errors
from roundtable.web.pages.members import members_page
from roundtable.web.pages.posted import Posted
from roundtable.web.pages.staff.frame import AtProgram
from roundtable.web.pages.staff.round_page import ROUND
from roundtable.web.pages.texts import gettext as _

FORM_KEYS = f"{ROUND}/form-keys"
LABEL = "/label"
_LONGEST = 200


def label_problems(form: Posted) -> tuple[FieldProblem, ...]:
    """Return what is wrong with the name under which a key is kept."""
    label = form.one(LABEL)
    if not label:
        return (FieldProblem(path=LABEL, reason=_("Say for which form the key is.")),)
    if len(label) > _LONGEST:
        said = _("Say it in %(most)s characters or fewer.") % {"most": _LONGEST}
        return (FieldProblem(path=LABEL, reason=said),)
    return ()


def form_key_page(
    at: AtProgram, label: str = "", problems: Sequence[FieldProblem] = ()
) -> Response[str]:
    """Return the form by which a key is made."""
    field = Field(
        name=LABEL,
        label=_("Which form is it for?"),
        hint=_("For example: the form of our website."),
        values=(label,) if label else (),
    )
    (shown,) = with_errors([field], problems)
    return members_page(
        at.present,
        "staff/form_key.html",
        at.layout(
            _("A key for a web form"),
            FORM_KEYS,
            back=at.path(ROUND),
            errors=summary([shown], problems),
        ),
        status=422 if problems else 200,
        field=shown,
        action=at.path(FORM_KEYS),
        made=None,
    )


def made_page(at: AtProgram, made: FormKey) -> Response[str]:
    """Return a new key. It is not kept, so this page alone tells it."""
    return members_page(
        at.present,
        "staff/form_key.html",
        at.layout(_("The new key"), FORM_KEYS, back=at.path(ROUND)),
        made=made,
    )
