# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportMissingTypeStubs=false
# (asn1crypto carries no types, and so pyHanko's are half known; what leaves this module is typed.)
"""Whether the digital signatures of a PDF hold, and who made them.

Nothing is ever fetched: certificates are believed only where the operator gave the authorities,
and whether one was revoked since is not asked.
"""

import asyncio
import logging
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import MAXYEAR, MINYEAR, UTC, datetime
from io import BytesIO
from itertools import islice
from typing import Any, Literal

from asn1crypto import core, x509
from pyhanko.keys import load_certs_from_pemder_data
from pyhanko.pdf_utils.crypt import AuthStatus
from pyhanko.pdf_utils.decode_limits import (
    DecodeLimits,
    DocumentDecodeBudget,
    StreamDecodeLimits,
)
from pyhanko.pdf_utils.generic import (
    ArrayObject,
    ByteStringObject,
    DictionaryObject,
    IndirectObject,
    TextStringObject,
    parse_pdf_date,
)
from pyhanko.pdf_utils.misc import PdfReadError
from pyhanko.pdf_utils.reader import HistoricalResolver, PdfFileReader
from pyhanko.sign.diff_analysis import (
    DEFAULT_DIFF_POLICY,
    FormUpdatingRule,
    GenericFieldModificationRule,
    SigFieldCreationRule,
    SigFieldModificationRule,
    StandardDiffPolicy,
)
from pyhanko.sign.fields import SigSeedSubFilter, enumerate_sig_fields
from pyhanko.sign.validation import EmbeddedPdfSignature, SignatureCoverageLevel
from pyhanko.sign.validation.generic_cms import validate_sig_integrity
from pyhanko.sign.validation.pdf_embedded import extract_contents
from pyhanko.sign.validation.utils import DEFAULT_WEAK_HASH_ALGORITHMS
from pyhanko_certvalidator import CertificateValidator, ValidationContext

from roundtable.domain.evidence import DigitalSignature

State = Literal["valid", "altered", "broken", "unverified"]

MOST_SIGNATURES = 20

_MOST_LOOKUPS = 50_000
"""Objects that are looked up in one file, counted each time. It takes a few hundred for most
letters that two people signed, and 15,000 for 20 pages that Word tagged and three signed."""
_MOST_REVISIONS = 100
_MOST_CERTIFICATES = 12
_MOST_NAMESAKES = 3
"""Certificates of one name: each may vouch for the other, so ways to an authority multiply."""
_LONGEST_NAME = 200
_MEBIBYTE = 1024 * 1024
_LIMITS = DecodeLimits(
    per_stream=StreamDecodeLimits(max_output_size=32 * _MEBIBYTE),
    document_budget=DocumentDecodeBudget(base_allowance=64 * _MEBIBYTE, max_ratio=10),
)
_MARK = b"/ByteRange"
"""Stands in plain sight in every signed file: no signature can lie in a compressed object."""
_KNOWN = frozenset(
    kind.value
    for kind in (
        SigSeedSubFilter.ADOBE_PKCS7_DETACHED,
        SigSeedSubFilter.PADES,
        SigSeedSubFilter.PBAD_PADES,
    )
)
_NAMES = (
    "common_name", "pseudonym", "organization_name", "organizational_unit_name",
    "email_address", "serial_number",
)  # fmt: skip
"""What tells who signed, from the first that a certificate has."""
_PERMITTED = StandardDiffPolicy(
    DEFAULT_DIFF_POLICY.global_rules,
    FormUpdatingRule(
        [
            # A second person signs beside the first also where the first certified the file, as
            # Acrobat permits it; pyHanko by itself would not.
            SigFieldCreationRule(allow_new_visible_after_certify=True),
            SigFieldModificationRule(),
            GenericFieldModificationRule(),
        ]
    ),
)
"""What may change in a file after it was signed; a signature may permit less."""
_UNVERIFIED = DigitalSignature(signer="", state="unverified")

for _log in (logging.getLogger("pyhanko"), logging.getLogger("pyhanko_certvalidator")):
    # Their messages quote names out of certificates and pieces of the file; none may be logged.
    _log.setLevel(logging.CRITICAL + 1)


def verify_digital_signatures(
    content: bytes, *, trust_roots: Sequence[bytes] = ()
) -> tuple[DigitalSignature, ...]:
    """Return the digital signatures of a PDF in the order of signing, at most `MOST_SIGNATURES`.

    `trust_roots` are certificates of authorities (PEM or DER); only a signer for whom one of
    them vouches, at the time of signing, is `trusted`. Raises ValueError where one of them is no
    certificate, and nothing for any content: what cannot be checked is `unverified`. Time stamps
    of the whole document are no person's signatures and are left out.

    A file can still be made to take minutes and much memory (a table that declares a billion
    objects): it belongs into a process that may be stopped.
    """
    roots = [root for given in trust_roots for root in load_certs_from_pemder_data(given)]
    if len(roots) < len(trust_roots):
        raise ValueError("a trust root holds no certificate")
    if _MARK not in content:
        return ()
    try:
        reader, traceable = _open(content)
        signed = list(islice(_signed_fields(reader), MOST_SIGNATURES))
        signed.sort(key=lambda item: reader.xrefs.get_last_change(item[0].reference))
    except Exception:  # noqa: BLE001 (a hostile file breaks a parser in any way)
        return (_UNVERIFIED,)
    read = [_read(reader, field) for _, field in signed]
    # From the newest on: what was changed since is then known of as many as the look-ups last for.
    judged = [
        _judged(found, embedded, traceable=traceable, roots=roots)
        for found, embedded in reversed(read)
    ]
    return tuple(reversed(judged))


class _Reader(PdfFileReader):
    """A reader that looks up so many objects and no more, whatever refers to whatever."""

    def __init__(self, content: bytes, *, strict: bool) -> None:
        self._lookups = _MOST_LOOKUPS
        super().__init__(BytesIO(content), strict=strict, decode_limits=_LIMITS)

    def count(self) -> None:
        """Count one look-up; raises PdfReadError when there were too many."""
        self._lookups -= 1
        if self._lookups < 0:
            raise PdfReadError("the file refers to too many objects")

    def get_object(self, *args: Any, **named: Any) -> Any:  # noqa: ANN401 (as pyHanko's)
        self.count()
        return super().get_object(*args, **named)

    def get_historical_resolver(self, revision: int) -> HistoricalResolver:
        return self._historical_resolver_cache.setdefault(revision, _Revision(self, revision))


class _Revision(HistoricalResolver):
    """The file as it was at a revision, counted in the same way."""

    reader: _Reader

    def get_object(self, *args: Any, **named: Any) -> Any:  # noqa: ANN401 (as pyHanko's)
        self.reader.count()
        return super().get_object(*args, **named)


def _open(content: bytes) -> tuple[_Reader, bool]:
    """Return a reader, and whether it can be told what changed from one revision to the next.

    Not in a file that breaks the rules, where programs may see different objects, nor in one of
    very many revisions. Raises what pyHanko raises.
    """
    try:
        reader, traceable = _Reader(content, strict=True), True
    except PdfReadError:
        reader, traceable = _Reader(content, strict=False), False
    if reader.xrefs.hybrid_xrefs_present:
        # Word writes such files. pyHanko refuses them because a reader of PDF 1.4 sees other
        # objects in them than all later ones, PDFium among them, which reads and shows letters.
        reader.strict = False
    if reader.encrypted and reader.decrypt("").status == AuthStatus.FAILED:
        raise PdfReadError("the file is locked with a password")
    return reader, traceable and reader.xrefs.total_revisions <= _MOST_REVISIONS


def _signed_fields(reader: _Reader) -> Iterator[tuple[IndirectObject, DictionaryObject]]:
    """Yield fields that hold a person's signature, each with the reference to its signature."""
    for _, _, reference in enumerate_sig_fields(reader, filled_status=True):
        field: Any = reference.get_object()
        signature: Any = _value(field, "/V")
        if not isinstance(signature, DictionaryObject) or "/Contents" not in signature:
            continue
        # A field that waits for its signature may be padded with zeros.
        if not extract_contents(signature).rstrip(b"\0"):
            continue
        if (
            _value(signature, "/Type") == "/DocTimeStamp"
            or _value(signature, "/SubFilter") == SigSeedSubFilter.ETSI_RFC3161.value
        ):
            continue
        value = field.raw_get("/V")
        yield (value if isinstance(value, IndirectObject) else reference), field


def _value(dictionary: DictionaryObject, key: str) -> Any:  # noqa: ANN401 (whatever the file holds)
    """Return what stands under a key, wherever in the file it lies; None where nothing does."""
    return dictionary.get_and_apply(key, lambda value: value)


def _read(
    reader: _Reader, field: DictionaryObject
) -> tuple[DigitalSignature, EmbeddedPdfSignature | None]:
    """Return who signed and when, not verified yet, and what there is to verify."""
    signer, signed_at, embedded = "", None, None
    try:
        signature = field["/V"]
        signed_at = _stated_time(signature)
        signer = _name_beside(signature)
        embedded = EmbeddedPdfSignature(reader, field, "")
        signer = _name(embedded.signer_cert)
        signed_at = _utc(embedded.self_reported_timestamp) or signed_at
    except Exception:  # noqa: BLE001, S110 (a hostile signature breaks a parser in any way)
        pass
    return DigitalSignature(signer=signer, state="unverified", signed_at=signed_at), embedded


def _judged(
    found: DigitalSignature,
    embedded: EmbeddedPdfSignature | None,
    *,
    traceable: bool,
    roots: Sequence[x509.Certificate],
) -> DigitalSignature:
    if embedded is None:
        return found
    try:
        state = _state(embedded, traceable=traceable)
        trusted = state in {"valid", "altered"} and _vouched_for(embedded, roots, found.signed_at)
    except Exception:  # noqa: BLE001 (a hostile signature breaks a parser in any way)
        return found
    return found.with_(state=state, trusted=trusted)


def _state(embedded: EmbeddedPdfSignature, *, traceable: bool) -> State:
    """Return what became of a signature; raises whatever pyHanko raises over what it cannot do."""
    encapsulated: Any = embedded.signed_data["encap_content_info"]
    if (
        _value(embedded.sig_object, "/SubFilter") not in _KNOWN
        or not _is_plain(embedded.byte_range)
        or encapsulated["content"] is not core.VOID
    ):
        return "unverified"
    intact, genuine = validate_sig_integrity(
        embedded.signer_info,
        embedded.signer_cert,
        expected_content_type=encapsulated["content_type"].native,
        actual_digest=embedded.compute_digest(),
    )
    if not (intact and genuine):
        return "broken"
    if not traceable or embedded.md_algorithm in DEFAULT_WEAK_HASH_ALGORITHMS:
        # Content to which a weak hash fits can be made up.
        return "unverified"
    embedded.compute_integrity_info(_PERMITTED)
    since = embedded.summarise_integrity_info()
    if since["coverage"] < SignatureCoverageLevel.ENTIRE_REVISION:
        return "unverified"
    return "valid" if since["docmdp_ok"] else "altered"


def _is_plain(byte_range: Any) -> bool:  # noqa: ANN401 (whatever the file holds there)
    """Return whether two parts of the file are signed, before and behind the signature itself.

    More of them could each span the whole file, and hashing them would take hours.
    """
    parts = list(islice(byte_range, 5))
    return len(parts) == 4 and all(isinstance(part, int) and part >= 0 for part in parts)  # noqa: PLR2004 (two starts and two lengths)


def _vouched_for(
    embedded: EmbeddedPdfSignature, roots: Sequence[x509.Certificate], moment: datetime | None
) -> bool:
    """Return whether a chain of certificates led from the signer to an authority at a moment."""
    if not roots or moment is None:
        return False
    others = {item.dump(): item for item in embedded.other_embedded_certs}.values()
    namesakes = Counter(item.subject.dump() for item in others)
    if len(others) > _MOST_CERTIFICATES or max(namesakes.values(), default=0) > _MOST_NAMESAKES:
        return False
    context = ValidationContext(trust_roots=list(roots), moment=moment, allow_fetching=False)
    validator = CertificateValidator(embedded.signer_cert, others, validation_context=context)
    try:
        asyncio.run(validator.async_validate_path())
    except Exception:  # noqa: BLE001 (whatever is wrong with a chain, it leads nowhere)
        return False
    return True


def _name_beside(signature: DictionaryObject) -> str:
    """Return the name in a certificate that lies beside a signature (PKCS#1); else nothing."""
    certificates = _value(signature, "/Cert")
    if isinstance(certificates, ArrayObject):
        certificates = next(iter(certificates), None)
    if not isinstance(certificates, TextStringObject | ByteStringObject):
        return ""
    return _name(x509.Certificate.load(certificates.original_bytes))


def _name(certificate: x509.Certificate) -> str:
    """Return the name of the person, or else of what signed: an organization, a number."""
    subject: dict[str, str | list[str]] = certificate.subject.native
    for part in _NAMES:
        found = subject.get(part, "")
        text = found if isinstance(found, str) else found[0]
        name = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
        if name:
            return name[:_LONGEST_NAME]
    return ""


def _stated_time(signature: DictionaryObject) -> datetime | None:
    """Return the time that a signature states outside of what is signed for certain."""
    try:
        return _utc(parse_pdf_date(signature["/M"], strict=False))
    except (KeyError, PdfReadError):
        return None


def _utc(moment: datetime | None) -> datetime | None:
    """Return a moment in UTC; without an offset it is meant so (ISO 32000-2, 7.9.4)."""
    if moment is None or moment.year in {MINYEAR, MAXYEAR}:
        # There is no telling it in another zone.
        return None
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
