"""Print the state machine as JSON, for tools that do not read YAML: asl-validator among them."""

from __future__ import annotations

import json

from local.diagram import read_definition

if __name__ == "__main__":
    print(json.dumps(read_definition(), indent=2))
