"""Draws form fields with the components of GOV.UK Frontend; all of these are called by templates.

`field_of` draws a field of any kind. What a field says is data, never markup.
"""

from collections.abc import Callable, Iterable
from typing import Literal, cast

from markupsafe import Markup, escape

from roundtable.web.pages import csrf
from roundtable.web.pages.fields import Field, Kind, Option
from roundtable.web.pages.govuk import govuk
from roundtable.web.pages.texts import direction, language
from roundtable.web.pages.texts import gettext as _

Params = dict[str, object]
Look = Literal["", "secondary", "warning"]

_SHORT_LABEL = 12
_INPUT: dict[Kind, Params] = {
    "text": {},
    "email": {"type": "email", "autocapitalize": "none", "spellcheck": False},
    "tel": {"type": "tel", "spellcheck": False},
    "url": {"type": "url", "autocapitalize": "none", "spellcheck": False},
    "number": {"inputmode": "numeric"},
    "code": {
        "inputmode": "numeric",
        "autocomplete": "one-time-code",
        "spellcheck": False,
        "classes": "govuk-input--extra-letter-spacing",
    },
}
"""What browsers help with. Numbers and codes stay texts: spaces in them are forgiven."""


def text_input(field: Field) -> Markup:
    """Draw a field of one line."""
    more = _INPUT.get(field.kind, {})
    classes = [str(more.get("classes", ""))]
    if field.width:
        classes.append(f"govuk-input--width-{field.width}")
    given: Params = {"autocomplete": field.autocomplete} if field.autocomplete else {}
    return _drawn(
        "input",
        {**_common(field), **more, **given, "classes": " ".join(classes).strip()},
    )


def text_area(field: Field) -> Markup:
    """Draw a field of several lines; with a limit, it says how many words or characters are left.

    The limit is told, not enforced: nothing that was typed is cut off.
    """
    params: Params = {**_common(field), "rows": field.rows, "spellcheck": True}
    if field.disabled or not (field.max_words or field.max_length):
        return _drawn("textarea", params)
    return _drawn("character_count", {**params, **_limit(field)})


def radio_buttons(field: Field) -> Markup:
    """Draw options of which one can be chosen."""
    return _drawn("radios", {**_choices(field), "classes": _in_a_row(field.options)})


def check_boxes(field: Field) -> Markup:
    """Draw options of which any number can be chosen."""
    return _drawn("checkboxes", _choices(field))


def drop_down(field: Field) -> Markup:
    """Draw a list to choose one option from; it begins with none."""
    nothing: Params = {"value": "", "text": _("Please choose"), "selected": not field.value}
    items = [nothing, *(_item(field, option, "selected") for option in field.options)]
    return _drawn("select", {**_common(field), "items": items})


def file_upload(field: Field) -> Markup:
    """Draw a field for a file of the types in `accept`."""
    accepted = {"attributes": {"accept": field.accept}} if field.accept else {}
    return _drawn("file_upload", {**_common(field), **accepted})


def field_of(field: Field) -> Markup:
    """Draw a field as its kind asks for."""
    return _DRAW.get(field.kind, text_input)(field)


def fields_of(fields: Iterable[Field]) -> Markup:
    """Draw fields one below the other."""
    return Markup("\n").join(field_of(field) for field in fields)


def hidden_csrf(token: str) -> Markup:
    """Draw the hidden token that each form of somebody signed in carries."""
    return Markup('<input type="hidden" name="{}" value="{}">').format(csrf.FIELD, token)


def submit_button(text: str, look: Look = "", *, name: str = "", value: str = "") -> Markup:
    """Draw a button that sends its form, once even when it is clicked twice.

    A page has one button without a look: its main action.
    """
    return _drawn(
        "button",
        {
            "text": text,
            "type": "submit",
            "preventDoubleClick": True,
            **({"name": name, "value": value} if name else {}),
            **_look(look),
        },
    )


def link_button(text: str, href: str, look: Look = "") -> Markup:
    """Draw a link that looks like a button, for going on without sending anything."""
    return _drawn("button", {"text": text, "href": href, **_look(look)})


_DRAW: dict[Kind, Callable[[Field], Markup]] = {
    "long": text_area,
    "one": radio_buttons,
    "some": check_boxes,
    "list": drop_down,
    "file": file_upload,
}


def _drawn(component: str, params: Params) -> Markup:
    return Markup(cast("str", getattr(govuk, component)(params)).strip())  # noqa: S704 (escaped by the macro)


def _common(field: Field) -> Params:
    """Return what every component but the choices takes."""
    heading: Params = {"isPageHeading": field.is_heading, "classes": _size("label", field)}
    return {
        "id": field.id,
        "name": field.name,
        "value": field.value,
        "disabled": field.disabled,
        "label": {**_label(field), **heading},
        **_said_with(field),
    }


def _choices(field: Field) -> Params:
    legend: Params = {
        **_label(field),
        "isPageHeading": field.is_heading,
        "classes": _size("fieldset__legend", field),
    }
    return {
        "idPrefix": field.id,
        "name": field.name,
        "items": [_item(field, option, "checked") for option in field.options],
        "fieldset": {"legend": legend},
        **_said_with(field),
    }


def _item(field: Field, option: Option, chosen: str) -> Params:
    hint: Params = {"hint": _words(option.hint, field.language)} if option.hint else {}
    # A drop-down list holds no markup, and says its language nowhere.
    words = {"text": option.label} if chosen == "selected" else _words(option.label, field.language)
    return {
        "value": option.value,
        **words,
        chosen: option.value in field.values,
        "disabled": field.disabled or option.disabled,
        **hint,
    }


def _said_with(field: Field) -> Params:
    said: Params = {}
    if field.hint:
        said["hint"] = _words(field.hint, field.hint_language)
    if field.error:
        said["errorMessage"] = {"text": field.error, "visuallyHiddenText": _("Error")}
    return said


def _label(field: Field) -> Params:
    said = _words(field.label, field.language)
    if not field.optional:
        return said
    said_so = escape(_("%(label)s (optional)")) % {"label": said.get("html", field.label)}
    return {"html": said_so}


def _words(text: str, of: str) -> Params:
    """Return words for a component, marked where their language is not the page's."""
    if not of or of == language():
        return {"text": text}
    return {"html": Markup('<span lang="{}" dir="{}">{}</span>').format(of, direction(of), text)}


def _size(element: str, field: Field) -> str:
    return f"govuk-{element}--{'l' if field.is_heading else 's'}"


def _in_a_row(options: tuple[Option, ...]) -> str:
    """Put two short answers, such as yes and no, beside each other."""
    pair = 2
    short = len(options) == pair and all(
        len(o.label) <= _SHORT_LABEL and not o.hint for o in options
    )
    return "govuk-radios--inline" if short else ""


def _look(look: Look) -> Params:
    return {"classes": f"govuk-button--{look}"} if look else {}


def _limit(field: Field) -> Params:
    """Return the limit with its words; the browser fills in `%{count}`."""
    if field.max_words:
        return {
            "maxlength": field.max_words,
            "attributes": {"data-count-type": "words"},
            "textareaDescriptionText": _("You can write up to %{count} words"),
            "wordsUnderLimitText": {
                "one": _("You have %{count} word left"),
                "other": _("You have %{count} words left"),
            },
            "wordsAtLimitText": _("You have 0 words left"),
            "wordsOverLimitText": {
                "one": _("You have %{count} word too many"),
                "other": _("You have %{count} words too many"),
            },
        }
    return {
        "maxlength": field.max_length,
        "textareaDescriptionText": _("You can write up to %{count} characters"),
        "charactersUnderLimitText": {
            "one": _("You have %{count} character left"),
            "other": _("You have %{count} characters left"),
        },
        "charactersAtLimitText": _("You have 0 characters left"),
        "charactersOverLimitText": {
            "one": _("You have %{count} character too many"),
            "other": _("You have %{count} characters too many"),
        },
    }
