"""Whether the letters of an application fulfil a requirement."""

from collections.abc import Iterable

from roundtable.domain.documents import LetterEvidence, Verdict
from roundtable.domain.program import LetterRequirement, Role

_FORMAT_NAMES = {"pdf": "PDF", "docx": "Word (.docx)"}


def judge_letters(
    requirement: LetterRequirement, evidences: tuple[LetterEvidence, ...]
) -> tuple[Verdict, str]:
    """Return the verdict over all present letters of a requirement, and its reason.

    The roles may sign in one letter or in several (request for applications, “Fees and How to
    Join”). Passed: each needed role's title in a signature block with evidence of its signature,
    every letter naming the organization. Failed, in words the applicant can act on: a letter that
    cannot be read or has a format that is not asked for, or a role that no letter names where it
    is signed. Whatever lies between is looked at by a person: a scan, a title without evidence
    of a signature, a letter in which the organization is not found. A pass has no reason.
    """
    if not evidences:
        return Verdict.FAIL, f"We have no letter yet for “{requirement.title}”. Please upload it."
    problems = [item.problem for item in evidences if not item.readable]
    problems += [_wrong_format(requirement) for item in evidences if _is_wrong(requirement, item)]
    if problems:
        return Verdict.FAIL, " ".join(dict.fromkeys(problems))
    roles = {role for item in evidences for role in item.roles}
    signed = {role for item in evidences for role in item.signed}
    missing = [role for role in requirement.signed_by if role not in roles | signed]
    unsure = [role for role in requirement.signed_by if role in roles and role not in signed]
    scan = any(item.characters == 0 for item in evidences)
    if missing and not scan:
        return Verdict.FAIL, _missing(requirement, missing)
    found: list[str] = []
    if scan:
        found.append("a letter, or a page of it, is a scan whose text cannot be read")
    if unsure:
        found.append(
            f"the title of your {_list(unsure)} is there, "
            "but no typed (/s/) or digital signature with it"
        )
    if any(item.organization != "matched" for item in evidences if item.characters):
        found.append("we did not find the name of your organization in it")
    if found:
        return Verdict.LOOK, f"A person will look at this letter: {'; '.join(found)}."
    return Verdict.PASS, ""


def _is_wrong(requirement: LetterRequirement, evidence: LetterEvidence) -> bool:
    """Whether the type, with which the tool's name begins, is known and not asked for."""
    kind = evidence.tool.partition(" ")[0]
    return evidence.readable and kind in _FORMAT_NAMES and kind not in requirement.formats


def _wrong_format(requirement: LetterRequirement) -> str:
    names = " or ".join(_FORMAT_NAMES[name] for name in requirement.formats)
    return f"This letter must be a file in {names}. Please save it so and upload that."


def _missing(requirement: LetterRequirement, missing: list[Role]) -> str:
    titles = _list(missing)
    another = ", or upload another letter that they sign" if requirement.max_documents > 1 else ""
    return (
        f"We could not find the signature of your {titles}. "
        f"Please upload the letter signed by your {titles}, with name and title below the "
        f"signature{another}."
    )


def _list(roles: Iterable[Role]) -> str:
    return " and your ".join(role.title for role in roles)
