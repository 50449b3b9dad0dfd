"""Which of our languages a visitor reads best."""

from roundtable.web.pages.texts import LANGUAGES, SOURCE_LANGUAGE

_MOST_RANGES = 20


def preferred(chosen: str, accepted: str) -> str:
    """Return the language to speak.

    `chosen` is what the visitor chose before, `accepted` the header Accept-Language (RFC 9110,
    12.5.4). Regions do not matter (`es-MX` is `es`); what cannot be read is passed over.
    """
    if chosen in LANGUAGES:
        return chosen
    ranges = accepted.split(",")[:_MOST_RANGES]
    wanted = sorted((_weight(item), -place, _language(item)) for place, item in enumerate(ranges))
    for weight, _, name in reversed(wanted):
        if weight > 0 and name == "*":
            break
        if weight > 0 and name in LANGUAGES:
            return name
    return SOURCE_LANGUAGE


def _language(item: str) -> str:
    return item.partition(";")[0].strip().lower().partition("-")[0]


def _weight(item: str) -> float:
    for parameter in item.split(";")[1:]:
        name, _, value = parameter.strip().partition("=")
        if name.strip().lower() == "q":
            try:
                weight = float(value)
            except ValueError:
                return 0.0
            return weight if 0 <= weight <= 1 else 0.0
    return 1.0
