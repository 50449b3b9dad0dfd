"""Letters signed digitally, and what may become of them."""

from dataclasses import replace

from tests.corpus.cases import CEO, accepted, asked_about, returned
from tests.corpus.making.letter import JANE, LUIS, Letter, Mark, signer
from tests.corpus.making.pdf import pdf
from tests.factories.signed_pdfs import (
    broken_signature,
    edited_after_signing,
    emptied_signature,
    signed_pdf,
    signed_twice,
    with_empty_signature_field,
)

_UNSIGNED = tuple(one.with_(mark=Mark.NOTHING) for one in (JANE, LUIS))
_LETTER = Letter(signers=_UNSIGNED)
_OF_CEO = Letter(signers=_UNSIGNED[:1])
_CEO, _CHAIR = "Jane Okafor", "Luis Castillo"


def _by_ceo() -> bytes:
    return signed_pdf(pdf(_OF_CEO), _CEO)


DIGITAL = (
    accepted(
        "digital-ceo.pdf",
        _by_ceo,
        "Signed digitally by the CEO, with a certificate of her own; intact.",
        signed_by=CEO,
    ),
    accepted(
        "digital-both.pdf",
        lambda: signed_twice(pdf(_LETTER), _CEO, _CHAIR),
        "Both signed digitally, one after the other; both signatures hold.",
    ),
    accepted(
        "digital-by-authority.pdf",
        lambda: signed_twice(pdf(replace(_LETTER, layout="columns")), "OKAFOR.JANE.N.1234567890",
                             _CHAIR, by_authority=True),
        "An authority vouches for the CEO, whose certificate spells her name its own way.",
    ),
    accepted(
        "digital-and-typed.pdf",
        lambda: signed_pdf(pdf(Letter(signers=(_UNSIGNED[0], LUIS))), _CEO),
        "The CEO signed digitally, the Board Chair typed /s/.",
    ),
    accepted(
        "digital-invisible.pdf",
        lambda: signed_pdf(pdf(_OF_CEO), "Jane N. Okafor, MD", box=None),
        "The digital signature shows nowhere on the page and holds all the same.",
        signed_by=CEO,
    ),
    accepted(
        "digital-twenty-pages.pdf",
        lambda: signed_twice(pdf(replace(_LETTER, text_pages=18)), _CEO, _CHAIR, page=-1),
        "A long letter that both signed digitally.",
    ),
    returned(
        "digital-edited-afterwards.pdf",
        lambda: edited_after_signing(_by_ceo(), "The team will travel at its own cost."),
        "A line was added after the CEO had signed.",
        signed_by=CEO,
    ),
    returned(
        "digital-broken.pdf",
        lambda: broken_signature(_by_ceo()),
        "The signature does not fit the file; any PDF reader warns of it.",
        signed_by=CEO,
    ),
    returned(
        "digital-empty-field.pdf",
        lambda: with_empty_signature_field(pdf(_OF_CEO)),
        "A field waits for the digital signature.",
        signed_by=CEO,
    ),
    returned(
        "digital-prepared-not-signed.pdf",
        lambda: emptied_signature(_by_ceo()),
        "The field was prepared for signing and holds nothing.",
        signed_by=CEO,
    ),
    returned(
        "digital-by-somebody-else.pdf",
        lambda: signed_pdf(pdf(_OF_CEO), "Dolores Brooks"),
        "An assistant's certificate signed; the CEO did not.",
        signed_by=CEO,
    ),
    returned(
        "digital-chair-missing.pdf",
        lambda: signed_pdf(pdf(_LETTER), _CEO),
        "The CEO signed digitally; above the Board Chair's name there is nothing.",
    ),
    asked_about(
        "digital-of-the-organization.pdf",
        lambda: signed_pdf(pdf(_OF_CEO), "", organization="Lakeside Community Health"),
        "The organization's certificate signed; whether the CEO did is to be asked.",
        signed_by=CEO,
    ),
    accepted(
        "digital-other-spelling.pdf",
        lambda: signed_pdf(
            pdf(Letter(signers=(signer("José Ángel de la Peña", "CEO", mark=Mark.NOTHING),))),
            "Jose Angel de la Pena",
        ),
        "The certificate leaves the accents out; it is the CEO's.",
        signed_by=CEO,
    ),
)  # fmt: skip
