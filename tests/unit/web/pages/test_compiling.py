from pathlib import Path

import pytest
from jinja2 import DictLoader, ModuleLoader

from roundtable.web.pages import compiled
from roundtable.web.pages.compiling import compile_templates


def test_templates_compiled_beforehand_are_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compile_templates(tmp_path)
    monkeypatch.setattr(compiled, "_HERE", tmp_path / compiled.FOLDER)
    source = DictLoader({})
    for name in ("pages", "govuk"):
        assert isinstance(compiled.loader_for(name, source), ModuleLoader)
    assert compiled.loader_for("other", source) is source
    assert len(list((tmp_path / compiled.FOLDER / "pages").glob("*.py"))) >= 1


def test_checkout_compiles_templates_as_they_are_used() -> None:
    source = DictLoader({})
    assert compiled.loader_for("pages", source) is source
