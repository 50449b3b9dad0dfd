"""Going through a page by keyboard alone."""

from typing import cast

from playwright.sync_api import Page

_MOST_STOPS = 300
_STOP = """() => {
  const e = document.activeElement
  if (!e || e === document.body || e === document.documentElement) return null
  const label = e.labels?.[0]?.innerText ?? e.getAttribute('aria-label') ?? e.innerText ?? ''
  const box = e.getBoundingClientRect()
  const seen = box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight
  const over = [e, ...(e.labels ?? [])]
  const looks = over.flatMap(x => [x, '::before'].map((_, i) => {
    const s = getComputedStyle(x, i ? '::before' : null)
    return [s.outline, s.boxShadow, s.backgroundColor, s.borderColor, s.borderWidth].join('|')
  })).join('/')
  e.dataset.walked = (Number(e.dataset.walked ?? 0) + 1)
  return { name: label.trim().replace(/\\s+/g, ' ') || e.value || e.name || e.tagName,
           again: e.dataset.walked > 1, seen, looks }
}"""
_UNFOCUSED = """() => {
  const e = document.activeElement
  const over = [e, ...(e.labels ?? [])]
  const look = () => over.flatMap(x => [x, '::before'].map((_, i) => {
    const s = getComputedStyle(x, i ? '::before' : null)
    return [s.outline, s.boxShadow, s.backgroundColor, s.borderColor, s.borderWidth].join('|')
  })).join('/')
  e.blur()
  const without = look()
  e.focus()
  return without
}"""


def keyboard_walk(page: Page) -> list[str]:
    """Press Tab from the top to the end; return the names of all stops in their order.

    Asserts that each stop has a name, can be seen (WCAG 2.4.11) and looks different from how it
    looks without the focus (2.4.7), and that the way ends.
    """
    page.evaluate("() => { document.activeElement?.blur(); scrollTo(0, 0) }")
    stops: list[str] = []
    for _ in range(_MOST_STOPS):
        page.keyboard.press("Tab")
        stop = cast("dict[str, str | bool] | None", page.evaluate(_STOP))
        if stop is None or stop["again"]:
            return stops
        name = str(stop["name"])
        assert stop["seen"], f"{name} has the focus and cannot be seen"
        assert stop["looks"] != page.evaluate(_UNFOCUSED), f"nothing shows that {name} has focus"
        stops.append(name)
    raise AssertionError(f"after {_MOST_STOPS} stops the way has no end")
