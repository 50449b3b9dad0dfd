"""Run by `test_layers` on its own: imports modules with nothing at hand but some layers.

It is told, as JSON: the `layers`' folders; the `runtime`, a folder of packages in which stands what
Lambda brings along; the functions' folders, whose `app` is imported; more `modules` to import;
packages that must be `absent`. It prints, as JSON, what could not be imported, and what is there
all the same.
"""

import importlib
import importlib.machinery
import importlib.util
import json
import sys
from collections.abc import Sequence

told = json.loads(sys.argv[1])
missing: list[str] = []


class Runtime:
    """Finds only what Lambda's Python brings along."""

    NAMES = frozenset({"boto3", "botocore", "s3transfer", "jmespath", "urllib3", "dateutil", "six"})

    @classmethod
    def find_spec(
        cls, name: str, path: Sequence[str] | None = None, _target: object = None
    ) -> importlib.machinery.ModuleSpec | None:
        """Return where a module is; None where this is not the runtime's."""
        if name.partition(".")[0] not in cls.NAMES:
            return None
        return importlib.machinery.PathFinder.find_spec(name, path or [told["runtime"]])


def missing_from(imported: str, whose: str) -> None:
    """Import a module; note what it does not find."""
    try:
        importlib.import_module(imported)
    except ImportError as error:
        missing.append(f"{whose}: {error}")


standard = [p for p in sys.path if p.startswith(sys.base_prefix) and "site-packages" not in p]
sys.path[:] = [f"{layer}/python" for layer in told["layers"]] + standard
sys.meta_path.append(Runtime)
for folder in told["functions"]:
    sys.path.insert(0, folder)
    before = set(sys.modules)
    missing_from("app", folder)
    if "app" in sys.modules:
        assert callable(sys.modules["app"].handler)
    # The next function has an `app` of its own.
    for name in set(sys.modules) - before:
        if (getattr(sys.modules[name], "__file__", None) or "").startswith(folder):
            del sys.modules[name]
    sys.path.remove(folder)
for module in told["modules"]:
    missing_from(module, module)
present = [name for name in told["absent"] if importlib.util.find_spec(name)]
json.dump({"missing": missing, "present": present}, sys.stdout)
