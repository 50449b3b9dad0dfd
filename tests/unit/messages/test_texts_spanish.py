"""What applicants read who read Spanish: all of a notice but the words of others."""

import re
from datetime import timedelta
from typing import Any

import pytest
from inline_snapshot import snapshot

from roundtable.domain.notices import NoticeKind
from roundtable.messages.render import RenderedNotice
from roundtable.messages.sign_in import render_sign_in
from roundtable.texts.languages import language, speaking
from tests.factories import make_program
from tests.unit.messages.samples import SAMPLES, SESSIONS, SITE, show, words

COLLEAGUES = {NoticeKind.REVIEW_ASKED, NoticeKind.REVIEW_REMINDER, NoticeKind.STAFF_ALERT}
KINDS = [kind for kind in NoticeKind if kind not in COLLEAGUES]
ENGLISH = re.compile(
    r"\b(?:your|the|you|application|please|team|place|answer|decision|until|received|by|left|"
    r"Monday|Friday|October|Reference|Track|Program|Deadline|Feedback)\b",
    re.IGNORECASE,
)
OF_OTHERS = (
    "Fellowship Office",
    "Fellowship 2022",
    "Letter of commitment",
    "The letter is not signed by the Board Chair.",
    "Please sign it.",
    "Your aims are clear.",
    "Tell us more about",
    "how you use data.",
    "office@fellowship.example",
)


def in_spanish(kind: NoticeKind, **changes: Any) -> RenderedNotice:
    about = SAMPLES[kind].application.with_(language="es")
    return show(kind, application=about, program=make_program(sessions=SESSIONS), **changes)


@pytest.mark.parametrize("kind", KINDS)
def test_notice_is_spanish_but_for_the_words_of_others(kind: NoticeKind) -> None:
    shown = in_spanish(kind)
    text = re.sub(r"https://\S+", "", f"{shown.subject}\n{shown.text}")
    for theirs in OF_OTHERS:
        text = text.replace(theirs, "")
    assert ENGLISH.findall(text) == []
    assert shown.language == "es"
    assert '<html lang="es">' in shown.html
    assert language() == "en"


@pytest.mark.parametrize("kind", sorted(COLLEAGUES))
def test_reviewers_and_staff_read_english_whatever_the_page_speaks(kind: NoticeKind) -> None:
    with speaking("es"):
        spanish = in_spanish(kind)
    assert spanish == show(kind, program=make_program(sessions=SESSIONS))
    assert spanish.language == "en"


def test_second_contact_reads_the_language_of_the_application() -> None:
    assert in_spanish(NoticeKind.RECEIPT, to="second_contact").text.startswith("Hola, Ben Ash:\n")


def test_words_of_others_are_marked_with_their_language() -> None:
    own = {"enrolled": {"opening": "Welcome.", "closing": "With hope."}}
    program = make_program(sessions=SESSIONS, notices=own)
    about = SAMPLES[NoticeKind.ENROLLED].application.with_(language="es")
    html = show(NoticeKind.ENROLLED, application=about, program=program).html
    assert _english_in(html) == ["Welcome.", "Kick-off", "Measuring", "With hope."]
    assert _english_in(in_spanish(NoticeKind.NOT_SELECTED).html)[0] == "Your aims are clear."
    assert "lang=" not in show(NoticeKind.NOT_SELECTED).html.replace('<html lang="en">', "")


def _english_in(html: str) -> list[str]:
    return [found.strip() for found in re.findall(r' lang="en">([^<]*)', html)]


def test_invitation_word_for_word() -> None:
    assert words(in_spanish(NoticeKind.INVITATION)) == snapshot("""\
Subject: Fellowship 2022: su invitación a Residency (FW-TEST-0001)

Hola, Ada Brook:

Enhorabuena. Nos alegra invitar a su equipo a participar en Residency.

Número de referencia: FW-TEST-0001
Programa: Fellowship 2022
Modalidad: Residency
Organización: St. Mary's Hospital
Decisión sobre Residency: Invitación a participar
Responda a más tardar el: lunes, 17 de octubre de 2022, 23:59 EDT

Qué hacer ahora:

Díganos a más tardar el lunes, 17 de octubre de 2022, 23:59 EDT si su equipo acepta la plaza.
Puede responder sí o no en la página de su solicitud. Si para entonces no hay respuesta, la
plaza pasa a otro equipo.

Ver su solicitud: https://apply.example.org/programs/fellowship/applications/FW-TEST-0001

Si tiene alguna pregunta, responda a este mensaje.

Fellowship Office\
""")


def test_corrections_word_for_word() -> None:
    assert words(in_spanish(NoticeKind.CORRECTIONS)) == snapshot("""\
Subject: Fellowship 2022: falta algo en su solicitud (FW-TEST-0001)

Hola, Ada Brook:

Hemos revisado su solicitud y necesitamos algo más de usted. No es un rechazo: una vez
corregido, su solicitud sigue adelante.

Número de referencia: FW-TEST-0001
Programa: Fellowship 2022
Modalidad: Residency
Organización: St. Mary's Hospital
Fecha límite: viernes, 21 de octubre de 2022, 23:59 EDT

Lo que debe corregir:

* Letter of commitment
  The letter is not signed by the Board Chair.

  Please sign it.

Hágalo a más tardar el viernes, 21 de octubre de 2022, 23:59 EDT (quedan 18 días).

Solo puede cambiar lo que se indica aquí; todo lo demás queda como lo envió. La hora en que
recibimos su solicitud no cambia.

Ver su solicitud: https://apply.example.org/programs/fellowship/applications/FW-TEST-0001

Si algo no está claro, responda a este mensaje y le ayudaremos.

Fellowship Office\
""")


def test_sign_in_code_is_mailed_in_the_language_of_the_page() -> None:
    shown = render_sign_in(
        "48151623",
        make_program(),
        site_url=SITE,
        valid_for=timedelta(minutes=10),
        language="es",
    )
    assert shown.language == "es"
    assert "48151623" not in shown.subject
    assert words(shown) == snapshot("""\
Subject: Su código para entrar en Fellowship 2022

Hola:

Este es su código para entrar en Fellowship 2022:

48151623

Escríbalo en la página donde lo pidió (https://apply.example.org/programs/fellowship). Solo se
puede usar una vez, en un plazo de 10 minutos.

Si no pidió ningún código, puede ignorar este mensaje. No dé el código a nadie: nadie de
Fellowship Office se lo pedirá.

Fellowship Office\
""")
