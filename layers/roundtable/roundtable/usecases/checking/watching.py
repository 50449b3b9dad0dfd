"""Looking at one video, by its link or into its file."""

from roundtable.documents.watching.video import look_into_video_file
from roundtable.domain.documents import Document
from roundtable.domain.evidence import VideoEvidence
from roundtable.domain.program import VideoRequirement
from roundtable.domain.videos import LinkRefused, canonical_link, link_evidence
from roundtable.ports import Ports
from roundtable.usecases.checking.quarantine import clean_or_told, weigh_late_evidence
from roundtable.usecases.checking.to_check import requirement_of, to_check


def check_video(ports: Ports, application_id: str, requirement: str, number: int) -> None:
    """Look at one video and keep what was found; nothing happens if it was replaced.

    Its host is asked about a link; of a file, the header is read. Raises Quarantined while
    the file was not searched for malware yet, Unavailable whenever a service does not answer.
    """
    document = to_check(ports, application_id, requirement, number)
    if document is None:
        return
    if document.source == "link":
        evidence = _look_at_link(ports, document)
    else:
        evidence = clean_or_told(ports, document) or _look_into_file(ports, document)
    ports.applications.keep_evidence(document, evidence, ports.clock.now())
    weigh_late_evidence(ports, document)


def _look_at_link(ports: Ports, document: Document) -> VideoEvidence:
    application = ports.applications.get(document.application)
    wanted = requirement_of(ports, application, document.requirement)
    hosts = wanted.hosts if isinstance(wanted, VideoRequirement) else ()
    try:
        link = canonical_link(document.file_name, hosts)
    except LinkRefused as refused:
        # It was taken when it was given, by rules of that time: a person sees whether it works.
        return VideoEvidence(
            readable=True,
            unsure=refused.reason,
            seconds=document.stated_seconds,
            stated=document.stated_seconds is not None,
        )
    facts = ports.video_directory.look_up(link)
    return link_evidence(link, facts, document.stated_seconds)


def _look_into_file(ports: Ports, document: Document) -> VideoEvidence:
    evidence = look_into_video_file(
        lambda start, length: ports.documents.read_range(
            document.object_key, document.object_version, start, length
        ),
        document.size,
    )
    if evidence.readable and evidence.seconds is None and document.stated_seconds is not None:
        return evidence.with_(seconds=document.stated_seconds, stated=True)
    return evidence
