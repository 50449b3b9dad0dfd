"""What an application must bring, and what is missing."""

from collections.abc import Iterable

from roundtable.domain.application import Answer, Application, Finding, Form
from roundtable.domain.commitments import letter_dates
from roundtable.domain.documents import Document, current
from roundtable.domain.evidence import LetterEvidence, Verdict, VideoEvidence
from roundtable.domain.letters import judge_letters
from roundtable.domain.model import Record
from roundtable.domain.program import (
    AttestationRequirement,
    LetterRequirement,
    Program,
    Question,
    Requirement,
    TeamRequirement,
    Track,
    VideoRequirement,
)
from roundtable.domain.videos import judge_video


class FieldProblem(Record):
    """What is wrong with one field, and what to do about it."""

    path: str
    """As the form names it: `/answers/why-now`, `/team/2/email`."""
    reason: str


def form_problems(program: Program, form: Form) -> tuple[FieldProblem, ...]:
    """Return everything that stands between a draft and its submission, in the form's order.

    Letters, videos and commitments are requirements and may follow until the close; what is
    listed here must be there to receive an application at all.
    """
    return (
        *_track_problems(program, form),
        *_eligibility_problems(program, form),
        *_people_problems(program, form),
        *_answer_problems(program, form),
    )


def _track_problems(program: Program, form: Form) -> Iterable[FieldProblem]:
    known = [track.key for track in program.tracks]
    if not form.tracks:
        yield FieldProblem(path="/tracks", reason="Choose the track you apply for.")
    for place, key in enumerate(form.tracks):
        if key not in known:
            yield FieldProblem(
                path=f"/tracks/{place}",
                reason=f"There is no track '{key}'. Choose one of: {', '.join(known)}.",
            )


def _eligibility_problems(program: Program, form: Form) -> Iterable[FieldProblem]:
    for rule in program.eligibility:
        given = form.eligibility.get(rule.key)
        if given is None:
            yield FieldProblem(
                path=f"/eligibility/{rule.key}", reason=f"Answer the question: {rule.question}"
            )
        elif given not in rule.accepts:
            yield FieldProblem(path=f"/eligibility/{rule.key}", reason=rule.refusal)


def _people_problems(program: Program, form: Form) -> Iterable[FieldProblem]:
    if form.contact is None:
        yield FieldProblem(path="/contact", reason="Give the name and e-mail address of a contact.")
    if form.organization is None:
        yield FieldProblem(path="/organization", reason="Give the name of your organization.")
        return
    for name, options in (
        ("type", program.organization_types),
        ("size", program.organization_sizes),
        ("region", program.regions),
    ):
        values = [option.value for option in options]
        given: str = getattr(form.organization, name)
        if values and given not in values:
            yield FieldProblem(
                path=f"/organization/{name}",
                reason=f"Choose the {name} of your organization: {', '.join(values)}.",
            )


def _answer_problems(program: Program, form: Form) -> Iterable[FieldProblem]:
    asked = {
        question.key: question
        for track in (form.tracks or ("",))
        for question in program.questions_for(track)
    }
    for key, question in asked.items():
        given = form.answers.get(key)
        reason = _answer_problem(question, given)
        if reason:
            yield FieldProblem(path=f"/answers/{key}", reason=reason)
    known = {question.key for section in program.sections for question in section.questions}
    for key in form.answers:
        if key not in known:
            yield FieldProblem(path=f"/answers/{key}", reason="The form has no such question.")


def _answer_problem(question: Question, given: Answer | None) -> str:
    if given is None or given in {"", ()}:
        return "Answer this question." if question.required else ""
    if question.kind == "yes_no":
        return "" if isinstance(given, bool) else "Answer with yes or no."
    if question.options:
        return _choice_problem(question, given)
    return _words_problem(question, given)


def _choice_problem(question: Question, given: Answer) -> str:
    chosen = given if isinstance(given, tuple) else (given,)
    values = {option.value for option in question.options}
    single = question.kind == "choice"
    if all(item in values for item in chosen) and (not single or len(chosen) == 1):
        return ""
    return f"Choose from: {', '.join(sorted(values))}."


def _words_problem(question: Question, given: Answer) -> str:
    if not isinstance(given, str):
        return "Answer in words."
    words = len(given.split())
    if question.max_words is not None and words > question.max_words:
        return f"Use at most {question.max_words} words; you have {words}."
    return ""


def present_findings(
    program: Program, track: Track, application: Application, documents: tuple[Document, ...]
) -> tuple[Finding, ...]:
    """Return the verdict on every requirement of a track, in the program's order.

    A requirement that staff admitted passes as it is.
    """
    return tuple(
        _finding(program, requirement, application, documents) for requirement in track.requirements
    )


def _finding(
    program: Program,
    requirement: Requirement,
    application: Application,
    documents: tuple[Document, ...],
) -> Finding:
    numbers: tuple[int, ...] = ()
    match requirement:
        case LetterRequirement() | VideoRequirement():
            verdict, reason, numbers = _judge_documents(
                program, requirement, current(documents, requirement.key)
            )
        case AttestationRequirement():
            verdict, reason = _judge_attestation(program, requirement, application.form)
        case TeamRequirement():
            verdict, reason = judge_team(requirement, len(application.form.team))
    if requirement.key in application.admitted:
        verdict, reason = Verdict.PASS, "Admitted by staff."
    return Finding(requirement=requirement.key, verdict=verdict, reason=reason, documents=numbers)


def _judge_documents(
    program: Program,
    requirement: LetterRequirement | VideoRequirement,
    documents: tuple[Document, ...],
) -> tuple[Verdict, str, tuple[int, ...]]:
    numbers = tuple(document.number for document in documents)
    if not documents:
        return Verdict.FAIL, f"{requirement.title}: nothing was uploaded yet.", numbers
    returned = [document for document in documents if document.rejected]
    if returned:
        return Verdict.FAIL, returned[0].rejected, tuple(item.number for item in returned)
    if any(document.evidence is None for document in documents):
        return Verdict.LOOK, "This document could not be checked by itself yet.", numbers
    if isinstance(requirement, VideoRequirement):
        evidence = documents[-1].evidence
        if not isinstance(evidence, VideoEvidence):
            return Verdict.LOOK, "This document could not be checked by itself yet.", numbers
        return *judge_video(requirement, evidence), numbers
    letters = tuple(
        document.evidence for document in documents if isinstance(document.evidence, LetterEvidence)
    )
    received = max(document.received_at or document.intent_at for document in documents)
    earliest, latest = letter_dates(program.opens.date(), program.local_date(received))
    return *judge_letters(requirement, letters, earliest=earliest, latest=latest), numbers


def _judge_attestation(
    program: Program, requirement: AttestationRequirement, form: Form
) -> tuple[Verdict, str]:
    affirmed = set(form.attestations.get(requirement.key, ()))
    missing = [text for text in program.statements_of(requirement) if text not in affirmed]
    if not missing:
        return Verdict.PASS, "All statements are affirmed."
    return Verdict.FAIL, f"Please affirm: {' · '.join(missing)}"


def judge_team(requirement: TeamRequirement, members: int) -> tuple[Verdict, str]:
    """Return the verdict on a team's size (“should comprise 3 to 7 individuals”)."""
    least, most = requirement.min_members, requirement.max_members
    if least <= members <= most:
        return Verdict.PASS, f"The team has {members} members."
    return Verdict.FAIL, f"A team should comprise {least} to {most} people; yours has {members}."


def is_complete(findings: Iterable[Finding]) -> bool:
    """Return whether nothing is left that the applicant must mend."""
    return all(finding.verdict is not Verdict.FAIL for finding in findings)
