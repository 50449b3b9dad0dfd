"""Screenshots, for people to look at."""

from pathlib import Path

from playwright.sync_api import Page

from tests.browser.accessibility import DESK, NIGHT, PHONE, View, look

FOLDER = Path(__file__).parents[2] / "build" / "browser"


def screenshot(page: Page, name: str, views: tuple[View, ...] = (DESK, NIGHT, PHONE)) -> None:
    """Keep pictures of the whole page as `build/browser/<name>-<view>.png`."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for view in views:
        look(page, view)
        page.screenshot(path=FOLDER / f"{name}-{view.name}.png", full_page=True)
