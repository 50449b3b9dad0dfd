"""What a page's form sent: names are JSON pointers, values texts."""

from typing import cast

from roundtable.domain.model import Record


class Posted(Record):
    """The fields of a form by name, each with all its values, empty ones left out."""

    fields: dict[str, tuple[str, ...]]

    def one(self, name: str) -> str:
        """Return a field's first value without the spaces around it, or an empty text."""
        return next((value.strip() for value in self.fields.get(name, ())), "")

    def all(self, name: str) -> tuple[str, ...]:
        """Return all values of a field."""
        return self.fields.get(name, ())


def posted(body: object) -> Posted:
    """Return the form of a request whose body `reading.readable` turned into JSON.

    Anything but texts is left out: pages send nothing else.
    """
    content = cast("dict[str, object]", body) if isinstance(body, dict) else {}
    found: dict[str, tuple[str, ...]] = {}
    for name, value in content.items():
        values = cast("list[object]", value) if isinstance(value, list) else [value]
        if texts := tuple(item for item in values if isinstance(item, str)):
            found[name] = texts
    return Posted(fields=found)
