"""The two layers hold all that the handlers import, and nothing that the lock does not name."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from local.layers import build_dependencies, build_roundtable
from tests.template.template import CHECKOUT, folder_of, functions, resources

REQUIREMENTS = CHECKOUT / "layers" / "dependencies" / "requirements.txt"
# They come with the runtime, and would make every cold start slower.
IN_THE_RUNTIME = ("boto3", "botocore", "s3transfer")
# Stands in for the runtime: only what Lambda's Python brings along.
_IMPORT = """
import importlib, sys
dependencies, ours, runtime, *functions = sys.argv[1:]
standard = [p for p in sys.path if p.startswith(sys.base_prefix) and "site-packages" not in p]
sys.path[:] = [dependencies, ours, *standard]
class Runtime:
    NAMES = {"boto3", "botocore", "s3transfer", "jmespath", "urllib3", "dateutil", "six"}
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in self.NAMES:
            return importlib.machinery.PathFinder.find_spec(name, path or [runtime], target)
import importlib.machinery
sys.meta_path.append(Runtime())
for folder in functions:
    sys.path.insert(0, folder)
    before = set(sys.modules)
    try:
        handler = importlib.import_module("app").handler
        assert callable(handler)
    except ImportError as missing:
        print(f"{folder}: {missing}")
    for name in set(sys.modules) - before:
        if getattr(sys.modules[name], "__file__", None) and folder in sys.modules[name].__file__:
            del sys.modules[name]
    sys.path.remove(folder)
"""


def test_requirements_are_those_of_the_lock(tmp_path: Path) -> None:
    exported = tmp_path / "requirements.txt"
    prune = [word for package in IN_THE_RUNTIME for word in ("--prune", package)]
    subprocess.run(
        [_uv(), "export", "--quiet", "--frozen", "--offline", "--no-dev", "--no-emit-project",
         "--no-annotate", "--no-header", *prune, "--output-file", str(exported)],
        cwd=CHECKOUT, check=True,
    )  # fmt: skip
    assert exported.read_text() == REQUIREMENTS.read_text(), (
        "write layers/dependencies/requirements.txt anew: `make -C layers/dependencies lock`"
    )


def test_requirements_are_pinned_by_hash_without_what_the_runtime_has() -> None:
    written = REQUIREMENTS.read_text()
    packages = re.findall(r"^([\w.-]+)==", written, re.MULTILINE)
    assert "pydantic" in packages
    assert not set(packages) & set(IN_THE_RUNTIME)
    for block in re.split(r"\n(?=\w)", written):
        assert "--hash=sha256:" in block


@pytest.mark.parametrize("name", sorted(resources("AWS::Serverless::LayerVersion")))
def test_layer_is_built_by_its_makefile(name: str) -> None:
    layer = resources("AWS::Serverless::LayerVersion")[name]
    makefile = CHECKOUT / layer["ContentUri"] / "Makefile"
    assert f"\nbuild-{name}:\n" in f"\n{makefile.read_text()}"


def test_makefile_puts_our_package_under_python(tmp_path: Path) -> None:
    make = shutil.which("make")
    assert make, "make is needed by `sam build`"
    subprocess.run(
        [make, "build-RoundtableLayer", f"ARTIFACTS_DIR={tmp_path}"],
        cwd=CHECKOUT / "layers" / "roundtable", check=True, capture_output=True,
    )  # fmt: skip
    assert (tmp_path / "python" / "roundtable" / "ports.py").is_file()
    assert not list(tmp_path.rglob("__pycache__"))


def test_every_handler_finds_all_it_imports_in_the_layers(tmp_path: Path) -> None:
    layers = [build_dependencies(), build_roundtable(tmp_path)]
    import boto3  # noqa: PLC0415 - its folder is what stands in for the runtime

    runtime = Path(boto3.__file__).parents[1]
    folders = sorted(str(folder_of(function)) for function in functions().values())
    done = subprocess.run(
        [sys.executable, "-I", "-c", _IMPORT, *(str(layer / "python") for layer in layers),
         str(runtime), *folders],
        capture_output=True, text=True, check=False,
        env={"PATH": os.environ["PATH"], "AWS_DEFAULT_REGION": "us-east-1",
             "AWS_XRAY_SDK_ENABLED": "false", "POWERTOOLS_SERVICE_NAME": "roundtable"},
    )  # fmt: skip
    assert (done.stdout, done.returncode) == ("", 0), done.stderr


def _uv() -> str:
    uv = os.environ.get("UV") or shutil.which("uv")
    assert uv, "uv is needed to export the lock"
    return uv
