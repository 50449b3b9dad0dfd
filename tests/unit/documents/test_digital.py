# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# (pyHanko's types are half known.)
"""Digital signatures of PDF files: who made them, and whether they hold."""

import io
import logging
import re
import zlib
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import copy_into_new_writer
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from reportlab.pdfgen.canvas import Canvas

from roundtable.documents.digital import MOST_SIGNATURES, verify_digital_signatures
from roundtable.domain.evidence import DigitalSignature
from tests.factories.signed_pdfs import (
    SIGNED_AT,
    authority,
    broken_signature,
    edited_after_signing,
    emptied_signature,
    filled_after_signing,
    signed_pdf,
    signed_twice,
    with_empty_signature_field,
)

JANE, LUIS = "Jane Okafor", "Luis Castillo"


def letter(pages: int = 1) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=1, pageCompression=0)
    for number in range(pages):
        canvas.drawString(72, 700, f"We commit to the Fellowship ({number + 1}).")
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


LETTER = letter()
BY_JANE = signed_pdf(LETTER, JANE)


def signature(signer: str = JANE, state: str = "valid", **more: Any) -> DigitalSignature:
    fields = {"signer": signer, "state": state, "signed_at": SIGNED_AT, **more}
    return DigitalSignature.model_validate(fields)


UNKNOWN = DigitalSignature(signer="", state="unverified")


def states(content: bytes) -> list[tuple[str, str]]:
    return [(item.signer, item.state) for item in verify_digital_signatures(content)]


def test_letter_without_signatures_has_none() -> None:
    assert verify_digital_signatures(LETTER) == ()


def test_empty_field_is_no_signature() -> None:
    assert verify_digital_signatures(with_empty_signature_field(LETTER)) == ()


def test_signature_of_zeros_is_no_signature() -> None:
    assert verify_digital_signatures(emptied_signature(BY_JANE)) == ()


def test_signature_tells_who_signed_and_when() -> None:
    assert verify_digital_signatures(BY_JANE) == (signature(),)


def test_signature_into_a_waiting_field_is_valid() -> None:
    content = signed_pdf(with_empty_signature_field(LETTER), JANE)

    assert verify_digital_signatures(content) == (signature(),)


def test_signature_in_the_european_format_is_valid() -> None:
    content = signed_pdf(LETTER, JANE, subfilter=SigSeedSubFilter.PADES)

    assert verify_digital_signatures(content) == (signature(),)


def test_signing_time_is_told_in_utc() -> None:
    evening = datetime(2022, 9, 30, 20, 0, tzinfo=timezone(timedelta(hours=-5)))
    (found,) = verify_digital_signatures(signed_pdf(LETTER, JANE, at=evening))

    assert found.signed_at is not None
    assert found.signed_at.isoformat() == "2022-10-01T01:00:00+00:00"


def test_two_signatures_are_valid_in_the_order_of_signing() -> None:
    content = signed_twice(letter(20), JANE, LUIS, page=-1)

    assert verify_digital_signatures(content) == (signature(), signature(LUIS))


def test_field_that_is_filled_after_signing_leaves_the_signature_valid() -> None:
    assert verify_digital_signatures(filled_after_signing(LETTER, JANE)) == (signature(),)


def test_second_signature_is_permitted_after_a_certification_that_permits_signing() -> None:
    content = signed_twice(LETTER, JANE, LUIS, permits=MDPPerm.FILL_FORMS)

    assert states(content) == [(JANE, "valid"), (LUIS, "valid")]


def test_second_signature_alters_a_file_that_permits_no_changes() -> None:
    content = signed_twice(LETTER, JANE, LUIS, permits=MDPPerm.NO_CHANGES)

    assert states(content) == [(JANE, "altered"), (LUIS, "valid")]


def test_edit_after_signing_is_found() -> None:
    assert verify_digital_signatures(edited_after_signing(BY_JANE)) == (signature(state="altered"),)


def test_edit_between_two_signatures_alters_the_first_alone() -> None:
    content = signed_pdf(edited_after_signing(BY_JANE), LUIS, field="Signature 2")

    assert states(content) == [(JANE, "altered"), (LUIS, "valid")]


def test_edit_after_two_signatures_alters_both() -> None:
    content = edited_after_signing(signed_twice(LETTER, JANE, LUIS))

    assert states(content) == [(JANE, "altered"), (LUIS, "altered")]


def test_changed_byte_breaks_the_signature() -> None:
    assert verify_digital_signatures(broken_signature(BY_JANE)) == (signature(state="broken"),)


def test_changed_words_break_the_signature() -> None:
    content = BY_JANE.replace(b"We commit", b"We wonder")

    assert content != BY_JANE
    assert verify_digital_signatures(content) == (signature(state="broken"),)


def test_empty_lines_after_the_end_change_nothing() -> None:
    assert verify_digital_signatures(BY_JANE + b"\r\n\r\n") == (signature(),)


def test_weak_hash_proves_nothing() -> None:
    content = signed_pdf(LETTER, JANE, digest="sha1")

    assert verify_digital_signatures(content) == (signature(state="unverified"),)


@pytest.mark.parametrize("kind", [b"adbe.pkcs7.sha1____", b"nobody.knows.this__"])
def test_unknown_kind_of_signature_is_unverified(kind: bytes) -> None:
    content = BY_JANE.replace(b"adbe.pkcs7.detached", kind)

    assert states(content) == [(JANE, "unverified")]


def test_bare_signature_is_unverified_with_the_name_beside_it() -> None:
    """`adbe.x509.rsa_sha1`: the certificate lies beside a signature that is no CMS structure."""
    found = re.search(rb"<(3082[0-9A-F]+)>", BY_JANE)
    assert found is not None
    contents = bytes.fromhex(found[1].decode())
    start = contents.index(b"\x30\x82", contents.index(b"\xa0\x82", 30))
    certificate = contents[start : start + 4 + int.from_bytes(contents[start + 2 : start + 4])]
    instead = b"<" + b"04" * 256 + b"> /Cert <" + certificate.hex().encode() + b">"
    content = BY_JANE.replace(found[0], instead.ljust(len(found[0])), 1)
    content = content.replace(b"adbe.pkcs7.detached", b"adbe.x509.rsa_sha1 ")

    assert len(content) == len(BY_JANE)
    assert verify_digital_signatures(content) == (signature(state="unverified"),)


def test_time_stamp_of_the_document_is_no_persons_signature() -> None:
    content = signed_pdf(LETTER, JANE, subfilter=SigSeedSubFilter.ETSI_RFC3161)

    assert verify_digital_signatures(content) == ()


def test_signature_that_covers_another_part_is_unverified() -> None:
    """A second gap, behind which anything could have been put in."""
    content = re.sub(
        rb"/ByteRange \[0 (\d+) (\d+) (\d+)\]",
        lambda found: (b"/ByteRange [0 %b 0 0]" % found[1]).ljust(len(found[0])),
        BY_JANE,
    )

    assert content != BY_JANE
    assert states(content) == [(JANE, "broken")]


@pytest.mark.parametrize(
    ("organization", "name", "signer"),
    [
        ("Lakeside Community Health", "", "Lakeside Community Health"),
        ("Lakeside Community Health", JANE, JANE),
        ("", "José Ángel de la Peña", "José Ángel de la Peña"),
        ("", "Jane\t\n Okafor\x07", "Jane Okafor"),
    ],
)
def test_signer_is_the_person_or_else_the_organization(
    organization: str, name: str, signer: str
) -> None:
    content = signed_pdf(LETTER, name, organization=organization, box=None)

    assert states(content) == [(signer, "valid")]


def test_signer_of_ones_own_making_is_not_trusted() -> None:
    (found,) = verify_digital_signatures(BY_JANE, trust_roots=[authority()])

    assert found == signature(trusted=False)


def test_signer_whom_an_authority_vouches_for_is_trusted() -> None:
    content = signed_pdf(LETTER, JANE, by_authority=True)

    assert verify_digital_signatures(content, trust_roots=[authority()]) == (
        signature(trusted=True),
    )
    assert verify_digital_signatures(content) == (signature(trusted=False),)


def test_authority_is_asked_about_the_time_of_signing() -> None:
    late = signed_pdf(LETTER, JANE, by_authority=True, at=datetime(2041, 1, 1, tzinfo=UTC))
    (found,) = verify_digital_signatures(late, trust_roots=[authority()])

    assert (found.state, found.trusted) == ("valid", False)


@pytest.mark.parametrize(("editions", "trusted"), [(3, True), (4, False)])
def test_ways_to_an_authority_that_multiply_are_not_followed(editions: int, trusted: bool) -> None:
    beside = tuple(authority(edition) for edition in range(1, editions + 1))
    content = signed_pdf(LETTER, JANE, by_authority=True, beside=beside)

    assert verify_digital_signatures(content, trust_roots=[authority()]) == (
        signature(trusted=trusted),
    )


def test_broken_signature_is_not_trusted() -> None:
    content = broken_signature(signed_pdf(LETTER, JANE, by_authority=True))

    assert verify_digital_signatures(content, trust_roots=[authority()]) == (
        signature(state="broken", trusted=False),
    )


@pytest.mark.parametrize("root", [b"", b"nothing", b"-----BEGIN CERTIFICATE-----"])
def test_trust_root_that_is_no_certificate_is_refused(root: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        verify_digital_signatures(BY_JANE, trust_roots=[root])


def encrypted(content: bytes, *, user: str = "") -> bytes:
    writer = copy_into_new_writer(PdfFileReader(io.BytesIO(content)))
    writer.encrypt(owner_pass="owner", user_pass=user, pdf_mac=False)
    output = io.BytesIO()
    writer.write(output)
    return output.getvalue()


def test_signature_in_a_file_with_an_owner_password_is_valid() -> None:
    assert states(signed_pdf(encrypted(LETTER), JANE)) == [(JANE, "valid")]


def test_file_that_is_locked_is_unverified() -> None:
    assert verify_digital_signatures(encrypted(LETTER, user="secret") + b"/ByteRange") == (UNKNOWN,)


def hybrid(content: bytes) -> bytes:
    """Return the PDF with a compressed table of objects beside the plain one, as Word writes it."""
    size = int(re.findall(rb"/Size (\d+)", content)[-1])
    previous = int(re.findall(rb"startxref\s+(\d+)", content)[-1])
    root = re.findall(rb"/Root (\d+ 0 R)", content)[-1]
    head = content if content.endswith(b"\n") else content + b"\n"
    rows = zlib.compress(b"\1" + len(head).to_bytes(4, "big") + b"\0")
    table = (
        b"%d 0 obj\n<< /Type /XRef /Size %d /W [1 4 1] /Index [%d 1] /Root %b /Filter /FlateDecode"
        b" /Length %d >>\nstream\n%b\nendstream\nendobj\n"
        % (size, size + 1, size, root, len(rows), rows)
    )
    start = len(head) + len(table)
    return (
        head + table + b"xref\n0 0\ntrailer\n<< /Size %d /Root %b /Prev %d /XRefStm %d >>\n"
        b"startxref\n%d\n%%%%EOF\n" % (size + 1, root, previous, len(head), start)
    )


def test_signature_in_a_file_that_word_wrote_is_checked_as_any_other() -> None:
    by_word = hybrid(LETTER)
    signed = signed_pdf(by_word, JANE)

    assert PdfFileReader(io.BytesIO(by_word)).xrefs.hybrid_xrefs_present
    assert states(signed) == [(JANE, "valid")]
    assert states(edited_after_signing(signed)) == [(JANE, "altered")]


def test_edit_of_a_file_that_breaks_the_rules_cannot_be_told() -> None:
    start = int(re.findall(rb"startxref\s+(\d+)", LETTER)[-1])
    careless = LETTER.replace(b"startxref\n%d" % start, b"startxref\n%d" % (start + 1))
    content = signed_pdf(careless, JANE)

    assert states(content) == [(JANE, "unverified")]
    assert states(broken_signature(content)) == [(JANE, "broken")]


def pdf_of(*objects: bytes, trailer: bytes = b"") -> bytes:
    """Return a PDF of these objects, numbered from 1; the first is its root."""
    content = b"%PDF-1.7\n% /ByteRange\n"
    places: list[int] = []
    for number, body in enumerate(objects, 1):
        places.append(len(content))
        content += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        content
        + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
        + table
        + b"trailer\n<< /Size %d /Root 1 0 R %b >>\nstartxref\n%d\n%%%%EOF\n"
        % (len(objects) + 1, trailer, len(content))
    )


ROOT = b"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [3 0 R] >> >>"
PAGES = b"<< /Type /Pages /Kids [] /Count 0 >>"


def test_signatures_are_counted_up_to_a_limit() -> None:
    many = MOST_SIGNATURES + 5
    fields = b" ".join(b"%d 0 R" % (number + 3) for number in range(many))
    root = b"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [%b] >> >>" % fields
    values = [
        b"<< /T (%d) /FT /Sig /V << /Type /Sig /Contents (x) >> >>" % number
        for number in range(many)
    ]

    assert verify_digital_signatures(pdf_of(root, PAGES, *values)) == (UNKNOWN,) * MOST_SIGNATURES


def test_field_that_is_its_own_child_is_unverified() -> None:
    content = pdf_of(ROOT, PAGES, b"<< /T (a) /FT /Sig /Kids [3 0 R] >>")

    assert verify_digital_signatures(content) == (UNKNOWN,)


def test_fields_whose_ways_multiply_are_given_up() -> None:
    doubled = [
        b"<< /T (a) /FT /Sig /Kids [%d 0 R %d 0 R] >>" % (number + 4, number + 4)
        for number in range(40)
    ]
    content = pdf_of(ROOT, PAGES, *doubled, b"<< /T (a) /FT /Sig >>")

    assert verify_digital_signatures(content) == (UNKNOWN,)


def test_objects_whose_ways_multiply_are_given_up() -> None:
    """Looking where a changed object was used before follows every way to it."""
    ladder = [b"[%d 0 R %d 0 R]" % (number + 4, number + 4) for number in range(40)]
    root = b"<< /Type /Catalog /Pages 2 0 R /Names 3 0 R >>"
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] >>"
    pages = b"<< /Type /Pages /Kids [44 0 R] /Count 1 >>"
    content = pdf_of(root, pages, *ladder, b"[]", page)
    signed = signed_pdf(content, JANE, box=None)

    assert states(signed) == [(JANE, "valid")]
    assert states(signed_pdf(signed, LUIS, field="Signature 2", box=None)) == [
        (JANE, "unverified"),
        (LUIS, "valid"),
    ]


def test_file_of_very_many_revisions_is_not_followed() -> None:
    root = re.findall(rb"/Root (\d+ 0 R)", BY_JANE)[-1]
    previous = int(re.findall(rb"startxref\s+(\d+)", BY_JANE)[-1])
    content = BY_JANE + b"\n"
    for _ in range(150):
        start = len(content)
        content += (
            b"xref\n0 0\ntrailer\n<< /Size 99 /Root %b /Prev %d >>\nstartxref\n%d\n%%%%EOF\n"
            % (root, previous, start)
        )
        previous = start

    assert verify_digital_signatures(content) == (signature(state="unverified"),)


def test_tables_that_refer_to_themselves_are_unverified() -> None:
    content = pdf_of(ROOT, PAGES, b"<< /T (a) /FT /Sig >>", trailer=b"/Prev 0000")
    start = int(re.findall(rb"startxref\s+(\d+)", content)[-1])

    assert verify_digital_signatures(content.replace(b"/Prev 0000", b"/Prev %4d" % start)) == (
        UNKNOWN,
    )


@pytest.mark.parametrize(
    "value",
    [
        b"<< /Type /Sig /Contents <31> >>",
        b"<< /Type /Sig /Contents <30820000> /ByteRange [0 1 2 3] >>",
        b"<< /Type /Sig /Contents (x) /ByteRange 7 /SubFilter /adbe.pkcs7.detached >>",
        b"<< /Type /Sig /Contents (x) /M (D:00010101) /Cert (x) >>",
        b"<< /Type /Sig /Contents (x) /M 7 /Cert [] >>",
    ],
)
def test_signature_that_makes_no_sense_is_unverified(value: bytes) -> None:
    content = pdf_of(ROOT, PAGES, b"<< /T (a) /FT /Sig /V 4 0 R >>", value)

    assert verify_digital_signatures(content) == (UNKNOWN,)


@pytest.mark.parametrize("value", [b"7", b"(text)", b"<< /Type /Sig >>", b"null"])
def test_field_without_a_signature_in_it_is_no_signature(value: bytes) -> None:
    content = pdf_of(ROOT, PAGES, b"<< /T (a) /FT /Sig /V 4 0 R >>", value)

    assert verify_digital_signatures(content) == ()


def test_nothing_about_a_signature_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    for content in (
        edited_after_signing(BY_JANE),
        broken_signature(BY_JANE),
        signed_pdf(LETTER, JANE, digest="sha1"),
    ):
        verify_digital_signatures(content, trust_roots=[authority()])

    assert [record for record in caplog.records if record.name.startswith("pyhanko")] == []


def test_files_are_made_alike_each_time() -> None:
    assert signed_twice(LETTER, JANE, LUIS) == signed_twice(LETTER, JANE, LUIS)
    assert filled_after_signing(LETTER, JANE) == filled_after_signing(LETTER, JANE)
    assert edited_after_signing(BY_JANE) == edited_after_signing(BY_JANE)


@settings(max_examples=60, deadline=None)
@given(place=st.integers(0, len(BY_JANE) - 1), value=st.integers(0, 255))
def test_any_changed_byte_leaves_no_valid_signature_of_another_text(place: int, value: int) -> None:
    content = BY_JANE[:place] + bytes([value]) + BY_JANE[place + 1 :]
    hexadecimal = BY_JANE.index(b"/Contents <3082") + len(b"/Contents <")
    behind = BY_JANE.index(b">", hexadecimal)
    found = verify_digital_signatures(content)

    if content != BY_JANE and not hexadecimal <= place < behind:
        assert all(item.state in {"broken", "unverified"} for item in found)


@settings(max_examples=60, deadline=None)
@given(cut=st.integers(0, len(BY_JANE)), noise=st.binary(max_size=40))
def test_no_content_raises(cut: int, noise: bytes) -> None:
    verify_digital_signatures(BY_JANE[:cut] + noise + BY_JANE[cut:])
    verify_digital_signatures(BY_JANE[:cut] + noise)
    verify_digital_signatures(noise + b"/ByteRange" + noise)
