"""The event of an upload names the version it created.

AWS does for a versioned bucket; MiniStack leaves it out.
"""

from __future__ import annotations

import importlib
import json
from collections.abc import Callable
from typing import Any


def correct() -> None:
    """Name the version in each `Object Created` event."""
    documents: Any = importlib.import_module("ministack.services.s3")
    events: Any = importlib.import_module("ministack.services.eventbridge")
    dispatch: Callable[..., None] = events._dispatch_event

    def dispatch_with_version(event: dict[str, Any], view: object = None) -> None:
        if event.get("Source") == "aws.s3" and event.get("DetailType") == "Object Created":
            detail = json.loads(event["Detail"])
            place = (detail["bucket"]["name"], detail["object"]["key"])
            etag = detail["object"].get("etag")
            versions = documents._object_versions.get(place, [])
            if version := newest_version(versions, etag):
                detail["object"]["version-id"] = version
                event = {**event, "Detail": json.dumps(detail)}
        dispatch(event, view)

    events._dispatch_event = dispatch_with_version


def newest_version(versions: list[dict[str, Any]], etag: str | None) -> str | None:
    """Find the newest of `versions`, oldest first, with the content `etag` names."""
    for version in reversed(versions):
        if str(version.get("obj_record", {}).get("etag", "")).strip('"') == etag:
            return str(version["version_id"])
    return str(versions[-1]["version_id"]) if versions else None
