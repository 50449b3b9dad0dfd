"""The administrator's way into the embedded AWS: one address, one pair of keys, clients."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import boto3
from botocore.config import Config

REGION = "us-east-1"
ACCOUNT_ID = "000000000000"
DEFAULT_PORT = 4566

# With AUTH on, MiniStack takes every key that no user or role owns as its account's root. These
# open nothing but an emulator that listens on the loopback interface.
_ROOT_KEYS = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}


@dataclass(frozen=True)
class Account:
    """The account of an emulator that listens on `port` of the loopback interface."""

    port: int = DEFAULT_PORT

    @property
    def endpoint_url(self) -> str:
        """The address all services answer on."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> Mapping[str, str]:
        """What another process needs in its environment to act as the administrator."""
        return {
            "AWS_ENDPOINT_URL": self.endpoint_url,
            "AWS_REGION": REGION,
            "AWS_DEFAULT_REGION": REGION,
            "AWS_EC2_METADATA_DISABLED": "true",
            **_ROOT_KEYS,
        }

    @cached_property
    def _session(self) -> boto3.Session:
        return boto3.Session(
            aws_access_key_id=_ROOT_KEYS["AWS_ACCESS_KEY_ID"],
            aws_secret_access_key=_ROOT_KEYS["AWS_SECRET_ACCESS_KEY"],
            region_name=REGION,
        )

    def client(self, service: str) -> Any:  # noqa: ANN401 - the stubs know a client by its literal name only
        """Make an administrator's client of `service`, such as `dynamodb`."""
        # A person's own AWS profile must neither be needed nor be used.
        os.environ.pop("AWS_PROFILE", None)
        session: Any = self._session
        return session.client(
            service,
            endpoint_url=self.endpoint_url,
            config=Config(
                retries={"total_max_attempts": 3},
                connect_timeout=5,
                read_timeout=120,
                max_pool_connections=32,
                s3={"addressing_style": "path"},
                inject_host_prefix=False,
            ),
        )
