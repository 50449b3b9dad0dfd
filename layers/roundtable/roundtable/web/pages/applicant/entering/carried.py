"""What a browser carries for a while before somebody is signed in."""

import base64
import binascii
import re
from collections.abc import Mapping

from aws_lambda_powertools.shared.cookies import Cookie

from roundtable.domain.eligibility import answers_that_count
from roundtable.domain.program import Program
from roundtable.usecases.applying.sign_in import CODE_VALID_FOR
from roundtable.web.pages.cookies import cookie

ELIGIBILITY = "__Host-eligibility"
"""Answers to the questions before the form: keys of a program file, nothing that was typed."""
ADDRESS = "__Host-address"
"""The address to which a code was sent, so that the page to type it survives being reloaded."""
AN_HOUR_IN_SECONDS = 3_600

_ANSWER = re.compile(r"([a-z][a-z0-9-]*)=([a-z][a-z0-9-]*)")


def carry_answers(program: Program, answers: Mapping[str, str]) -> Cookie:
    """Return the cookie that carries answers for an hour: `program~question=option~…`."""
    counted = answers_that_count(program, answers)
    told = "~".join([program.key, *(f"{key}={value}" for key, value in counted.items())])
    return cookie(ELIGIBILITY, told, seconds=AN_HOUR_IN_SECONDS)


def carried_answers(program: Program, cookies: Mapping[str, str]) -> dict[str, str]:
    """Return the answers that were carried for this program, as far as it offers them."""
    of, *told = cookies.get(ELIGIBILITY, "").split("~")
    if of != program.key:
        return {}
    pairs = (found.groups() for part in told if (found := _ANSWER.fullmatch(part)))
    return answers_that_count(program, {str(key): str(value) for key, value in pairs})


def carry_address(email: str) -> Cookie:
    """Return the cookie that carries an address for as long as a code is valid."""
    told = base64.urlsafe_b64encode(email.encode()).decode()
    return cookie(ADDRESS, told, seconds=int(CODE_VALID_FOR.total_seconds()))


def carried_address(cookies: Mapping[str, str]) -> str:
    """Return the address that was carried, or an empty text."""
    try:
        return base64.urlsafe_b64decode(cookies.get(ADDRESS, "").encode()).decode()
    except (binascii.Error, ValueError):
        return ""
