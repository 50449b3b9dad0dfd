"""Compile all templates: `python -m roundtable.web.pages.compiling <folder of a copy of this>`.

Compiling the components of one form takes a small function about a second, so the layer's build
does it once. A checkout has none, and templates are compiled as they are used.
"""

import sys
from pathlib import Path

from roundtable.web.pages.compiled import FOLDER
from roundtable.web.pages.environment import environment
from roundtable.web.pages.govuk import components


def compile_templates(into: Path) -> None:
    """Write the templates of both environments as Python modules below a folder.

    Raises TemplateSyntaxError for a template that cannot be compiled.
    """
    for name, env in {"pages": environment(), "govuk": components()}.items():
        env.compile_templates(str(into / FOLDER / name), zip=None, ignore_errors=False)


if __name__ == "__main__":
    compile_templates(Path(sys.argv[1]))
