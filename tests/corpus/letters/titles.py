"""Letters in which the titles are the question."""

from tests.corpus.cases import CEO, DIRECTOR, accepted, asked_about, returned
from tests.corpus.making.letter import COMMITS, JANE, LUIS, Letter, signer

_NEUTRAL = (
    "{organization} supports the {program} initiative and the team that is applying. We look "
    "forward to learning with the other teams.",
)

_VARIANTS = (
    accepted(
        "chief-executive-and-chairperson.pdf",
        Letter(
            signers=(
                signer("Elena Estrada", "President & Chief Executive Officer"),
                signer("Samuel Greene", "Chairperson, Board of Directors"),
            )
        ),
        "Both titles in full; ampersand and “Chairperson” are usual.",
    ),
    accepted(
        "chief-executive-and-board-president.docx",
        Letter(
            signers=(
                signer("Farid Haddad", "Chief Executive"),
                signer("Rosa Morales", "President, Board of Trustees"),
            )
        ),
        "A Board President is the chair of the board; “Chief Executive” is the CEO.",
    ),
    accepted(
        "title-over-two-lines.pdf",
        Letter(
            signers=(
                signer("Grace Lindgren", "President and", "Chief Executive Officer"),
                signer(
                    "Hiroshi Nakamura", "Chair,", "Lakeside Community Health Board of Directors"
                ),
            )
        ),
        "Long titles run over two lines.",
    ),
    accepted(
        "chairman-and-ceo-in-one-person.pdf",
        Letter(signers=(signer("Nadia Ivanov", "Chairman of the Board and CEO"),)),
        "One person holds both offices and signs for both.",
    ),
    accepted(
        "executive-director.pdf",
        Letter(signers=(signer("Imani Brooks", "Founder and Executive Director"),), body=_NEUTRAL),
        "The program asks for the Executive Director here, and she signed.",
        signed_by=DIRECTOR,
    ),
    accepted(
        "abbreviated-titles.docx",
        Letter(
            signers=(
                signer("Keisha Jefferson, RN", "C.E.O."),
                signer("Jonah Abernathy", "Chair of the Board of Governors"),
            )
        ),
        "“C.E.O.” and a board of governors are what is asked for.",
    ),
)
_NEAR_MISSES = (
    returned(
        "vice-chair.pdf",
        Letter(signers=(JANE, signer("Omar Haddad", "Vice Chair, Board of Directors"))),
        "The Vice Chair signed, not the Board Chair.",
    ),
    returned(
        "chief-operating-officer.pdf",
        Letter(signers=(signer("Miriam Fontaine", "Chief Operating Officer"), LUIS)),
        "The COO signed, not the CEO.",
    ),
    asked_about(
        "interim-ceo.pdf",
        Letter(signers=(signer("Beatriz Castillo", "Interim CEO"), LUIS)),
        "An interim CEO may well be the CEO of the day; an officer would make sure.",
    ),
    returned(
        "former-ceo.docx",
        Letter(signers=(signer("Chen Kowalski", "Former President and CEO"), LUIS)),
        "A former CEO no longer speaks for the organization.",
    ),
    returned(
        "chief-of-staff-to-the-ceo.pdf",
        Letter(
            signers=(signer("Dolores Brooks", "Chief of Staff to the CEO"),),
            body=_NEUTRAL,
        ),
        "The CEO's chief of staff signed, not the CEO.",
        signed_by=CEO,
    ),
    returned(
        "copy-to-the-board-chair.pdf",
        Letter(signers=(JANE,), after=("", "cc: Luis Castillo, Board Chair")),
        "The Board Chair gets a copy and did not sign.",
    ),
    returned(
        "addressed-to-the-ceo.pdf",
        Letter(
            signers=(signer("Farid Haddad", "Director of Quality"),),
            receiver=("Jane Okafor, MD", "President and CEO", "Lakeside Community Health"),
            greeting="Dear Dr. Okafor,",
            body=("Thank you for your support of our team in the {program} initiative.",
                  "We hope that {organization} will sign the commitment soon."),
        ),
        "A manager's letter to the CEO; nobody who must sign did.",
        signed_by=CEO,
    ),
    asked_about(
        "signed-for-the-ceo.pdf",
        Letter(signers=(JANE.with_(mark="p.p. Dolores Brooks"), LUIS)),
        "Somebody signed on behalf of the CEO; whether that counts is the officer's to ask.",
    ),
    returned(
        "committee-chair.pdf",
        Letter(signers=(JANE, signer("Rosa Morales", "Chair, Quality Committee of the Board"))),
        "The chair of a committee of the board is not the chair of the board.",
    ),
    returned(
        "department-chair.docx",
        Letter(signers=(JANE, signer("Hiroshi Patel, MD", "Chair, Department of Medicine"))),
        "A department chair is not the Board Chair.",
    ),
    returned(
        "only-the-ceo.pdf",
        Letter(signers=(JANE,)),
        "Only the CEO signed; the Board Chair, whom the text mentions, did not.",
    ),
    returned(
        "only-the-board-chair.docx",
        Letter(signers=(LUIS,)),
        "Only the Board Chair signed; the CEO, whom the text mentions, did not.",
    ),
    returned(
        "ceo-mentioned-in-the-text-only.pdf",
        Letter(
            signers=(signer("Imani Greene", "Manager, Health Equity"),),
            body=(*COMMITS, "Jane Okafor, our President and CEO, has agreed to all of this."),
        ),
        "The CEO agrees by hearsay; a manager signed.",
        signed_by=CEO,
    ),
    returned(
        "director-of-a-department.pdf",
        Letter(signers=(signer("Priya Patel", "Executive Director, Cardiology Service Line"),),
               body=_NEUTRAL),
        "An executive director of a service line does not lead the organization.",
        signed_by=DIRECTOR,
    ),
)  # fmt: skip

TITLES = (*_VARIANTS, *_NEAR_MISSES)
