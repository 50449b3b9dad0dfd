"""Writes the OpenAPI document of the three sites; a test finds it out of date.

`python -m local.openapi` after a change of a route.
"""

import importlib.util
import inspect
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any, cast

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver
from pydantic.json_schema import models_json_schema

from roundtable.web.problems import CONTENT_TYPE, Problem

ROOT = Path(__file__).resolve().parent.parent
SITES = ("applicant_site", "reviewer_site", "staff_site")
KEPT = ROOT / "docs" / "openapi.json"
SERVED = ROOT / "functions" / "applicant_site" / "openapi.json"
"""The same document where the function that serves it finds it."""

_SCHEMAS = "#/components/schemas/"
_NOT_OURS = ("HTTPValidationError", "ValidationError", "ResponseValidationError")

Json = dict[str, Any]


def load_site(name: str) -> ModuleType:
    """Return a site's module as Lambda would import it, with its folder on the path."""
    module_name = f"{name}_app"
    if module_name in sys.modules:
        return sys.modules[module_name]
    folder = ROOT / "functions" / name
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))
    spec = importlib.util.spec_from_file_location(module_name, folder / "app.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(folder / "app.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[module_name] = module
    spec.loader.exec_module(module)
    return module


def document() -> Json:
    """Return the merged document of all sites that exist."""
    merged: Json = {}
    for name in SITES:
        if (ROOT / "functions" / name / "app.py").exists():
            site = cast(APIGatewayHttpResolver, load_site(name).app)
            described = json.loads(site.get_openapi_json_schema())
            _describe(described, site)
            _merge(merged, described, name)
    _, problem = models_json_schema([(Problem, "serialization")], ref_template=_SCHEMAS + "{model}")
    schemas = merged["components"]["schemas"]
    schemas.update(problem["$defs"])
    for name in _NOT_OURS:
        schemas.pop(name, None)
    merged["info"]["title"] = "Roundtable"
    merged["paths"] = {path: merged["paths"][path] for path in sorted(merged["paths"])}
    merged["components"]["schemas"] = {name: schemas[name] for name in sorted(schemas)}
    for operations in merged["paths"].values():
        for operation in operations.values():
            _answer_problems(operation)
    return merged


def _describe(described: Json, site: APIGatewayHttpResolver) -> None:
    """Give each operation the words of its route's docstring."""
    # The resolver has no public list of its routes.
    routes = site._static_routes + site._dynamic_routes  # pyright: ignore[reportPrivateUsage]
    for route in routes:
        if not route.include_in_schema:
            continue  # a page is read by people
        operation: Json = described["paths"][route.openapi_path][route.method.lower()]
        function = cast(object, route.func)  # pyright: ignore[reportUnknownMemberType]
        operation["description"] = inspect.getdoc(function) or ""
        operation["responses"].get("204", {}).pop("content", None)
        if {"form_key": []} in operation.get("security", []):
            content: Json = operation["requestBody"]["content"]
            content["application/x-www-form-urlencoded"] = content["application/json"]


def _merge(merged: Json, site: Json, name: str) -> None:
    if not merged:
        merged.update(site)
        return
    for path, operations in site["paths"].items():
        merged["paths"].setdefault(path, {}).update(operations)
    known = merged["components"]["schemas"]
    for schema, content in site.get("components", {}).get("schemas", {}).items():
        if known.setdefault(schema, content) != content:
            raise ValueError(f"two sites mean different things by '{schema}' (see {name})")


def _answer_problems(operation: Json) -> None:
    """Say what is refused in one word, as every error is the same kind of document."""
    responses: Json = operation["responses"]
    for status in ("422", "500"):
        responses.pop(status, None)
    responses["default"] = {
        "description": "A problem document (RFC 9457)",
        "content": {CONTENT_TYPE: {"schema": {"$ref": _SCHEMAS + "Problem"}}},
    }


def text() -> str:
    """Return the document as it is kept."""
    return json.dumps(document(), indent=2, ensure_ascii=False) + "\n"


def main() -> None:
    """Write the document to both of its places."""
    content = text()
    for path in (KEPT, SERVED):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    print(f"{KEPT.relative_to(ROOT)}: {content.count('operationId')} operations")


if __name__ == "__main__":
    main()
