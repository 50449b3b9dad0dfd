"""The template as data, as written and as SAM expands it."""

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, cast

from local.package import expand_sam, read_template

CHECKOUT = Path(__file__).parents[2]
FILE = CHECKOUT / "template.yaml"

Resource = Mapping[str, Any]


@dataclass(frozen=True)
class Statement:
    """One statement of a policy, and the resource whose policy it is."""

    owner: str
    content: Mapping[str, Any]

    @property
    def actions(self) -> list[str]:
        """The actions, also where only one is written."""
        return _many(self.content["Action"])

    @property
    def resources(self) -> list[Any]:
        """The resources, also where only one is written."""
        return _many(self.content.get("Resource", []))


@cache
def text() -> str:
    """Return the template as written."""
    return FILE.read_text(encoding="utf-8")


@cache
def template() -> Mapping[str, Any]:
    """Return the template with its intrinsic functions in their long form."""
    return read_template(FILE)


@cache
def expanded() -> Mapping[str, Any]:
    """Return the template as SAM hands it to CloudFormation; code lies in a made-up bucket."""
    written = copy.deepcopy(dict(template()))
    for resource in written["Resources"].values():
        where = {"Bucket": "code", "Key": "archive.zip"}
        match resource["Type"]:
            case "AWS::Serverless::Function":
                resource["Properties"]["CodeUri"] = where
            case "AWS::Serverless::LayerVersion":
                resource["Properties"]["ContentUri"] = where
            case "AWS::Serverless::StateMachine":
                resource["Properties"]["DefinitionUri"] = where
            case _:
                pass
    return expand_sam(written, {})


def resources(*types: str) -> dict[str, Resource]:
    """Return the properties of the resources of these types, as written."""
    return {
        name: resource.get("Properties", {})
        for name, resource in template()["Resources"].items()
        if resource["Type"] in types
    }


def functions() -> dict[str, Resource]:
    """Return the functions' properties by logical id."""
    return resources("AWS::Serverless::Function")


def folder_of(function: Resource) -> Path:
    """Return the folder of a function's code."""
    return CHECKOUT / str(function["CodeUri"])


def variables(function: Resource) -> dict[str, Any]:
    """Return the environment that a function has of its own."""
    return dict(function.get("Environment", {}).get("Variables", {}))


def granted() -> Iterator[Statement]:
    """Yield every statement that allows a role of ours something."""
    for name, resource in expanded()["Resources"].items():
        properties = resource.get("Properties", {})
        documents: list[Any] = [
            policy["PolicyDocument"]
            for policy in properties.get("Policies", [])
            if "PolicyDocument" in policy
        ]
        if resource["Type"] == "AWS::IAM::ManagedPolicy":
            documents.append(properties["PolicyDocument"])
        for document in documents:
            yield from (Statement(name, content) for content in _many(document["Statement"]))


def statements_of(function: str) -> dict[str, Statement]:
    """Return the statements of a function's own role by their name."""
    owner: str = functions()[function]["Role"]["Fn::GetAtt"][0]
    return {one.content["Sid"]: one for one in granted() if one.owner == owner}


def _many(value: Any) -> list[Any]:
    return cast("list[Any]", value) if isinstance(value, list) else [value]
