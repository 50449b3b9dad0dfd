"""Build the two layers the functions share.

`dependencies` holds the third-party packages of the lock, `roundtable` our own. Both end up as
`<layer>/python/…`, as Lambda expects them under `/opt`.
"""

from __future__ import annotations

import compileall
import hashlib
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path
from py_compile import PycInvalidationMode

from local.places import CHECKOUT, LAYERS, LOCK
from local.problem import CannotGoOnError

# Lambda's Python has boto3 and what it needs; bringing it along makes every cold start slower.
_IN_THE_RUNTIME = ("boto3", "botocore", "s3transfer")
# Nothing reads these at run time.
_NOT_NEEDED = ("**/tests", "**/test", "bin", "**/__pycache__", "**/*.pyi", "**/*.c", "**/*.pyx")
_OWN_PACKAGE = CHECKOUT / "layers" / "roundtable" / "roundtable"


def build_layer(name: str) -> Path:
    """Build the layer `name` and return its folder, which holds `python/`.

    Raises:
        CannotGoOnError: there is no such layer, or its packages cannot be had.

    """
    if name == "dependencies":
        return build_dependencies()
    if name == "roundtable":
        return build_roundtable()
    raise CannotGoOnError(f"there is no layer {name!r}; known are dependencies and roundtable")


def build_roundtable(into: Path = LAYERS) -> Path:
    """Copy our own package; it is small enough to copy each time."""
    layer = into / "roundtable"
    fresh = into / f".roundtable-{os.getpid()}"
    shutil.rmtree(fresh, ignore_errors=True)
    shutil.copytree(
        _OWN_PACKAGE, fresh / "python" / "roundtable", ignore=shutil.ignore_patterns("__pycache__")
    )
    _precompile(fresh)
    _put_in_place(fresh, layer)
    return layer


def build_dependencies(into: Path = LAYERS, lock: Path = LOCK) -> Path:
    """Install what the lock says, unless the same was built before.

    Raises:
        CannotGoOnError: uv is missing or cannot get a package.

    """
    layer = into / "dependencies"
    made_of = into / "dependencies.key"
    key = _dependencies_key(lock)
    if layer.is_dir() and made_of.is_file() and made_of.read_text(encoding="utf-8") == key:
        return layer
    into.mkdir(parents=True, exist_ok=True)
    fresh = into / f".dependencies-{os.getpid()}"
    shutil.rmtree(fresh, ignore_errors=True)
    requirements = into / f".requirements-{os.getpid()}.txt"
    prune = [argument for package in _IN_THE_RUNTIME for argument in ("--prune", package)]
    _uv(
        "export", "--quiet", "--frozen", "--no-dev", "--no-emit-project", "--no-annotate",
        "--directory", str(lock.parent), *prune, "--output-file", str(requirements),
    )  # fmt: skip
    _uv(
        "pip", "install", "--quiet", "--no-deps", "--require-hashes", "--python", sys.executable,
        "--target", str(fresh / "python"), "--requirement", str(requirements),
    )  # fmt: skip
    requirements.unlink()
    _slim(fresh / "python")
    _precompile(fresh)
    _put_in_place(fresh, layer)
    made_of.write_text(key, encoding="utf-8")
    return layer


def _dependencies_key(lock: Path) -> str:
    about = f"{platform.machine()} {sys.implementation.cache_tag} {_IN_THE_RUNTIME} {_NOT_NEEDED}"
    project = lock.with_name("pyproject.toml")
    content = b"\0".join([about.encode(), lock.read_bytes(), project.read_bytes()])
    return hashlib.sha256(content).hexdigest()


def _slim(packages: Path) -> None:
    for pattern in _NOT_NEEDED:
        for found in list(packages.glob(pattern)):
            if found.is_dir():
                shutil.rmtree(found)
            elif found.exists():
                found.unlink()


def _precompile(layer: Path) -> None:
    # Unpacking a layer gives its files new times, which would make a time-checked .pyc stale.
    compileall.compile_dir(
        layer / "python",
        quiet=2,
        stripdir=str(layer),
        prependdir="/opt",
        invalidation_mode=PycInvalidationMode.UNCHECKED_HASH,
    )


def _put_in_place(fresh: Path, layer: Path) -> None:
    shutil.rmtree(layer, ignore_errors=True)
    fresh.rename(layer)


def _uv(*arguments: str) -> None:
    uv = os.environ.get("UV") or shutil.which("uv")
    if uv is None:
        raise CannotGoOnError("uv is not on the PATH; run this through make or `uv run`")
    # The virtual environment this runs in is not what is installed into.
    environment = {name: value for name, value in os.environ.items() if name != "VIRTUAL_ENV"}
    done = subprocess.run(
        [uv, *arguments], capture_output=True, text=True, check=False, env=environment
    )
    if done.returncode:
        said = done.stderr.strip().split("\n")[-1]
        raise CannotGoOnError(f"`uv {arguments[0]}` failed: {said}")


if __name__ == "__main__":
    for layer_name in sys.argv[1:] or ["dependencies", "roundtable"]:
        print(build_layer(layer_name))
