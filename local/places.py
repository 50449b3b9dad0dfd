"""Where things are in the checkout, and where local state goes."""

from __future__ import annotations

from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
TEMPLATE = CHECKOUT / "template.yaml"
PROGRAMS = CHECKOUT / "programs"
LOCK = CHECKOUT / "uv.lock"
BUILD = CHECKOUT / "build"
LAYERS = BUILD / "layers"
STATE = CHECKOUT / ".roundtable" / "state"
