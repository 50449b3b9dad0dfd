"""Whether the letters of an application fulfil a requirement."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from enum import Enum

from roundtable.domain.evidence import LetterEvidence, RoleFound, SignatureKind, Verdict
from roundtable.domain.program import LetterFormat, LetterRequirement, Role

_FORMAT_NAMES: dict[LetterFormat, str] = {
    "pdf": "PDF", "docx": "Word (.docx)", "jpeg": "JPEG", "png": "PNG", "tiff": "TIFF",
    "heic": "HEIC",
}  # fmt: skip
_COMMON_WORDS = frozenset({"the", "and", "our", "for", "with", "that", "this", "are", "to", "of"})
_ENGLISH_SHARE = 0.05
"""Of the words of an English letter, far more are these."""
_ENOUGH_WORDS = 30
_DOING = (
    r"(?:commit(?:s|ting)?\b|support(?:s|ing)?\b|participat|join|endors|tak(?:e|ing)\s+part|pursu"
    r"|approv|agree|apply|proceed|sign)"
)
_REFUSES = re.compile(
    rf"(?i)\b(?:we|i)\s+(?:(?:do|will|can)\s?(?:not|n['\u2019]t)|won['\u2019]t|cannot|can['\u2019]t"
    rf"|(?:are|am)\s+(?:not|unable))"
    rf"(?:\s+(?!(?:only|just|hesitate|without|think|wait|rest)\b)[\w'\u2019]+){{0,3}}?\s+{_DOING}"
    rf"|\b(?:will\s+not|cannot|is\s+unable\s+to|is\s+not\s+able\s+to)\s+(?:be\s+)?(?:able\s+to\s+)?{_DOING}"
    r"|\b(?:we|i)\s+(?:(?:must|have\s+to|hereby)\s+)?(?:decline|withdraw)\b"
    r"|\bto\s+(?:decline|withdraw)\s+(?:our|the|your|this|its)\b"
    r"|\b(?:we|i)\s+regret\s+(?:that|to)\b"
)
_CONDITIONAL = re.compile(
    r"(?i)\bon\s+(?:the\s+)?condition\s+that\b|\b(?:contingent|conditional)\s+(?:up)?on\b"
)
_NOT_FINAL = re.compile(
    r"(?i)^\W*(?:(?:first|final|working|rough)\s+)?(?:draft|sample|template|specimen|void)\b"
    r"|^\W*(?:examples?\s*:|how\s+to\s+sign\b)"
)
_STAMP = re.compile(r"\b(?:DRAFT|SAMPLE|TEMPLATE|SPECIMEN|VOID)\b")
_FEW_WORDS = 6
_BY_ANOTHER = re.compile(
    r"(?i)\bdictated\b.{0,20}\bnot\s+(?:read|reviewed|signed)\b|\bsigned\s+in\s+.{0,30}\babsence\b"
    r"|\bsigned\s+(?:by|for)\b.{0,80}\bpermission\b"
    r"|(?m:^(?:signed\s+)?by\b:?.{0,60}\b(?:assistant|secretary)\b)"
)


class _Standing(Enum):
    """How it stands with one role over all letters; the order is from the best to the worst."""

    SIGNED = ""
    UNVERIFIED = "the digital signature of your {roles} could not be verified"
    INK = (
        "something is drawn where your {roles} would sign, and only a person can tell whether it "
        "is a signature"
    )
    UNREAD = "the title of your {roles} is on a page whose text cannot surely be read"
    DOUBTFUL = "a title is there that may not be the one of your {roles}"
    BARE = "the title of your {roles} is there, but no signature that we recognize with it"
    UNSIGNED = "nobody signed for your {roles}"
    MISSING = "we could not find the title of your {roles} in what we can read"


def judge_letters(
    requirement: LetterRequirement,
    evidences: tuple[LetterEvidence, ...],
    *,
    earliest: date,
    latest: date,
) -> tuple[Verdict, str]:
    """Return the verdict over all present letters of a requirement, and its reason.

    The roles may sign in one letter or in several (request for applications, “Fees and How to
    Join”). Passed: each needed role's title in a signature block with a signature that convinces,
    every letter naming the organization and the program, none dated outside `earliest` to
    `latest`. Failed, in words the applicant can act on: a letter that cannot be read, has a format
    that is not asked for or was changed after it was signed digitally; a role that no letter names
    where people sign, or who surely did not sign there. Whatever lies between is looked at
    by a person. A pass has no reason.
    """
    if not evidences:
        return Verdict.FAIL, f"We have no letter yet for “{requirement.title}”. Please upload it."
    problems = [words for item in evidences for words in _problems(requirement, item)]
    if problems:
        return Verdict.FAIL, " ".join(dict.fromkeys(problems))
    standing = {role: _standing(role, evidences) for role in requirement.signed_by}
    missing = [role for role, how in standing.items() if how is _Standing.MISSING]
    unsigned = [role for role, how in standing.items() if how is _Standing.UNSIGNED]
    if (missing or unsigned) and not any(_may_hold_more(item) for item in evidences):
        sentences = [_missing(requirement, missing)] if missing else []
        sentences += [_unsigned(unsigned)] if unsigned else []
        return Verdict.FAIL, " ".join(sentences)
    doubts = [item.unsure for item in evidences if item.unsure]
    found = [*_hidden(evidences, missing), *_doubts_of(standing)]
    found += _doubts_of_letters(evidences, earliest, latest)
    if found:
        doubts.append(f"A person will look at this letter: {'; '.join(found)}.")
    if doubts:
        return Verdict.LOOK, " ".join(dict.fromkeys(doubts))
    return Verdict.PASS, ""


def _problems(requirement: LetterRequirement, evidence: LetterEvidence) -> Iterator[str]:
    if not evidence.readable:
        yield evidence.problem
    elif evidence.format is not None and evidence.format not in requirement.formats:
        names = " or ".join(_FORMAT_NAMES[name] for name in requirement.formats)
        yield f"This letter must be a file in {names}. Please save it so and upload that."
    states = {one.state for one in evidence.digital}
    if "altered" in states:
        yield (
            "This letter was changed after it was signed, so its digital signature no longer "
            "holds. Please upload the file as it was signed, or have it signed again."
        )
    elif "broken" in states:
        yield (
            "The digital signature of this letter is broken: it does not fit what it signs. "
            "Please upload the file as it was signed, without saving or printing it anew, or have "
            "it signed again."
        )


def _standing(role: Role, evidences: Iterable[LetterEvidence]) -> _Standing:
    order = list(_Standing)
    every = [
        _standing_of(found, unread=found.place is not None and found.place.page in item.unread)
        for item in evidences
        for found in item.roles
        if found.role is role
    ]
    return min(every, key=order.index, default=_Standing.MISSING)


def _standing_of(found: RoleFound, *, unread: bool) -> _Standing:
    if not found.certain:
        return _Standing.DOUBTFUL
    if found.signature is SignatureKind.UNVERIFIED:
        return _Standing.UNVERIFIED
    if found.signature is SignatureKind.INK:
        return _Standing.INK
    if found.signature is None:
        return _Standing.UNSIGNED if found.unsigned else _Standing.BARE
    if unread and found.signature is SignatureKind.TYPED:
        return _Standing.UNREAD
    return _Standing.SIGNED


def _may_hold_more(evidence: LetterEvidence) -> bool:
    """Whether a title or a signature could be in a letter that a person would find there."""
    return bool(evidence.unsure or evidence.unread) or not _understood(evidence)


def _understood(evidence: LetterEvidence) -> bool:
    """Whether the text is English as far as it can be told: titles are only known in English."""
    if not evidence.characters:
        return False
    words = re.findall(r"[^\W\d_]+", evidence.text.casefold())
    common = sum(word in _COMMON_WORDS for word in words)
    latin = sum(word.isascii() for word in words)
    if len(words) < _ENOUGH_WORDS:
        return 2 * latin >= len(words)
    return common >= _ENGLISH_SHARE * len(words)


def _hidden(evidences: Sequence[LetterEvidence], missing: Sequence[Role]) -> Iterator[str]:
    looked_into = [item for item in evidences if not item.unsure]
    if any(not item.characters or set(item.scanned) & set(item.unread) for item in looked_into):
        yield "a letter, or a page of it, is a scan whose text cannot be read"
    elif missing and any(item.unread for item in looked_into):
        yield "a picture in it may hold what we look for"
    elif missing and not all(_understood(item) for item in looked_into):
        yield "it does not seem to be written in English, and we know titles in English only"


def _doubts_of(standing: dict[Role, _Standing]) -> Iterator[str]:
    for how in _Standing:
        roles = [role for role, stands in standing.items() if stands is how]
        if roles and how is not _Standing.SIGNED:
            yield how.value.format(roles=_list(roles))


def _doubts_of_letters(
    evidences: Iterable[LetterEvidence], earliest: date, latest: date
) -> Iterator[str]:
    read = [item for item in evidences if item.characters]
    if any(item.organization != "matched" for item in read):
        yield "we could not tell that it is a letter of your organization"
    if any(item.program != "matched" for item in read):
        yield "we did not find the name of the program in it"
    yield from dict.fromkeys(doubt for item in read for doubt in _doubts_of_words(item.text))
    for item in read:
        if item.dated is not None and item.dated < earliest:
            yield f"it is dated {_day(item.dated)}, more than a year before the round opened"
        elif item.dated is not None and item.dated > latest:
            yield f"it is dated {_day(item.dated)}, which is after the day we received it"


def _doubts_of_words(text: str) -> Iterator[str]:
    """Yield what the words of a letter say against taking it for a signed commitment.

    A doubt and never more: "we will not support delays" commits, and only a person can tell.
    """
    prose = " ".join(text.split())
    if _REFUSES.search(prose):
        yield "it may say that you do not commit"
    elif _CONDITIONAL.search(prose):
        yield "it may commit under a condition only"
    if any(_is_not_final(line) for line in text.splitlines()):
        yield "it may be a draft or a sample and not the letter itself"
    if _BY_ANOTHER.search(text):
        yield "somebody else may have signed for one of them"


def _is_not_final(line: str) -> bool:
    few = len(line.split()) <= _FEW_WORDS
    return bool(few and _NOT_FINAL.match(line)) or bool(
        _STAMP.search(line) and (few or not line.isupper())
    )


def _missing(requirement: LetterRequirement, missing: Sequence[Role]) -> str:
    titles = _list(missing)
    another = ", or upload another letter that they sign" if requirement.max_documents > 1 else ""
    return (
        f"We could not find the signature of your {titles}. "
        f"Please upload the letter signed by your {titles}, with name and title below the "
        f"signature{another}."
    )


def _unsigned(unsigned: Sequence[Role]) -> str:
    titles = _list(unsigned)
    each = "titles" if len(unsigned) > 1 else "title"
    return (
        f"This letter is not signed yet: we see the {each} of your {titles}, but no signature "
        f"there. Please upload the signed letter; if it is signed by hand, upload a scan or a "
        f"photograph of the signed page. You can also type the signature: /s/ and the name, above "
        f"the printed name."
    )


def _list(roles: Iterable[Role]) -> str:
    return " and your ".join(role.title for role in roles)


def _day(day: date) -> str:
    return f"{day:%B} {day.day}, {day.year}"
