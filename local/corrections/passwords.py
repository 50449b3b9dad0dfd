"""The password of an invitation fits the user pool's policy.

AWS makes it so; MiniStack makes one of twelve signs, which it then refuses itself where the policy
asks for more.
"""

from __future__ import annotations

import importlib
import secrets
from typing import Any


def correct() -> None:
    """Make invitations' passwords long and mixed enough for any policy."""
    cognito: Any = importlib.import_module("ministack.services.cognito")
    cognito._generate_temp_password = temporary_password


def temporary_password() -> str:
    """Return a password with every kind of sign, of more than forty signs."""
    return f"Aa1!{secrets.token_urlsafe(32)}"
