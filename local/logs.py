"""Keep what the functions and the emulator logged, to be read after a failure."""

from __future__ import annotations

import shutil
from pathlib import Path

from local.cloud import Cloud
from local.functions import function_names


def keep_logs(cloud: Cloud, folder: Path) -> None:
    """Write the log of the emulator and of each function into a folder, made anew."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    shutil.copy(cloud.emulator.log, folder / "ministack.log")
    logs = cloud.client("logs")
    groups = [one["logGroupName"] for one in logs.describe_log_groups()["logGroups"]]
    names = function_names(cloud.account)
    for group in groups:
        pages = logs.get_paginator("filter_log_events").paginate(logGroupName=group)
        lines = [
            f"{event['logStreamName'][-8:]} {event['message']}"
            for page in pages
            for event in page["events"]
        ]
        name = next((logical for logical, real in names.items() if group.endswith(real)), group)
        file = folder / f"{name.strip('/').replace('/', '-')}.log"
        file.write_text("\n".join(lines), encoding="utf-8")
