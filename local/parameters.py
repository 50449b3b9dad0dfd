"""The template's parameters on this machine."""

from __future__ import annotations

from pathlib import Path

from local.deploy import DOMAIN
from local.package import read_template


def local_parameters(template_file: Path, port: int, **more: str) -> dict[str, str]:
    """Give the parameters the template declares their local values; the others keep theirs.

    Raises:
        CannotGoOnError: the file is no template.

    """
    site = f"http://{DOMAIN}:{port}"
    known = {
        "SiteUrl": site,
        # The emulator has the user pool's page at the root of its own address.
        "SignInUrl": f"http://localhost:{port}",
        "SenderAddress": "programs@roundtable.example",
        # Neither service is there.
        "MalwareScanner": "built-in",
        "SignatureDetection": "none",
        # `make clean` forgets everything; nothing here is worth protecting.
        "ProtectFromDeletion": "false",
    }
    declared = read_template(template_file).get("Parameters", {})
    return {name: value for name, value in {**known, **more}.items() if name in declared}
