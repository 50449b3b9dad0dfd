"""Templates compiled beforehand (see `compiling`): a function that starts reads them at once."""

from pathlib import Path

from jinja2 import BaseLoader, ModuleLoader

FOLDER = "compiled_templates"
_HERE = Path(__file__).parent / FOLDER


def loader_for(name: str, source: BaseLoader) -> BaseLoader:
    """Return a loader of what was compiled for an environment, or `source` where nothing was."""
    compiled = _HERE / name
    return ModuleLoader(compiled) if compiled.is_dir() else source
