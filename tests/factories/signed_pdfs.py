# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportMissingTypeStubs=false
# (asn1crypto carries no types, and so pyHanko's are half known; what leaves this module is typed.)
"""PDF files that people signed digitally, and what may become of such files.

All functions take and return the bytes of a PDF, and the same bytes give the same bytes: keys,
times, serial numbers and file identifiers are fixed. The keys under `keys/` are for tests alone.
"""

import asyncio
import hashlib
import re
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from asn1crypto import keys, pem
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.generic import (
    ArrayObject,
    ByteStringObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter, append_signature_field
from pyhanko.sign.signers import SimpleSigner
from pyhanko.sign.signers.cms_embedder import (
    PdfCMSEmbedder,
    SigAppearanceSetup,
    SigIOSetup,
    SigMDPSetup,
    SigObjSetup,
)
from pyhanko.sign.signers.pdf_byterange import SignatureObject
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes
from pyhanko.stamp import TextStampStyle
from pyhanko_certvalidator.registry import SimpleCertificateStore

SIGNED_AT = datetime(2022, 9, 28, 15, 30, tzinfo=UTC)
"""When everything is signed unless told otherwise: in the open round of the factories."""

BOX = (72, 90, 300, 140)
"""Where a signature shows: left, bottom, right, top in points, below most letters' text."""

_KEYS = Path(__file__).parent / "keys"
_FROM = datetime(2020, 1, 1, tzinfo=UTC)
_UNTIL = datetime(2040, 1, 1, tzinfo=UTC)
_RESERVED = 8_192


def signed_pdf(
    content: bytes,
    signer_name: str,
    *,
    organization: str = "",
    field: str = "Signature 1",
    at: datetime = SIGNED_AT,
    box: tuple[int, int, int, int] | None = BOX,
    page: int = 0,
    by_authority: bool = False,
    beside: tuple[bytes, ...] = (),
    permits: MDPPerm | None = None,
    digest: str = "sha256",
    subfilter: SigSeedSubFilter = SigSeedSubFilter.ADOBE_PKCS7_DETACHED,
) -> bytes:
    """Return the PDF signed by a person, as an incremental update.

    An empty signature field named `field` is used, or one is made at `box` on `page` (from 0,
    -1 for the last), which then reads "Digitally signed by …"; without a box nothing shows.
    The person's certificate is their own or, with `by_authority`, one of `authority()`; other
    certificates (PEM) may lie `beside` it. With `permits` the signature also says what may be
    changed later. An empty `signer_name` gives a certificate that names the organization alone.
    """
    writer = _Writer(content)
    embedder = PdfCMSEmbedder(SigFieldSpec(field, on_page=page, box=box))
    session: Any = embedder.write_cms(field, writer)
    next(session)
    style = TextStampStyle(stamp_text="Digitally signed by\n%(signer)s\n%(ts)s", border_width=0)
    session.send(
        SigObjSetup(
            SignatureObject(timestamp=at, subfilter=subfilter, bytes_reserved=2 * _RESERVED),
            mdp_setup=SigMDPSetup(digest, certify=True, docmdp_perms=permits) if permits else None,
            appearance_setup=SigAppearanceSetup(style, at, signer_name or organization),
        )
    )
    prepared, output = session.send(SigIOSetup(md_algorithm=digest))
    signer = _signer(signer_name, organization, by_authority=by_authority, beside=beside)
    signed = asyncio.run(
        signer.async_sign(
            prepared.document_digest,
            digest,
            use_pades=subfilter == SigSeedSubFilter.PADES,
            signed_attr_settings=PdfCMSSignedAttributes(
                signing_time=None if subfilter == SigSeedSubFilter.PADES else at
            ),
        )
    )
    prepared.fill_with_cms(output, signed)
    return output.getvalue()


def signed_twice(content: bytes, first: str, second: str, **options: Any) -> bytes:
    """Return the PDF signed by one person and then by another, side by side, in the same way.

    `options` are those of `signed_pdf`; `permits` is of the first signature alone.
    """
    once = signed_pdf(content, first, field="Signature 1", **options)
    options.pop("permits", None)
    return signed_pdf(once, second, field="Signature 2", box=(320, 90, 548, 140), **options)


def with_empty_signature_field(
    content: bytes,
    *,
    field: str = "Signature 1",
    box: tuple[int, int, int, int] = BOX,
    page: int = 0,
) -> bytes:
    """Return the PDF with a field that waits for a signature."""
    writer = _Writer(content)
    append_signature_field(writer, SigFieldSpec(field, on_page=page, box=box))
    return _written(writer)


def emptied_signature(content: bytes) -> bytes:
    """Return a signed PDF whose signature is all zeros: prepared for signing, never signed."""
    return re.sub(
        rb"(/Contents <)([0-9A-F]+)>", lambda found: found[1] + b"0" * len(found[2]) + b">", content
    )


def edited_after_signing(content: bytes, text: str = "Added after the signature.") -> bytes:
    """Return a signed PDF to whose first page a line was added, as an incremental update."""
    writer = _Writer(content)
    escaped = re.sub(r"([\\()])", r"\\\1", text)
    line = writer.add_object(
        StreamObject(stream_data=f"q BT /Added 11 Tf 72 200 Td ({escaped}) Tj ET Q".encode())
    )
    fonts = DictionaryObject({NameObject("/Added"): _helvetica(writer)})
    writer.add_stream_to_page(0, line, resources=DictionaryObject({NameObject("/Font"): fonts}))
    return _written(writer)


def with_text_field(content: bytes, *, field: str = "Date") -> bytes:
    """Return the PDF with a form field for text on its first page."""
    writer = _Writer(content)
    page = writer.find_page_for_modification(0)[0]
    reference = writer.add_object(
        DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Annot"),
                NameObject("/Subtype"): NameObject("/Widget"),
                NameObject("/FT"): NameObject("/Tx"),
                NameObject("/T"): TextStringObject(field),
                NameObject("/DA"): TextStringObject("/Helv 11 Tf 0 g"),
                NameObject("/F"): NumberObject(4),
                NameObject("/Rect"): _rectangle(72, 150, 300, 170),
                NameObject("/P"): page,
            }
        )
    )
    writer.register_annotation(page, reference)
    form = writer.root.get("/AcroForm")
    if not isinstance(form, DictionaryObject):
        form = DictionaryObject({NameObject("/Fields"): ArrayObject()})
        writer.root[NameObject("/AcroForm")] = writer.add_object(form)
        writer.update_root()
    form["/Fields"].append(reference)
    writer.update_container(form["/Fields"])
    return _written(writer)


def filled_after_signing(
    content: bytes, signer_name: str, text: str = "September 30, 2022", **options: Any
) -> bytes:
    """Return an unsigned PDF given a text field, signed, and then filled in: a permitted change."""
    signed = signed_pdf(with_text_field(content), signer_name, **options)
    writer = _Writer(signed)
    fields: Any = writer.root["/AcroForm"]["/Fields"]
    reference = next(item for item in fields if item.get_object()["/FT"] == "/Tx")
    field = reference.get_object()
    shown = StreamObject(
        {
            NameObject("/Type"): NameObject("/XObject"),
            NameObject("/Subtype"): NameObject("/Form"),
            NameObject("/BBox"): _rectangle(0, 0, 228, 20),
            NameObject("/Resources"): DictionaryObject(
                {NameObject("/Font"): DictionaryObject({NameObject("/Helv"): _helvetica(writer)})}
            ),
        },
        stream_data=f"/Tx BMC q BT /Helv 11 Tf 2 6 Td ({text}) Tj ET Q EMC".encode(),
    )
    field[NameObject("/V")] = TextStringObject(text)
    field[NameObject("/AP")] = DictionaryObject({NameObject("/N"): writer.add_object(shown)})
    writer.mark_update(reference)
    return _written(writer)


def broken_signature(content: bytes) -> bytes:
    """Return a signed PDF with one byte of what was signed changed in place; it still opens.

    It is the last digit of the version in the first line, which no reader minds.
    """
    version = re.match(rb"%PDF-\d\.", content)
    if version is None:
        raise ValueError("the file has no PDF's first line")
    place = version.end()
    return content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]


def authority(edition: int = 1) -> bytes:
    """Return the certificate (PEM) of the authority that vouches for people `by_authority`.

    Other editions are of the same name and key, with another serial number.
    """
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Test Authority")])
    key = _key("authority")
    return _certificate(name, key, issuer=name, issuer_key=key, edition=edition, authority=True)


class _Writer(IncrementalPdfFileWriter):
    """Adds to a PDF without a trace of chance or of the present."""

    def __init__(self, content: bytes) -> None:
        super().__init__(BytesIO(content), strict=False)
        if self.prev.encrypted:
            self.encrypt("")

    @classmethod
    def _handle_id(cls, prev: Any) -> ArrayObject:
        prev.stream.seek(0)
        second = ByteStringObject(hashlib.md5(prev.stream.read(), usedforsecurity=False).digest())
        try:
            first = ByteStringObject(prev.document_id[0])
        except KeyError:
            first = second
        return ArrayObject([first, second])

    def _update_meta(self) -> None:
        """Leave the time of the last change as it is."""


def _written(writer: _Writer) -> bytes:
    output = BytesIO()
    writer.write(output)
    return output.getvalue()


def _rectangle(*corners: int) -> ArrayObject:
    return ArrayObject(FloatObject(str(corner)) for corner in corners)


def _helvetica(writer: _Writer) -> Any:
    return writer.add_object(
        DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Font"),
                NameObject("/Subtype"): NameObject("/Type1"),
                NameObject("/BaseFont"): NameObject("/Helvetica"),
            }
        )
    )


@cache
def _key(name: str) -> RSAPrivateKey:
    key = serialization.load_pem_private_key((_KEYS / f"{name}.pem").read_bytes(), password=None)
    if not isinstance(key, RSAPrivateKey):
        raise TypeError(f"{name}.pem holds no RSA key")
    return key


def _certificate(
    name: x509.Name,
    key: RSAPrivateKey,
    *,
    issuer: x509.Name,
    issuer_key: RSAPrivateKey,
    edition: int = 1,
    authority: bool = False,
) -> bytes:
    serial = int.from_bytes(
        hashlib.sha256(name.public_bytes() + issuer.public_bytes()).digest()[:8]
    )
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(serial + edition)
        .not_valid_before(_FROM)
        .not_valid_after(_UNTIL)
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(
                digital_signature=not authority,
                content_commitment=not authority,
                key_cert_sign=authority,
                crl_sign=authority,
                key_encipherment=False,
                data_encipherment=False,
                key_agreement=False,
                encipher_only=False,
                decipher_only=False,
            ),
            critical=True,
        )
    )
    made = builder.sign(issuer_key, hashes.SHA256())
    return made.public_bytes(serialization.Encoding.PEM)


@cache
def _signer(
    signer_name: str, organization: str, *, by_authority: bool, beside: tuple[bytes, ...]
) -> SimpleSigner:
    parts = [(NameOID.ORGANIZATION_NAME, organization), (NameOID.COMMON_NAME, signer_name)]
    name = x509.Name([x509.NameAttribute(kind, value) for kind, value in parts if value])
    key = _key("signer")
    store = SimpleCertificateStore()
    store.register_multiple(_loaded(certificate) for certificate in beside)
    if by_authority:
        issuer = _loaded(authority())
        store.register(issuer)
        vouching = x509.load_pem_x509_certificate(authority()).subject
        made = _certificate(name, key, issuer=vouching, issuer_key=_key("authority"))
    else:
        made = _certificate(name, key, issuer=name, issuer_key=key)
    private = key.private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return SimpleSigner(_loaded(made), keys.PrivateKeyInfo.load(private), store)


def _loaded(certificate: bytes) -> asn1.Certificate:
    _, _, content = pem.unarmor(certificate)
    return asn1.Certificate.load(content)
