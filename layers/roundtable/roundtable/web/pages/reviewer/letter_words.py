"""What was found in a letter, in words of the language spoken now, and where it stands."""

from collections.abc import Iterator

from roundtable.domain.evidence import (
    Box,
    DigitalSignature,
    LetterEvidence,
    RoleFound,
    SignatureKind,
)
from roundtable.domain.model import Record
from roundtable.domain.program import Role
from roundtable.web.pages.dates import day_in_words
from roundtable.web.pages.texts import gettext as _

_MARGIN = 0.012
"""Around what is marked, in shares of the page, so that the line does not touch the letters."""


class Found(Record):
    """One thing found in a letter."""

    text: str
    quote: str = ""
    """As it stands in the letter."""
    page: int = 0
    """0 where it stands at no certain place."""
    box: Box | None = None
    number: int = 0
    """With which it is marked in the image of its page; 0 where it is not."""
    remark: str = ""
    """What the tools say to who looks at the letter, in English."""


def found_in(evidence: LetterEvidence, *, images: int) -> tuple[Found, ...]:
    """Return what was found in a letter; numbered in order what the page images show marked."""
    numbered: list[Found] = []
    for item in _all(evidence):
        marked = item.box is not None and 1 <= item.page <= images
        number = sum(bool(other.number) for other in numbered) + 1 if marked else 0
        numbered.append(item.with_(number=number, box=_around(item.box) if marked else None))
    return tuple(numbered)


def _all(evidence: LetterEvidence) -> Iterator[Found]:
    for role in evidence.roles:
        yield _role(role)
    for signature in evidence.digital:
        yield Found(text=_digital(signature))
    if evidence.organization == "matched":
        yield Found(text=_("It names the organization."), quote=evidence.organization_line)
    elif evidence.organization == "not_found":
        yield Found(text=_("The name of the organization was not found."))
    if evidence.program == "matched":
        yield Found(text=_("It names the program."), quote=evidence.program_line)
    elif evidence.program == "not_found":
        yield Found(text=_("The name of the program was not found."))
    if evidence.dated is not None:
        dated = _("It is dated %(day)s.") % {"day": day_in_words(evidence.dated)}
        yield Found(text=dated)
    for page in evidence.unread:
        unread = _("On page %(page)s something could not be read. Please look at it yourself.")
        yield Found(text=unread % {"page": page})
    for remark in (evidence.problem, evidence.unsure, *evidence.remarks):
        if remark:
            yield Found(text="", remark=remark)


def _role(found: RoleFound) -> Found:
    names = {
        Role.CEO: _("CEO"),
        Role.BOARD_CHAIR: _("Board Chair"),
        Role.EXECUTIVE_DIRECTOR: _("Executive Director"),
    }
    who = names[found.role]
    if found.name:
        who = _("%(role)s: %(name)s") % {"role": who, "name": found.name}
    signed = _("%(who)s. %(signed)s") % {"who": who, "signed": _signed(found)}
    doubt = "" if found.certain else _("The title may mean something else.")
    return Found(
        text=f"{signed} {doubt}".strip(),
        quote=found.line,
        page=found.place.page if found.place else 0,
        box=found.place.box if found.place else None,
    )


def _signed(found: RoleFound) -> str:
    if found.signature is None:
        return _("Nobody signed there.") if found.unsigned else _("No signature was recognized.")
    return {
        SignatureKind.DIGITAL: _("Signed digitally, and the signature is valid."),
        SignatureKind.DETECTED: _("A signature by hand was recognized."),
        SignatureKind.TYPED: _("The signature is typed."),
        SignatureKind.UNVERIFIED: _("There is a digital signature that could not be verified."),
        SignatureKind.INK: _(
            "Something is drawn where one signs. Please see whether it is a signature."
        ),
    }[found.signature]


def _digital(signature: DigitalSignature) -> str:
    who = signature.signer or _("somebody without a name")
    said = {
        "valid": _("Digital signature of %(who)s: valid."),
        "altered": _("Digital signature of %(who)s: the file was changed after it."),
        "broken": _("Digital signature of %(who)s: it does not fit the file."),
        "unverified": _("Digital signature of %(who)s: it could not be verified."),
    }
    return said[signature.state] % {"who": who}


def _around(box: Box | None) -> Box | None:
    if box is None:
        return None
    return Box(
        left=max(box.left - _MARGIN, 0),
        top=max(box.top - _MARGIN, 0),
        right=min(max(box.right, box.left) + _MARGIN, 1),
        bottom=min(max(box.bottom, box.top) + _MARGIN, 1),
    )
