"""Build the layers of the functions.

`dependencies`, `reading` and `signatures` hold third-party packages of the lock, `roundtable` our
own. Each ends up as `<layer>/python/…`, as Lambda expects them under `/opt`.
"""

from __future__ import annotations

import argparse
import compileall
import fcntl
import hashlib
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from pathlib import Path
from py_compile import PycInvalidationMode

from local.places import CHECKOUT, LAYERS, LOCK
from local.problem import CannotGoOnError
from roundtable.web.pages.compiling import compile_templates

# Lambda's Python has boto3 and what it needs; bringing it along makes every cold start slower.
IN_THE_RUNTIME = ("boto3", "botocore", "s3transfer")
PACKAGES: Mapping[str, tuple[str, ...]] = {
    "dependencies": ("--no-dev", *(word for name in IN_THE_RUNTIME for word in ("--prune", name))),
    "reading": ("--only-group", "reading"),
    "signatures": ("--only-group", "signatures"),
}
"""The layers of third-party packages, and which part of the lock each holds."""
# Nothing reads these at run time.
_NOT_NEEDED = ("**/tests", "**/test", "bin", "**/__pycache__", "**/*.pyi", "**/*.c", "**/*.pyx")
_SOURCES = CHECKOUT / "layers"


def build_layer(name: str) -> Path:
    """Build the layer `name` and return its folder, which holds `python/`.

    Raises:
        CannotGoOnError: there is no such layer, or its packages cannot be had.

    """
    if name in PACKAGES:
        return build_packages(name)
    if name == "roundtable":
        return build_roundtable()
    known = ", ".join(sorted([*PACKAGES, "roundtable"]))
    raise CannotGoOnError(f"there is no layer {name!r}; known are {known}")


def build_roundtable(into: Path = LAYERS) -> Path:
    """Copy our own package; it is small enough to copy each time."""
    layer = into / "roundtable"
    fresh = into / f".roundtable-{os.getpid()}"
    shutil.rmtree(fresh, ignore_errors=True)
    shutil.copytree(
        _SOURCES / "roundtable" / "roundtable",
        fresh / "python" / "roundtable",
        ignore=shutil.ignore_patterns("__pycache__"),
    )
    compile_templates(fresh / "python" / "roundtable" / "web" / "pages")
    _precompile(fresh)
    _put_in_place(fresh, layer)
    return layer


def build_packages(name: str, into: Path = LAYERS) -> Path:
    """Install what a layer's requirements say, unless the same was built before.

    Raises:
        CannotGoOnError: uv is missing or cannot get a package.

    """
    layer = into / name
    made_of = into / f"{name}.key"
    key = _key(name)
    with _one_at_a_time(into / f".{name}.lock"):
        if layer.is_dir() and made_of.is_file() and made_of.read_text(encoding="utf-8") == key:
            return layer
        fresh = into / f".{name}-{os.getpid()}"
        shutil.rmtree(fresh, ignore_errors=True)
        _uv(
            "pip", "install", "--quiet", "--no-deps", "--require-hashes",
            "--python", sys.executable, "--target", str(fresh / "python"),
            "--requirement", str(requirements_of(name)),
        )  # fmt: skip
        _slim(fresh / "python")
        _precompile(fresh)
        _put_in_place(fresh, layer)
        made_of.write_text(key, encoding="utf-8")
    return layer


def requirements_of(name: str) -> Path:
    """Return the file from which a layer of packages is built, here and by `sam build`."""
    return _SOURCES / name / "requirements.txt"


def exported(name: str) -> str:
    """Return what the lock says for a layer of packages, each at its version, with its hashes.

    Raises:
        CannotGoOnError: uv is missing, or the lock has no such part.

    """
    return _uv(
        "export", "--quiet", "--frozen", "--offline", "--no-emit-project", "--no-annotate",
        "--no-header", "--directory", str(LOCK.parent), *PACKAGES[name],
    )  # fmt: skip


def _key(name: str) -> str:
    about = f"{platform.machine()} {sys.implementation.cache_tag} {_NOT_NEEDED}"
    return hashlib.sha256(about.encode() + requirements_of(name).read_bytes()).hexdigest()


@contextmanager
def _one_at_a_time(lock: Path) -> Generator[None]:
    """Wait for other processes that build the same: a test run has several."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


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


def _uv(*arguments: str) -> str:
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
    return done.stdout


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description="Build layers, or write down what they hold.")
    asked.add_argument("layers", nargs="*", help="which to build; all unless some are named")
    asked.add_argument(
        "--lock", action="store_true", help="write each layer's requirements.txt from uv.lock"
    )
    told = asked.parse_args()
    if told.lock:
        for layer_name in PACKAGES:
            requirements_of(layer_name).write_text(exported(layer_name), encoding="utf-8")
    else:
        for layer_name in told.layers or [*PACKAGES, "roundtable"]:
            print(build_layer(layer_name))
