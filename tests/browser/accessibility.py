"""What makes a page accessible, as far as a machine can tell (WCAG 2.2 AA)."""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal, cast

from playwright.sync_api import Page

_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_RUN = """async rules => (await axe.run(document, {
  runOnly: rules, resultTypes: ['violations']
})).violations.map(v => ({
  rule: v.id, help: v.help, nodes: v.nodes.map(n => n.target.join(' ') + ': ' + n.failureSummary)
}))"""


@dataclass(frozen=True)
class View:
    """How somebody looks at a page; sizes in CSS pixels."""

    name: str
    width: int
    height: int
    scheme: Literal["light", "dark"]


DESK = View("light", 1280, 900, "light")
NIGHT = View("dark", 1280, 900, "dark")
PHONE = View("phone", 320, 640, "light")
PHONE_AT_NIGHT = View("phone-dark", 320, 640, "dark")
ZOOMED = View("zoomed", 640, 450, "light")
"""A desk's 1280 pixels at 200 %: the page sees half of them."""
VIEWS = (DESK, NIGHT, PHONE, PHONE_AT_NIGHT, ZOOMED)
BOTH = (NIGHT, PHONE)
"""Both widths and both schemes: enough for one more state of a page seen in all views elsewhere."""


def look(page: Page, view: View) -> None:
    """Look at a page in a view from now on."""
    page.set_viewport_size({"width": view.width, "height": view.height})
    page.emulate_media(color_scheme=view.scheme)


def axe(page: Page, views: tuple[View, ...] = VIEWS) -> None:
    """Assert that axe-core finds nothing, and that nothing is wider than the window, in each view.

    It looks at the page as it stands: open what is to be looked at first. Needs JavaScript.
    """
    found: list[str] = []
    for view in views:
        look(page, view)
        if not page.evaluate("() => 'axe' in window"):
            page.evaluate(_axe())
        violations = cast("list[dict[str, Any]]", page.evaluate(_RUN, _RULES))
        found += [f"{view.name}: {json.dumps(v, indent=1)}" for v in violations]
        if wide := too_wide(page):
            found.append(f"{view.name}: wider than the window: {wide}")
    assert not found, "\n".join(found)


def too_wide(page: Page) -> list[str]:
    """Return what makes the page scroll sideways (WCAG 1.4.10); nothing where it does not."""
    return cast(
        "list[str]",
        page.evaluate("""() => {
          const width = document.documentElement.clientWidth
          if (document.scrollingElement.scrollWidth <= width) return []
          const spills = e =>
            e.getBoundingClientRect().right > width + 1 ||
            (e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).overflowX === 'visible')
          const wide = [...document.body.querySelectorAll('*')].filter(spills)
          // What is around it spills too, but is not to blame.
          const innermost = wide.filter(e => !wide.some(other => other !== e && e.contains(other)))
          const shown = innermost.map(e => e.outerHTML.slice(0, 120)).slice(0, 5)
          return shown.length ? shown : [`scrolls to ${document.scrollingElement.scrollWidth}`]
        }"""),
    )


@cache
def _axe() -> str:
    """Return axe-core (MPL 2.0) as axe-playwright-python carries it."""
    return (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
