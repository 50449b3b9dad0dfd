"""Install the pinned packages, compile, and write what the pages serve."""

import json
import shutil
import subprocess
from pathlib import Path

from local.places import CHECKOUT

HERE = Path(__file__).parent
INTO = CHECKOUT / "layers/roundtable/roundtable/web/pages/static"


def main() -> None:
    """Write both files."""
    if not shutil.which("npx"):
        raise SystemExit("roundtable: Node.js is needed; on Debian: apt-get install nodejs npm")
    _run("npm", "ci", "--no-audit", "--no-fund", "--silent")
    version = json.loads((HERE / "package.json").read_text())["dependencies"]["govuk-frontend"]
    notice = (
        f"/*! GOV.UK Frontend {version}, (c) Crown Copyright (Government Digital Service), "
        "MIT licence; made by local/govuk */\n"
    )
    styles = _run("npx", "sass", "--style=compressed", "--no-source-map", "--quiet-deps",
                  "--load-path=node_modules", "govuk.scss")  # fmt: skip
    script = _run("npx", "esbuild", "govuk.mjs", "--bundle", "--minify", "--format=esm",
                  "--target=es2020", "--legal-comments=none", "--log-level=warning")  # fmt: skip
    for name, content in {"govuk.css": styles, "govuk.js": script}.items():
        (INTO / name).write_text(notice + content.removeprefix("\ufeff"), encoding="utf-8")
        print(f"{name}: {len(content):,} characters")


def _run(*command: str) -> str:
    return subprocess.run(command, cwd=HERE, check=True, text=True, stdout=subprocess.PIPE).stdout


if __name__ == "__main__":
    main()
