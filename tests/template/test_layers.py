"""The layers hold all that their functions import, and nothing that the lock does not name."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import boto3
import pytest

from local.layers import (
    IN_THE_RUNTIME,
    PACKAGES,
    build_packages,
    build_roundtable,
    exported,
    requirements_of,
)
from tests.template.template import CHECKOUT, Resource, folder_of, functions, resources, template

IMPORT = Path(__file__).with_name("import_from_layers.py")
LAYERS = resources("AWS::Serverless::LayerVersion")
# What a layer is for, where the functions import it only when they are called.
IMPORTED_LATE = {
    "ReadingLayer": "roundtable.documents.reading.letter",
    "SignaturesLayer": "roundtable.documents.digital",
}
# What opens files that strangers sent, by the only layer that has it.
PARSERS = {
    "ReadingLayer": {"PIL", "defusedxml", "mammoth", "pillow_heif", "pypdfium2"},
    "SignaturesLayer": {"pyhanko", "pyhanko_certvalidator", "lxml", "cryptography", "aiohttp"},
}
MOST_BYTES = 250 * 1024 * 1024
"""Lambda's limit for a function and its layers, unzipped."""


def layers_of(function: Resource) -> tuple[str, ...]:
    """Return the names of a function's layers, as SAM puts them together."""
    shared = template()["Globals"]["Function"]["Layers"]
    return tuple(layer["Ref"] for layer in [*shared, *function.get("Layers", [])])


SETS_OF_LAYERS = sorted({layers_of(function) for function in functions().values()})


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """Return each layer's folder. Our own is built apart: other tests build it at the same time."""
    names = {layer: Path(properties["ContentUri"]).name for layer, properties in LAYERS.items()}
    return {
        layer: build_packages(name)
        if name in PACKAGES
        else build_roundtable(tmp_path_factory.mktemp("layers"))
        for layer, name in names.items()
    }


@pytest.mark.parametrize("name", sorted(PACKAGES))
def test_requirements_are_those_of_the_lock(name: str) -> None:
    assert requirements_of(name).read_text() == exported(name), (
        "write the layers' requirements.txt anew: `uv run python -m local.layers --lock`"
    )


@pytest.mark.parametrize("name", sorted(PACKAGES))
def test_requirements_are_pinned_by_hash_without_what_the_runtime_has(name: str) -> None:
    written = requirements_of(name).read_text()
    packages = re.findall(r"^([\w.-]+)==", written, re.MULTILINE)
    assert packages
    assert not set(packages) & set(IN_THE_RUNTIME)
    for block in re.split(r"\n(?=\w)", written):
        assert "--hash=sha256:" in block


def test_package_of_several_layers_has_one_version() -> None:
    # Lambda unpacks the layers into one folder, where one version would lie over the other.
    versions: dict[str, set[str]] = {}
    for name in PACKAGES:
        written = requirements_of(name).read_text()
        for package, version in re.findall(r"^([\w.-]+)==(\S+)", written, re.MULTILINE):
            versions.setdefault(package, set()).add(version)
    assert {package: told for package, told in versions.items() if len(told) > 1} == {}


@pytest.mark.parametrize("name", sorted(LAYERS))
def test_layer_is_built_by_its_makefile(name: str) -> None:
    makefile = CHECKOUT / LAYERS[name]["ContentUri"] / "Makefile"
    assert f"\nbuild-{name}:\n" in f"\n{makefile.read_text()}"


def test_makefiles_of_packages_have_one_recipe() -> None:
    makefiles = [requirements_of(name).with_name("Makefile").read_text() for name in PACKAGES]
    recipes = {re.sub(r"^build-\w+Layer:", "", text, flags=re.MULTILINE) for text in makefiles}
    assert len(recipes) == 1


def test_makefile_puts_our_package_under_python(tmp_path: Path) -> None:
    make = shutil.which("make")
    assert make, "make is needed by `sam build`"
    subprocess.run(
        [make, "build-RoundtableLayer", f"ARTIFACTS_DIR={tmp_path}"],
        cwd=CHECKOUT / "layers" / "roundtable", check=True, capture_output=True,
    )  # fmt: skip
    package = tmp_path / "python" / "roundtable"
    assert (package / "ports" / "__init__.py").is_file()
    compiled = package / "web" / "pages" / "compiled_templates"
    assert list((compiled / "pages").glob("tmpl_*.py"))
    assert not list(tmp_path.rglob("__pycache__"))


def test_templates_are_compiled_with_what_the_lock_says() -> None:
    makefile = (CHECKOUT / "layers" / "roundtable" / "Makefile").read_text()
    match = re.search(r"^COMPILE_WITH := (.*)$", makefile, re.MULTILINE)
    assert match
    assert set(match[1].split()) <= set(
        re.findall(r"^([\w.-]+==[\w.]+)", exported("dependencies"), re.MULTILINE)
    )


@pytest.mark.parametrize("layers", SETS_OF_LAYERS, ids="+".join)
def test_every_handler_finds_all_it_imports_in_its_layers(
    built: Mapping[str, Path], layers: tuple[str, ...]
) -> None:
    folders = [built[layer] for layer in layers]
    alike = [function for function in functions().values() if layers_of(function) == layers]
    late = [module for layer, module in IMPORTED_LATE.items() if layer in layers]
    assert _imported(folders, alike, modules=late)["missing"] == []


@pytest.mark.parametrize("layers", SETS_OF_LAYERS, ids="+".join)
def test_parsers_are_in_no_function_but_their_own(
    built: Mapping[str, Path], layers: tuple[str, ...]
) -> None:
    folders = [built[layer] for layer in layers]
    others = {name for layer in PARSERS.keys() - set(layers) for name in PARSERS[layer]}
    own = {name for layer in PARSERS.keys() & set(layers) for name in PARSERS[layer]}
    assert _imported(folders, absent=[*others, *own])["present"] == sorted(own)


@pytest.mark.parametrize(
    ("function", "own"),
    [
        ("CheckLetterFunction", ()),
        ("ReadLetterFunction", ("ReadingLayer",)),
        ("VerifySignaturesFunction", ("SignaturesLayer",)),
    ],
)
def test_function_that_looks_into_letters_has_only_its_layer(
    function: str, own: tuple[str, ...]
) -> None:
    assert layers_of(functions()[function]) == ("DependenciesLayer", "RoundtableLayer", *own)


@pytest.mark.parametrize("layers", SETS_OF_LAYERS, ids="+".join)
def test_layers_of_a_function_fit_lambda(
    built: Mapping[str, Path], layers: tuple[str, ...]
) -> None:
    files = (file for layer in layers for file in built[layer].rglob("*"))
    assert sum(file.stat().st_size for file in files if file.is_file()) < MOST_BYTES


def _imported(
    folders: list[Path],
    of: list[Resource] | None = None,
    *,
    modules: list[str] | None = None,
    absent: list[str] | None = None,
) -> Mapping[str, Any]:
    """Return what was `missing` and what was `present` with these layers (`import_from_layers`)."""
    told = {
        "layers": [str(folder) for folder in folders],
        "runtime": str(Path(boto3.__file__).parents[1]),
        "functions": sorted(str(folder_of(function)) for function in of or []),
        "modules": modules or [],
        "absent": sorted(absent or []),
    }
    done = subprocess.run(
        [sys.executable, "-I", str(IMPORT), json.dumps(told)],
        capture_output=True, text=True, check=False,
        env={"PATH": os.environ["PATH"], "AWS_DEFAULT_REGION": "us-east-1",
             "AWS_XRAY_SDK_ENABLED": "false", "POWERTOOLS_SERVICE_NAME": "roundtable"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
