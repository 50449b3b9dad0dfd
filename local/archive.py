"""Zip a folder so that the same content gives the same bytes."""

from __future__ import annotations

import hashlib
import io
import zipfile
from pathlib import Path

# Zip knows no time before this; a fixed one keeps the archive's hash a hash of its content.
_ALWAYS = (1980, 1, 1, 0, 0, 0)


def zip_folder(folder: Path, *, compiled: bool = False) -> bytes:
    """Pack all files of `folder`, uncompressed: it never leaves the machine and opens faster.

    Compiled Python goes along only when `compiled`: beside sources it is a leftover of some run.
    """
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for path in sorted(folder.rglob("*")):
            inside = path.relative_to(folder)
            if path.is_dir() or (path.suffix == ".pyc" and not compiled):
                continue
            entry = zipfile.ZipInfo(inside.as_posix(), _ALWAYS)
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, path.read_bytes())
    return packed.getvalue()


def zip_text(name: str, text: str) -> bytes:
    """Pack one file with `text`."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(zipfile.ZipInfo(name, _ALWAYS), text)
    return packed.getvalue()


def content_hash(content: bytes) -> str:
    """Name `content` by what is in it."""
    return hashlib.sha256(content).hexdigest()[:32]
