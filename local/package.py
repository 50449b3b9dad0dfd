"""Turn `template.yaml` into a template the embedded AWS can take, and the code it refers to.

What changes on the way, and why:

* folders become objects in an S3 bucket, as `sam package` does;
* the YAML state machine becomes JSON, the only form MiniStack runs;
* SAM is expanded here, because MiniStack does not import the OpenAPI body that SAM writes for an
  HTTP API (see `http_api`);
* the rights to answer a waiting task and to list alarms are widened to any resource: AWS checks
  them against the state machine and the alarms, MiniStack against a resource no policy can name;
* an administrator may sign people in by password, which the template does not allow;
* bucket and queue policies no longer refuse plain HTTP, which the loopback interface speaks;
* a resource MiniStack has no equivalent of is left out (`LEFT_OUT`).
"""

from __future__ import annotations

import importlib
import json
import logging
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, cast

from local import http_api
from local.account import REGION
from local.archive import content_hash, zip_folder, zip_text
from local.layers import PACKAGES, build_layer
from local.places import LAYERS
from local.problem import CannotGoOnError

Template = dict[str, Any]

_WIDENED = ("states:SendTask", "cloudwatch:DescribeAlarms")
# Resource types MiniStack's CloudFormation refuses, and which nothing on one machine needs.
LEFT_OUT: Mapping[str, str] = {
    "AWS::ApplicationInsights::Application": "watches an account; there is nothing to watch",
    "AWS::CloudWatch::Alarm": "MiniStack knows no metric math and publishes few metrics",
    "AWS::CloudWatch::CompositeAlarm": "MiniStack has single alarms only",
    "AWS::Cognito::ManagedLoginBranding": "the embedded sign-in page has one look",
    "AWS::Cognito::UserPoolUICustomizationAttachment": "the embedded sign-in page has one look",
    "AWS::ResourceGroups::Group": "a view of the console; there is no console",
    "AWS::SNS::TopicInlinePolicy": "the topic's own policy suffices in one account",
    "AWS::WAFv2::WebACLAssociation": "no firewall stands before the loopback interface",
}

# Layers the functions read where they were built (see `Emulator.packages`): MiniStack unpacks every
# layer for every worker, which takes 15 s when six start at once on two cores. Here every function
# sees all of them; that each needs only its own is tested (`tests/template/test_layers.py`).
IN_PLACE = frozenset(PACKAGES)


@dataclass(frozen=True)
class Package:
    """A template ready to deploy, and the archives it names by their key in the bucket."""

    template: Template
    archives: Mapping[str, bytes]

    @property
    def body(self) -> str:
        """The template as CloudFormation takes it."""
        return json.dumps(self.template, separators=(",", ":"), sort_keys=True)


def package(
    template_file: Path, parameters: Mapping[str, str], *, bucket: str, domain: str
) -> Package:
    """Package `template_file` for the embedded AWS.

    Code is expected in `bucket`; the HTTP API answers at `domain`.

    Raises:
        CannotGoOnError: the template, or a file it refers to, cannot be used.

    """
    template = read_template(template_file)
    here = template_file.parent
    archives = _upload_folders(template, here, bucket)
    _inline_state_machines(template, here)
    template = expand_sam(template, parameters)
    widen_rights(template)
    allow_password_sign_in(template)
    allow_plain_http(template)
    http_api.write_out_routes(template)
    http_api.serve_at(template, domain)
    leave_out(template, LEFT_OUT)
    return Package(template, archives)


def read_template(template_file: Path) -> Template:
    """Read a SAM template with CloudFormation's short forms, such as `!Ref`.

    Raises:
        CannotGoOnError: the file is missing or is no template.

    """
    if not template_file.is_file():
        raise CannotGoOnError(f"there is no template at {template_file}")
    template = _read_yaml(template_file)
    if not isinstance(template.get("Resources"), dict):
        raise CannotGoOnError(f"{template_file} has no Resources")
    return template


def expand_sam(template: Template, parameters: Mapping[str, str]) -> Template:
    """Let the SAM translator turn serverless resources into plain ones.

    Raises:
        CannotGoOnError: the translator refuses the template.

    """
    os.environ.setdefault("AWS_DEFAULT_REGION", REGION)
    # Imported late, for it takes most of a second, and by name, for it comes without types.
    exceptions: Any = importlib.import_module("samtranslator.public.exceptions")
    transform: Any = importlib.import_module("samtranslator.translator.transform")

    # It warns of telemetry that nobody collects.
    logging.getLogger("samtranslator.metrics").setLevel(logging.ERROR)
    declared = cast("dict[str, dict[str, Any]]", template.get("Parameters", {}))
    values = {name: about["Default"] for name, about in declared.items() if "Default" in about}
    try:
        expanded: Template = transform.transform(
            template, values | dict(parameters), _NoManagedPolicies()
        )
    except exceptions.InvalidDocumentException as refusal:
        causes = "; ".join(str(cause.message) for cause in refusal.causes)
        raise CannotGoOnError(f"SAM refuses the template: {causes}") from refusal
    expanded.pop("Transform", None)
    return expanded


def widen_rights(template: Template) -> None:
    """Let statements that allow answering a task or listing alarms do so for every resource."""
    for statement in _statements(template["Resources"]):
        actions = statement.get("Action", [])
        named = [actions] if isinstance(actions, str) else actions
        if any(str(action).startswith(_WIDENED) for action in named):
            statement["Resource"] = "*"


def allow_password_sign_in(template: Template) -> None:
    """Let an administrator get a person's tokens with their password, here only.

    The template allows the sign-in page alone; tests and rehearsals have no browser.
    """
    for resource in template["Resources"].values():
        if resource["Type"] == "AWS::Cognito::UserPoolClient":
            allowed: list[str] = resource["Properties"].get("ExplicitAuthFlows", [])
            flows = {*allowed, "ALLOW_ADMIN_USER_PASSWORD_AUTH"}
            resource["Properties"]["ExplicitAuthFlows"] = sorted(flows)


def allow_plain_http(template: Template) -> None:
    """Drop statements that forbid plain HTTP, which the loopback interface speaks."""
    for resource in template["Resources"].values():
        policy: dict[str, Any] = resource.get("Properties", {}).get("PolicyDocument", {})
        if "Statement" in policy:
            policy["Statement"] = [one for one in policy["Statement"] if not _asks_for_tls(one)]
    empty = [
        name
        for name, resource in template["Resources"].items()
        if resource.get("Properties", {}).get("PolicyDocument", {}).get("Statement") == []
    ]
    for name in empty:
        del template["Resources"][name]


def _asks_for_tls(statement: dict[str, Any]) -> bool:
    conditions = statement.get("Condition", {}).get("Bool", {})
    return statement.get("Effect") == "Deny" and "aws:SecureTransport" in conditions


def _statements(value: object) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        mapping = cast("dict[str, Any]", value)
        if mapping.get("Effect") == "Allow" and "Resource" in mapping:
            yield mapping
        for inner in mapping.values():
            yield from _statements(inner)
    elif isinstance(value, list):
        for inner in cast("list[object]", value):
            yield from _statements(inner)


def leave_out(template: Template, types: Mapping[str, str]) -> None:
    """Remove resources of `types`, outputs that refer to them, and orders to retain the others."""
    resources = template["Resources"]
    gone = {name for name, resource in resources.items() if resource["Type"] in types}
    for name in gone:
        del resources[name]
    for resource in resources.values():
        # A stack that failed is made anew; what it would leave behind nobody would find again.
        resource.pop("DeletionPolicy", None)
        resource.pop("UpdateReplacePolicy", None)
    outputs = template.get("Outputs", {})
    for name in [name for name, output in outputs.items() if _refers_to(output, gone)]:
        del outputs[name]
    for resource in resources.values():
        depends = resource.get("DependsOn", [])
        names = [depends] if isinstance(depends, str) else depends
        if gone.intersection(names):
            resource["DependsOn"] = [name for name in names if name not in gone]


def _refers_to(value: object, names: set[str]) -> bool:
    text = json.dumps(value)
    return any(f'"{name}"' in text or f"${{{name}" in text for name in names)


class _NoManagedPolicies:
    """Stands in for a call to IAM: our roles name their statements themselves."""

    def load(self) -> dict[str, str]:
        return {}


def _upload_folders(template: Template, here: Path, bucket: str) -> dict[str, bytes]:
    shared = template.get("Globals", {}).get("Function", {}).get("CodeUri")
    jobs: list[_Upload] = []
    for resource in template["Resources"].values():
        properties = resource.setdefault("Properties", {})
        if resource["Type"] == "AWS::Serverless::Function" and "InlineCode" not in properties:
            folder = here / str(properties.get("CodeUri", shared))
            jobs.append(_Upload(properties, "CodeUri", partial(_function, folder)))
        elif resource["Type"] == "AWS::Serverless::LayerVersion":
            name = (here / str(properties["ContentUri"])).resolve().name
            jobs.append(_Upload(properties, "ContentUri", partial(_layer, name)))
            resource.pop("Metadata", None)
    archives: dict[str, bytes] = {}
    for job in jobs:
        archive = job.pack()
        key = f"{content_hash(archive)}.zip"
        archives[key] = archive
        job.properties[job.where] = {"Bucket": bucket, "Key": key}
    return archives


@dataclass(frozen=True)
class _Upload:
    """A property of a resource that names a folder, and how to pack that folder."""

    properties: dict[str, Any]
    where: str
    pack: Callable[[], bytes]


def _function(folder: Path) -> bytes:
    if not folder.is_dir():
        raise CannotGoOnError(f"the template refers to {folder}, which is not there")
    return zip_folder(folder)


def _layer(name: str) -> bytes:
    if name in IN_PLACE:
        return zip_text("README", f"The emulator's functions read {LAYERS / name} directly.\n")
    return zip_folder(build_layer(name), compiled=True)


def _inline_state_machines(template: Template, here: Path) -> None:
    for resource in template["Resources"].values():
        if resource["Type"] != "AWS::Serverless::StateMachine":
            continue
        properties = resource["Properties"]
        uri = properties.pop("DefinitionUri", None)
        if isinstance(uri, str):
            definition = here / uri
            if not definition.is_file():
                raise CannotGoOnError(f"the template refers to {definition}, which is not there")
            properties["Definition"] = _read_yaml(definition)


def _read_yaml(file: Path) -> dict[str, Any]:
    yaml: Any = importlib.import_module("samtranslator.yaml_helper")
    try:
        content: object = yaml.yaml_parse(file.read_text(encoding="utf-8"))
    except Exception as problem:  # the parser's own error type belongs to a package not ours
        raise CannotGoOnError(f"{file} is not YAML: {problem}") from problem
    if not isinstance(content, dict):
        raise CannotGoOnError(f"{file} is not a YAML mapping")
    return cast("dict[str, Any]", content)
