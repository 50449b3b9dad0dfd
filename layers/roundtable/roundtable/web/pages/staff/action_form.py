"""What every form of staff about an application is made of."""

from roundtable.domain.model import Record
from roundtable.web.pages.fields import Field
from roundtable.web.pages.texts import gettext as _

REASON = "/reason"
LONGEST_REASON = 200


class ActionForm(Record):
    """One thing that can be done, before it is done."""

    consequences: tuple[str, ...]
    """What follows, in sentences."""
    fields: tuple[Field, ...]
    button: str
    is_final: bool = False
    """Whether it ends something for good."""


def reason_field() -> Field:
    """Return the field that each action asks for."""
    return Field(
        name=REASON,
        label=_("Why"),
        kind="long",
        rows=2,
        max_length=LONGEST_REASON,
        hint=_("A sentence for the audit. Name nobody of the team in it."),
    )
