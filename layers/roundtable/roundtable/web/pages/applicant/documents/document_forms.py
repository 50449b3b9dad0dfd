"""The forms of documents: what they ask, and what was sent with them."""

import re
from typing import TypedDict

from roundtable.domain.program import VideoRequirement
from roundtable.domain.requirements import FieldProblem
from roundtable.usecases.errors import Invalid
from roundtable.usecases.following.documents import RequirementShown
from roundtable.web.pages.applicant.documents.document_words import clock, named
from roundtable.web.pages.fields import Field, Option
from roundtable.web.pages.posted import Posted
from roundtable.web.pages.texts import gettext as _

REPLACES, ADDRESS, LENGTH = "/replaces", "/url", "/length"
IN_ADDITION = "more"
NOTHING = Posted(fields={})

_LENGTH = re.compile(r"(\d{1,3})(?:\D{1,10}(\d{1,2}))?\D{0,10}")
_NUMBER = re.compile(r"[0-9]{1,13}")
_LONGEST_NAME = 200
_LONGEST_ADDRESS = 2_000
_MINUTE = 60


class AnnouncedFile(TypedDict):
    """What a script says of a file that was chosen; size in bytes."""

    file_name: str
    content_type: str
    size: int


class LinkGiven(TypedDict):
    """The address of a video, and how long it is said to be."""

    url: str
    stated_seconds: int | None


def announced(form: Posted) -> AnnouncedFile:
    """Return what was said of a file; a long name keeps its end, which tells its kind."""
    return {
        "file_name": form.one("/file_name")[-_LONGEST_NAME:].strip() or _("Unnamed file"),
        "content_type": form.one("/content_type"),
        "size": number(form.one("/size")) or 0,
    }


def given_link(form: Posted) -> LinkGiven:
    """Return the address and the length that were typed, such as 9:30 or 9.

    Raises Invalid for a length that is none.
    """
    # One character more than is taken: the use case says that it is too long.
    url, given = form.one(ADDRESS)[: _LONGEST_ADDRESS + 1], form.one(LENGTH)
    if not given:
        return {"url": url, "stated_seconds": None}
    found = _LENGTH.fullmatch(given)
    if found is None or int(found[2] or 0) >= _MINUTE:
        reason = _("Write the length as minutes and seconds, such as 9:30.")
        raise Invalid("invalid-length", reason, [FieldProblem(path=LENGTH, reason=reason)])
    return {"url": url, "stated_seconds": int(found[1]) * _MINUTE + int(found[2] or 0)}


def replaced(form: Posted) -> int | None:
    """Return the number of the document that a file takes the place of; None for none."""
    return number(form.one(REPLACES))


def number(text: str) -> int | None:
    """Return a number that was sent, None for anything else."""
    return int(text) if _NUMBER.fullmatch(text) else None


def only_place(shown: RequirementShown) -> int | None:
    """Return the one document that a new one can only take the place of."""
    if shown.at_fault is not None:
        return shown.at_fault
    return shown.present[0].document.number if shown.most == 1 and shown.present else None


def place_field(shown: RequirementShown, form: Posted) -> Field | None:
    """Return the question what a file is for, where there is more than one answer."""
    if not shown.present or only_place(shown) is not None:
        return None
    instead = tuple(
        Option(
            value=str(item.document.number),
            label=_("It takes the place of “%(name)s”") % {"name": named(item.document)},
        )
        for item in shown.present
    )
    more = (Option(value=IN_ADDITION, label=_("It is a further one")),) if shown.places else ()
    options = (*more, *instead)
    return Field(
        name=REPLACES,
        label=_("What is the new file for?"),
        kind="one",
        options=options,
        values=(form.one(REPLACES) or options[0].value,),
    )


def link_fields(shown: RequirementShown, form: Posted) -> tuple[Field, ...]:
    """Return the fields for a video's address and length; none for a letter."""
    if not isinstance(shown.requirement, VideoRequirement):
        return ()
    address, length = form.one(ADDRESS), form.one(LENGTH)
    present = next((it.document for it in shown.present if it.document.source == "link"), None)
    if present is not None and form == NOTHING:
        address = present.file_name
        seconds = present.stated_seconds
        length = "" if seconds is None else clock(seconds)
    return (
        Field(
            name=ADDRESS,
            label=_("Link to your video"),
            kind="url",
            hint=_("Copy the link that “Share” gives you. Everybody with the link can watch it."),
            values=(address,) if address else (),
            autocomplete="off",
        ),
        Field(
            name=LENGTH,
            label=_("How long is it?"),
            hint=_(
                "In minutes and seconds, such as 9:30. It counts where the host of your video "
                "does not tell us."
            ),
            values=(length,) if length else (),
            width="5",
            optional=True,
        ),
    )
