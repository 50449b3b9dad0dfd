"""Where in a request a value is wrong, and why, in plain words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import cast


@dataclass(frozen=True, slots=True)
class Detail:
    """One thing wrong: a JSON pointer into the body, or a parameter's name; and words for it."""

    of_body: bool
    place: str
    words: str


_WORDS = {
    "missing": "This field is missing.",
    "extra_forbidden": "There is no such field.",
    "string_type": "Give a text.",
    "string_too_short": "This must not be empty.",
    "string_too_long": "Use at most {max_length} characters.",
    "string_pattern_mismatch": "This is not written as it should be.",
    "bool_type": "Give true or false.",
    "bool_parsing": "Give true or false.",
    "int_type": "Give a whole number.",
    "int_parsing": "Give a whole number.",
    "int_from_float": "Give a whole number.",
    "list_type": "Give a list.",
    "tuple_type": "Give a list.",
    "too_long": "Give at most {max_length} of these.",
    "too_short": "Give at least {min_length} of these.",
    "dict_type": "Give an object with named fields.",
    "model_type": "Give an object with named fields.",
    "model_attributes_type": "Give an object with named fields.",
    "greater_than": "Give a number above {gt}.",
    "greater_than_equal": "Give a number of at least {ge}.",
    "less_than": "Give a number below {lt}.",
    "less_than_equal": "Give a number of at most {le}.",
    "enum": "Choose one of: {expected}.",
    "literal_error": "Choose one of: {expected}.",
    "date_from_datetime_parsing": "Give a date, such as 2022-10-21.",
    "date_parsing": "Give a date, such as 2022-10-21.",
    "datetime_parsing": "Give a date and time with its offset, such as 2022-10-21T12:00:00Z.",
    "datetime_from_date_parsing": "Give a date and time with its offset, "
    "such as 2022-10-21T12:00:00Z.",
    "timezone_aware": "Give the time with its offset, such as 2022-10-21T12:00:00Z.",
}
_OTHERWISE = "This value is not valid."
_NO_ADDRESS = "This is no e-mail address."


def field_problems(errors: Iterable[Mapping[str, object]], body: object) -> tuple[Detail, ...]:
    """Return one problem for each wrong place, in the order in which they were found.

    The places of a union's members are one place; what was sent is never repeated.
    """
    found: dict[tuple[bool, str], Detail] = {}
    for error in errors:
        loc = cast("Sequence[str | int]", error.get("loc") or ("body",))
        kind = str(error.get("type", ""))
        of_body = loc[0] == "body"
        place = json_pointer(loc[1:], body, missing=kind == "missing") if of_body else str(loc[-1])
        words = in_words(kind, error) if place else "The body is missing."
        if (of_body, place) in found and found[of_body, place].words != words:
            words = _OTHERWISE
        found[of_body, place] = Detail(of_body=of_body, place=place, words=words)
    return tuple(found.values())


def in_words(kind: str, error: Mapping[str, object]) -> str:
    """Return what a validation error means to the person who sent the value."""
    if kind == "value_error":
        return _NO_ADDRESS if "email" in str(error.get("msg", "")) else _OTHERWISE
    context = error.get("ctx")
    try:
        return _WORDS.get(kind, _OTHERWISE).format(
            **cast("dict[str, object]", context if isinstance(context, dict) else {})
        )
    except KeyError:
        return _OTHERWISE


def json_pointer(parts: Sequence[str | int], body: object, *, missing: bool) -> str:
    """Return the pointer (RFC 6901) to a part of the body, or to the field missing in it.

    Names that do not occur in the body are those of a union's members, and left out.
    """
    pointer = ""
    here = body
    for number, part in enumerate(parts):
        if isinstance(here, dict) and part in here:
            here = cast("dict[str | int, object]", here)[part]
        elif (
            isinstance(here, list)
            and isinstance(part, int)
            and part < len(cast("list[object]", here))
        ):
            here = cast("list[object]", here)[part]
        elif not (missing and number == len(parts) - 1):
            continue
        pointer += "/" + str(part).replace("~", "~0").replace("/", "~1")
    return pointer
