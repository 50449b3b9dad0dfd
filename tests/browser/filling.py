"""Filling in whatever a page of a form asks, as a person does."""

from playwright.sync_api import Page, expect

HOSTILE = "<script>alert(1)</script>{{7*7}}${7*7}\u202egnp.exe' \" --><img src=x onerror=alert(1)>"


def fill_page(page: Page, words: str = "In our own words.") -> None:
    """Give something to every field of the page, each choice its first option."""
    main = page.locator("main")
    for field in main.locator("input:is([type=text], [type=email], [type=url]), textarea").all():
        name = field.get_attribute("name") or ""
        field.fill("ada@stmary.example" if name.endswith("/email") else words)
    for field in main.locator("select").all():
        field.select_option(index=1)
    for field in main.locator("input[type=checkbox]").all():
        field.check()
    for fieldset in main.locator("fieldset:has(input[type=radio])").all():
        fieldset.locator("input[type=radio]").first.check()


def fill_everything(page: Page, tasks: str, words: str = "In our own words.") -> None:
    """Go through all tasks of the list at an address, except documents, and save each."""
    page.goto(tasks)
    done: set[str] = set()
    while True:
        links = page.locator(".govuk-task-list__link").all()
        ahead = [link.get_attribute("href") or "" for link in links]
        left = [href for href in ahead if href not in done and _is_page(href)]
        if not left:
            return
        done.add(left[0])
        page.locator(f".govuk-task-list__link[href='{left[0]}']").click()
        fill_page(page, words)
        page.get_by_role("button", name="Save and come back later").click()
        expect(page).to_have_url(tasks)


def _is_page(href: str) -> bool:
    return "/documents/" not in href and not href.endswith("/check")
