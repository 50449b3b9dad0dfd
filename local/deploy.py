"""Bring the template onto the embedded AWS with CloudFormation, and read what it answers."""

from __future__ import annotations

import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from botocore.exceptions import ClientError

from local.account import Account
from local.package import Package, package
from local.places import TEMPLATE
from local.problem import CannotGoOnError

STACK = "roundtable"
BUCKET = "roundtable-deployments"
# `*.localhost` is this machine for browsers and curl, without an entry anywhere.
DOMAIN = "roundtable.localhost"
_DEPLOYED_WITHIN_SECONDS = 300
_CAPABILITIES = ["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"]


def deploy(
    account: Account,
    parameters: Mapping[str, str],
    *,
    template_file: Path = TEMPLATE,
    stack: str = STACK,
) -> dict[str, str]:
    """Create or update the stack and return its outputs.

    Raises:
        CannotGoOnError: the template cannot be packaged, or CloudFormation refuses it.

    """
    ready = package(template_file, parameters, bucket=BUCKET, domain=DOMAIN)
    known = set(ready.template.get("Parameters", {}))
    unknown = set(parameters) - known
    if unknown:
        raise CannotGoOnError(f"{template_file} has no parameter {', '.join(sorted(unknown))}")
    _upload(account, ready)
    _apply(account, ready, parameters, stack)
    return outputs(account, stack=stack)


def outputs(account: Account, *, stack: str = STACK) -> dict[str, str]:
    """Read the outputs of a deployed stack."""
    described = account.client("cloudformation").describe_stacks(StackName=stack)["Stacks"][0]
    return {one["OutputKey"]: one["OutputValue"] for one in described.get("Outputs", [])}


def physical_name(account: Account, logical_id: str, *, stack: str = STACK) -> str:
    """Find what CloudFormation called the resource `logical_id` of the template."""
    found = account.client("cloudformation").describe_stack_resource(
        StackName=stack, LogicalResourceId=logical_id
    )
    return str(found["StackResourceDetail"]["PhysicalResourceId"])


def physical_names(account: Account, resource_type: str, *, stack: str = STACK) -> dict[str, str]:
    """Map the logical id of each resource of a type to what it is called here."""
    pages = account.client("cloudformation").get_paginator("list_stack_resources")
    return {
        one["LogicalResourceId"]: one["PhysicalResourceId"]
        for page in pages.paginate(StackName=stack)
        for one in page["StackResourceSummaries"]
        if one["ResourceType"] == resource_type
    }


def _upload(account: Account, ready: Package) -> None:
    s3 = account.client("s3")
    s3.create_bucket(Bucket=BUCKET)
    there = {
        one["Key"]
        for page in s3.get_paginator("list_objects_v2").paginate(Bucket=BUCKET)
        for one in page.get("Contents", [])
    }

    def put(key: str) -> None:
        s3.put_object(Bucket=BUCKET, Key=key, Body=ready.archives[key])

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(put, ready.archives.keys() - there))
    # Superseded code would pile up in the saved state.
    for key in there - ready.archives.keys():
        s3.delete_object(Bucket=BUCKET, Key=key)


def _apply(account: Account, ready: Package, parameters: Mapping[str, str], stack: str) -> None:
    cloudformation = account.client("cloudformation")
    s3 = account.client("s3")
    # A template in the request is limited to 51 200 bytes, one in a bucket to a megabyte.
    key = "template.json"
    s3.put_object(Bucket=BUCKET, Key=key, Body=ready.body.encode())
    request: dict[str, Any] = {
        "StackName": stack,
        "TemplateURL": f"{account.endpoint_url}/{BUCKET}/{key}",
        "Parameters": [
            {"ParameterKey": name, "ParameterValue": value} for name, value in parameters.items()
        ],
        "Capabilities": _CAPABILITIES,
    }
    try:
        if _status(cloudformation, stack) is None:
            cloudformation.create_stack(**request, DisableRollback=True)
        else:
            cloudformation.update_stack(**request)
    except ClientError as refusal:
        if "No updates are to be performed" in str(refusal):
            return
        raise CannotGoOnError(f"CloudFormation refuses the template: {refusal}") from refusal
    _wait(cloudformation, stack)


def _status(cloudformation: Any, stack: str) -> str | None:  # noqa: ANN401 - a boto3 client
    try:
        status = cloudformation.describe_stacks(StackName=stack)["Stacks"][0]["StackStatus"]
    except ClientError:
        return None
    if status in {"CREATE_FAILED", "ROLLBACK_COMPLETE", "ROLLBACK_FAILED", "DELETE_FAILED"}:
        # Such a stack cannot be updated; nothing has run on it yet.
        cloudformation.delete_stack(StackName=stack)
        _wait(cloudformation, stack)
        return None
    return None if status == "DELETE_COMPLETE" else str(status)


def _wait(cloudformation: Any, stack: str) -> None:  # noqa: ANN401 - a boto3 client
    deadline = time.monotonic() + _DEPLOYED_WITHIN_SECONDS
    while time.monotonic() < deadline:
        try:
            status = cloudformation.describe_stacks(StackName=stack)["Stacks"][0]["StackStatus"]
        except ClientError:
            return  # deleted
        if status.endswith("_IN_PROGRESS"):
            time.sleep(0.2)
            continue
        if status in {"CREATE_COMPLETE", "UPDATE_COMPLETE", "DELETE_COMPLETE"}:
            return
        raise CannotGoOnError(f"the stack is {status}: {_first_failure(cloudformation, stack)}")
    raise CannotGoOnError(f"the stack did not settle within {_DEPLOYED_WITHIN_SECONDS} s")


def _first_failure(cloudformation: Any, stack: str) -> str:  # noqa: ANN401 - a boto3 client
    events = cloudformation.describe_stack_events(StackName=stack)["StackEvents"]
    failures = [
        f"{event['LogicalResourceId']} ({event['ResourceType']}): {event['ResourceStatusReason']}"
        for event in events
        if event["ResourceStatus"].endswith("_FAILED") and event.get("ResourceStatusReason")
    ]
    return failures[-1] if failures else "no reason was given"
