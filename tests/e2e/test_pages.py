"""Public pages as they are deployed: routed by the gateway, with styles, in two languages."""

import re

from roundtable.domain.program import Program
from tests.e2e.scene import Scene


def test_program_is_found_from_the_first_page_with_its_styles(scene: Scene) -> None:
    visitor = scene.cloud.visitor()
    first = visitor.get("/")
    assert first.status == 200
    assert f'href="/programs/{scene.program.key}"' in first.text
    page = visitor.get(f"/programs/{scene.program.key}")
    assert page.status == 200
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert _heading(page.text) == scene.program.name
    for styles in re.findall(r'<link[^>]*href="(/static/[^"]+\.css)"', page.text):
        found = visitor.get(styles)
        assert (found.status, found.headers["content-type"]) == (200, "text/css; charset=utf-8")


def test_address_that_nothing_answers_gets_a_page(scene: Scene) -> None:
    for path in ("/no-such-page", "/programs/no-such-program"):
        missing = scene.cloud.visitor().get(path)
        assert missing.status == 404
        assert missing.headers["content-type"] == "text/html; charset=utf-8"
        assert 'href="/"' in missing.text


def test_language_is_chosen_once(scene: Scene, staff_round: Program) -> None:
    visitor = scene.cloud.visitor()
    path = f"/programs/{staff_round.key}"
    visitor.post_form("/language", {"language": "es", "back": path})
    assert '<html lang="es"' in visitor.get(path).text


def _heading(text: str) -> str:
    found = re.search(r"<h1[^>]*>\s*(.*?)\s*</h1>", text, re.DOTALL)
    return found[1] if found else ""
