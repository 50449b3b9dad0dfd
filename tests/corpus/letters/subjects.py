"""Letters in which the organization, the program, the date or the language is the question."""

from tests.corpus.cases import accepted, asked_about, returned
from tests.corpus.making.letter import COMMITS, LUIS, Letter, signer

_FIRST_PERSON = (
    "We support this work without reserve and are proud of the team that is applying.",
    "Our CEO and our Board Chair will meet with it every month.",
)

_ORGANIZATIONS = (
    accepted(
        "saint-marys-for-st-marys.pdf",
        Letter(organization="Saint Marys Hospital"),
        "“St. Mary's” in the form and “Saint Marys Hospital” in the letter are the same.",
        organization="St. Mary's",
    ),
    accepted(
        "st-marys-for-saint-marys.docx",
        Letter(organization="St. Mary\u2019s Hospital & Health Center"),
        "The same saint abbreviated, with a typographic apostrophe and an ampersand.",
        organization="Saint Mary's Hospital and Health Center",
    ),
    accepted(
        "university-hospital-abbreviated.pdf",
        Letter(organization="Univ. of Springfield Med. Ctr."),
        "Abbreviated as on the letterhead: the same medical center.",
        organization="University of Springfield Medical Center",
    ),
    accepted(
        "diacritics.pdf",
        Letter(organization="Clínica Niños Unidos"),
        "The form was filled in without accents.",
        organization="Clinica Ninos Unidos",
    ),
    accepted(
        "organization-with-legal-suffix.pdf",
        Letter(organization="Lakeside Community Health, Inc."),
        "“Inc.” is the same organization.",
    ),
    returned(
        "other-organization.pdf",
        Letter(
            organization="Riverbend Family Practice",
            letterhead=("Riverbend Family Practice", "12 Mill Lane, Riverbend"),
        ),
        "The letter is another organization's; the right one must be uploaded.",
    ),
    asked_about(
        "parent-system.docx",
        Letter(organization="Northern Lakes Health System"),
        "Perhaps the system that the applicant belongs to; an officer would ask.",
    ),
)
_PROGRAMS = (
    returned(
        "other-program.pdf",
        Letter(
            program="Age-Friendly Health Systems",
            body=(COMMITS[0], "We have discussed the aims of the 4Ms with the team."),
        ),
        "The letter commits to another program.",
    ),
    asked_about(
        "no-program-named.pdf",
        Letter(body=("{organization} supports this work without reserve.", *_FIRST_PERSON)),
        "It may be meant for this program or for any; an officer would ask.",
    ),
    accepted(
        "called-by-its-cohort.pdf",
        Letter(program="Action Community"),
        "The Action Community is a cohort of the program.",
    ),
    accepted(
        "program-in-capitals-over-a-line-break.docx",
        Letter(program="“PURSUING  EQUITY”"),
        "The program's name in capitals and quotation marks.",
    ),
)
_DATES = (
    asked_about(
        "dated-years-ago.pdf",
        Letter(date="October 3, 2019"),
        "Perhaps the letter of an earlier round, perhaps a slip; an officer would ask.",
    ),
    asked_about(
        "dated-in-the-future.pdf",
        Letter(date="March 3, 2023"),
        "A date after the close: a slip, or a letter of intent; an officer would ask.",
    ),
    accepted(
        "date-in-digits.pdf",
        Letter(date="10/3/2022"),
        "The date in digits is within the round.",
    ),
    accepted(
        "without-a-date.docx",
        Letter(date=""),
        "The call does not ask for a date; a current letter without one is taken.",
    ),
    accepted(
        "old-year-in-the-text.pdf",
        Letter(body=(*COMMITS, "We have worked on equity since March 3, 2017, and will go on.")),
        "An old date in the text is history, not the letter's date.",
    ),
)
_LANGUAGES = (
    asked_about(
        "spanish.pdf",
        Letter(
            organization="Clínica Niños Unidos",
            date="3 de octubre de 2022",
            greeting="Estimado comité de selección:",
            body=("En nombre de {organization} confirmamos nuestro compromiso con la iniciativa "
                  "{program} y con el equipo que presenta su solicitud.",),
            closing="Atentamente,",
            signers=(
                signer("María Estrada", "Directora General (CEO)"),
                signer("Luis Castillo", "Presidente de la Junta Directiva"),
            ),
        ),
        "A colleague who reads Spanish confirms what the titles mean.",
        organization="Clínica Niños Unidos",
    ),
    accepted(
        "right-to-left-text.docx",
        Letter(
            signers=(
                signer("فريد حداد", "Farid Haddad, President and CEO", mark="/s/ Farid Haddad"),
                LUIS,
            ),
            after=("", "مع خالص الشكر والتقدير"),
        ),
        "The CEO's name also in Arabic; everything that counts is there.",
    ),
    accepted(
        "chinese-names.docx",
        Letter(
            signers=(signer("陈静 (Jing Chen)", "President and CEO", mark="/s/ 陈静"),
                     signer("王伟 (Wei Wang)", "Board Chair", mark="/s/ 王伟")),
        ),
        "Both signed in Chinese characters above their names.",
    ),
    accepted(
        "names-with-diacritics-and-particles.pdf",
        Letter(
            signers=(signer("José Ángel de la Peña", "President and CEO"),
                     signer("Zoë van der Meer-O\u2019Brien", "Board Chair")),
        ),
        "Names are not all “Jane Doe”.",
    ),
)  # fmt: skip

SUBJECTS = (*_ORGANIZATIONS, *_PROGRAMS, *_DATES, *_LANGUAGES)
