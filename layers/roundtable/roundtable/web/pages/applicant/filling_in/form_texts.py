"""A form as the texts of its fields, so that what is saved and what is typed look the same."""

from collections.abc import Iterator, Mapping
from typing import cast

from roundtable.domain.application import Form
from roundtable.usecases.applying.parts import Place, pointer, values_at
from roundtable.web.pages.posted import Posted

Texts = Mapping[str, tuple[str, ...]]
"""Values by the name of their field, which is a JSON pointer."""


def texts_of(form: Form, places: tuple[Place, ...]) -> Texts:
    """Return the texts of a part of a form; empty ones are left out."""
    part = {pointer(place): value for place, value in values_at(form, places).items()}
    dumped = form.model_dump(mode="json")
    found: dict[str, tuple[str, ...]] = {}
    for name in part:
        found.update(_texts(name, _at(dumped, name)))
    return found


def typed_texts(form: Posted) -> Texts:
    """Return the texts of a form that was sent, as they would be saved."""
    return {
        name: tuple(plain(value) for value in values)
        for name, values in form.fields.items()
        if name.startswith("/")
    }


def plain(value: str) -> str:
    """Return a text without the spaces around it; browsers send line ends in pairs."""
    return value.replace("\r\n", "\n").strip()


def _at(dumped: object, name: str) -> object:
    for step in name.strip("/").split("/"):
        dumped = cast("dict[str, object]", dumped)[step]
    return dumped


def _texts(name: str, value: object) -> Iterator[tuple[str, tuple[str, ...]]]:
    match value:
        case dict():
            for key, inner in cast("dict[str, object]", value).items():
                yield from _texts(f"{name}/{key}", inner)
        case list():
            items = cast("list[object]", value)
            if any(isinstance(item, dict) for item in items):
                for number, item in enumerate(items):
                    yield from _texts(f"{name}/{number}", item)
            else:
                yield name, tuple(str(item) for item in items)
        case bool():
            yield name, ("yes" if value else "no",)
        case None | "":
            return
        case _:
            yield name, (str(value),)
