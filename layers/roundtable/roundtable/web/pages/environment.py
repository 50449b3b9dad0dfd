"""The Jinja environment of the pages, made once a process and when a page is first asked for."""

from functools import cache
from typing import Any, cast

from jinja2 import Environment, PackageLoader, StrictUndefined

from roundtable.web.pages import dates, forms, texts
from roundtable.web.pages.assets import address
from roundtable.web.pages.compiled import loader_for
from roundtable.web.pages.govuk import govuk


@cache
def environment() -> Environment:
    """Return the environment of our templates: always escaped, strict about what is missing."""
    made = Environment(
        loader=loader_for("pages", PackageLoader("roundtable.web.pages")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    # The extension adds this method to the environment.
    cast("Any", made).install_gettext_callables(texts.gettext, texts.ngettext, newstyle=True)
    names = cast("dict[str, object]", made.globals)
    names.update(
        govuk=govuk,
        asset=address,
        moment=dates.moment,
        deadline=dates.deadline,
        day=dates.day,
        period=dates.period,
        field_of=forms.field_of,
        fields_of=forms.fields_of,
        text_input=forms.text_input,
        text_area=forms.text_area,
        radio_buttons=forms.radio_buttons,
        check_boxes=forms.check_boxes,
        drop_down=forms.drop_down,
        file_upload=forms.file_upload,
        hidden_csrf=forms.hidden_csrf,
        submit_button=forms.submit_button,
        link_button=forms.link_button,
    )
    return made
