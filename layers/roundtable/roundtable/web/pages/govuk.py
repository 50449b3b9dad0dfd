"""The component macros of GOV.UK Frontend."""

from functools import cache
from typing import cast

from jinja2 import Environment, PackageLoader, PrefixLoader
from jinja2.runtime import Macro

from roundtable.web.pages.compiled import loader_for

_PACKAGE = "govuk_frontend_jinja"


class Govuk:
    """The macros by name: `govuk.character_count({…})`; each is compiled when first used.

    Their parameters are optional by being undefined, so they live in an environment of their own
    while ours refuses whatever a page forgot to give.
    """

    def __getattr__(self, name: str) -> Macro:
        """Return a component's macro: `character_count` for govukCharacterCount.

        Raises TemplateNotFound where there is no such component.
        """
        if name.startswith("_"):
            raise AttributeError(name)
        return _macro(name)


govuk = Govuk()


@cache
def _macro(name: str) -> Macro:
    words = name.split("_")
    template = components().get_template(f"{_PACKAGE}/components/{'-'.join(words)}/macro.html")
    return cast("Macro", getattr(template.module, "govuk" + "".join(map(str.title, words))))


@cache
def components() -> Environment:
    """Return the environment of the components: escaped like ours, forgiving about parameters."""
    return Environment(
        loader=loader_for("govuk", PrefixLoader({_PACKAGE: PackageLoader(_PACKAGE)})),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
