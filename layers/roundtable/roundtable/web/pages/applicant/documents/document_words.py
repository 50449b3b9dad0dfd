"""What became of a document, in words of the language spoken now.

What a check found is said by the domain, in English; such texts are marked as `Said.english`.
"""

from roundtable.domain.documents import Document, ScanStatus
from roundtable.domain.evidence import LetterEvidence, RoleFound, Verdict, VideoEvidence
from roundtable.domain.model import Record
from roundtable.domain.program import LetterRequirement, VideoRequirement
from roundtable.usecases.following.documents import Progress, RequirementShown, Shown
from roundtable.web.pages import program_words
from roundtable.web.pages.texts import gettext as _
from roundtable.web.pages.texts import ngettext

_MINUTE = 60


class Said(Record):
    """A sentence; `english` where it comes from a check, whatever language is spoken."""

    text: str
    english: bool = False


class Tag(Record):
    """A word in colour."""

    text: str
    colour: str = ""


def named(document: Document) -> str:
    """Return a document's name for a sentence, which its signs of direction cannot turn around."""
    name = document.file_name
    return name if name.isascii() else f"\N{FIRST STRONG ISOLATE}{name}\N{POP DIRECTIONAL ISOLATE}"


def file_terms(requirement: LetterRequirement | VideoRequirement) -> str:
    """Return what a file may be, and how large."""
    if isinstance(requirement, LetterRequirement):
        return program_words.letter_file(requirement)
    return program_words.video_file(requirement)


def tag(shown: Shown) -> Tag:
    """Return in a word how a version stands."""
    tags = {
        Progress.STUCK: Tag(text=_("We look after it"), colour="yellow"),
        Progress.RETURNED: Tag(text=_("Returned"), colour="red"),
        Progress.UNUSABLE: Tag(text=_("Cannot be used"), colour="red"),
        Progress.DONE: Tag(text=_("Checked"), colour="grey"),
        Progress.REFUSED: Tag(text=_("Too late"), colour="grey"),
        Progress.REPLACED: Tag(text=_("Replaced"), colour="grey"),
        Progress.REMOVED: Tag(text=_("Removed"), colour="grey"),
    }
    return tags.get(shown.progress) or Tag(text=_("Being checked"))


def progress(shown: Shown) -> str:
    """Return what happens to a version now."""
    letter = shown.document.kind == "letter"
    words = {
        Progress.AWAITED: _("Nothing arrived here yet."),
        Progress.ARRIVING: _("Your file is here. We are taking note of it."),
        Progress.SEARCHED: _("Your file is here. We are checking it for viruses."),
        Progress.CHECKED: _("Your letter is here. We are reading it.")
        if letter
        else _("We have your video. We are looking at it."),
        Progress.STUCK: _(
            "We could not check this file for viruses. We are looking after that; there is "
            "nothing for you to do."
        ),
        Progress.RETURNED: _("A person looked at it and asks you for another one."),
        Progress.UNUSABLE: _("We cannot use it as it is."),
        Progress.DONE: _("We have looked at it."),
        Progress.REFUSED: _(
            "It arrived after the time for changes was over, so it does not count."
        ),
        Progress.REPLACED: _("Another one took its place."),
        Progress.REMOVED: _("It was removed."),
    }
    return words[shown.progress]


def trouble(shown: Shown) -> Said | None:
    """Return what is wrong with one version, and what to do; None where nothing is."""
    document = shown.document
    match shown.progress, document.scan:
        case Progress.RETURNED, _scan:
            return Said(text=document.rejected, english=True)
        case Progress.UNUSABLE, ScanStatus.INFECTED:
            return Said(
                text=_(
                    "This file was recognized as infected with a virus, so nobody will open it. "
                    "Please make it anew on a computer that has been checked, and upload that."
                )
            )
        case Progress.UNUSABLE, ScanStatus.UNSUPPORTED:
            return Said(text=_locked(document))
        case Progress.UNUSABLE, _scan:
            return Said(text=document.evidence.problem, english=True) if document.evidence else None
        case _:
            return None


def _locked(document: Document) -> str:
    if document.kind == "letter":
        return _(
            "This file cannot be checked for viruses, because it is locked with a password or "
            "packed too deep. Please save it without a password, as a plain PDF, and upload that."
        )
    return _(
        "This file cannot be checked for viruses, because it is locked with a password or packed "
        "too deep. Please export the video without a password, as a plain MP4, and upload that."
    )


def finding(shown: RequirementShown) -> tuple[Tag, tuple[Said, ...]]:
    """Return the verdict on all that is there, in a word and in sentences."""
    match shown.verdict:
        case Verdict.PASS:
            return (
                Tag(text=_("Complete"), colour="green"),
                (Said(text=_("This is what we asked for. There is nothing more to do here.")),),
            )
        case Verdict.LOOK:
            why = (Said(text=shown.reason, english=True),) if shown.reason else ()
            return (
                Tag(text=_("A person will look"), colour="yellow"),
                (
                    Said(
                        text=_(
                            "You do not need to do anything. If something is missing, we write to "
                            "you."
                        )
                    ),
                    *why,
                ),
            )
        case _:
            return (
                Tag(text=_("Please look at this"), colour="red"),
                (Said(text=shown.reason, english=True),),
            )


class RoleSaid(Record):
    """What was found of one who is to sign."""

    role: str
    tag: Tag
    names: tuple[str, ...]


def roles(shown: RequirementShown) -> tuple[RoleSaid, ...]:
    """Return for each who is to sign whether we found them, in any of the letters."""
    if not isinstance(shown.requirement, LetterRequirement):
        return ()
    evidences = [it.document.evidence for it in shown.present]
    letters = [it for it in evidences if isinstance(it, LetterEvidence) and it.readable]
    if not letters:
        return ()
    return tuple(
        _role_said(
            # Their words for one who signs are those for all who do.
            program_words.signers(shown.requirement.with_(signed_by=(role,))),
            [found for it in letters for found in it.roles if found.role is role],
        )
        for role in shown.requirement.signed_by
    )


def _role_said(role: str, found: list[RoleFound]) -> RoleSaid:
    signed = [it for it in found if it.certain and it.signature and it.signature.convinces]
    if signed:
        said = Tag(text=_("Signature found"), colour="green")
    elif any(not it.unsigned for it in found):
        said = Tag(text=_("Title found, signature not sure"), colour="yellow")
    elif found:
        said = Tag(text=_("Title found, not signed"), colour="red")
    else:
        said = Tag(text=_("Not found"), colour="yellow")
    names = dict.fromkeys(it.name for it in signed or found if it.name)
    return RoleSaid(role=role, tag=said, names=tuple(names))


def video_facts(document: Document) -> tuple[tuple[str, str], ...]:
    """Return what was found about a video: names and values."""
    evidence = document.evidence
    if not isinstance(evidence, VideoEvidence):
        return ()
    facts: list[tuple[str, str]] = []
    if evidence.host:
        facts.append((_("Found at"), evidence.host))
    if evidence.seconds is not None:
        length = clock(evidence.seconds)
        facts.append(
            (
                _("Length"),
                _("%(length)s, as you said; a person will confirm it") % {"length": length}
                if evidence.stated
                else _("%(length)s (minutes and seconds)") % {"length": length},
            )
        )
    return tuple(facts)


def clock(seconds: int) -> str:
    """Return a length as minutes and seconds: 9:30."""
    return f"{seconds // _MINUTE}:{seconds % _MINUTE:02}"


def refusal(code: str) -> str:
    """Return why nothing can change now, by the code of a use case's refusal."""
    match code:
        case "not-open-yet":
            return _("The round is not open yet.")
        case "closed":
            return _("The time for changes is over. What you gave before the close is kept.")
        case "not-returned":
            return _(
                "The time to apply is over. Only what was returned to you can change now, and "
                "this was not returned."
            )
        case "not-removable":
            return _("It can no longer be removed. Upload a new version in its place.")
        case "slot-over":
            return _("This page was open for too long. Nothing is lost: begin once more.")
        case _:
            return _("The documents of this application cannot change any more.")


def unfit(
    requirement: LetterRequirement | VideoRequirement, path: str, code: str, sentence: str
) -> str:
    """Return what is wrong with an announced file; other refusals in the use case's words."""
    said = script_words(requirement, places=0)
    if path == "/content_type":
        return said["wrong_type"]
    if path == "/size":
        return said["too_large"] if code == "too-large" else said["empty"]
    return sentence


def script_words(
    requirement: LetterRequirement | VideoRequirement, *, places: int
) -> dict[str, str]:
    """Return what the script says; it fills in `{name}`, `{size}` and `{percent}`."""
    letter = isinstance(requirement, LetterRequirement)
    smaller = (
        _("Save it as a PDF, or scan it in black and white: that makes it smaller.")
        if letter
        else _("Export it in a smaller size, or give a link to it instead.")
    )
    limit = _("This file is too large: it may have up to %(most)s.") % {
        "most": program_words.file_size(requirement.max_megabytes)
    }
    return {
        "wrong_type": _("We cannot take this kind of file. Choose another one: %(terms)s.")
        % {"terms": file_terms(requirement)},
        "too_large": f"{limit} {smaller}",
        "empty": _("This file is empty. Open it, save it again, and choose it once more."),
        "too_many": ngettext(
            "Choose one file.", "Choose at most %(num)s files at once.", max(places, 1)
        )
        % {"num": max(places, 1)},
        "starting": _("Getting ready …"),
        "sending": _("{percent} percent of {size} MB sent"),
        "arrived": _("Your file is here. We are taking note of it."),
        "broken": _("The connection broke. Nothing is lost: try again."),
        "refused": _("The file was not taken. Try again, or choose another file."),
        "cancelled": _("The upload was cancelled. Nothing changed."),
        "unready": _(
            "The upload could not begin. Load this page again, sign in if we ask you to, and "
            "choose the file once more."
        ),
        "slow": _(
            "This takes longer than usual. Your file is safe with us, and you may leave this page."
        ),
        "cancel": _("Cancel"),
        "again": _("Try again"),
        "uploading": _("Uploading {name}"),
    }
