"""`python -m roundtable.runtime.publish FILE…` publishes program files to the table.

It takes the table from TABLE_NAME and the account from the usual AWS settings. A file that is
not a program, or that may not replace the published version, is refused and nothing of it is
written; one that changed nothing makes no new version.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

from roundtable.domain.audit import Actor
from roundtable.programs.loading import ProgramFileError, load_program
from roundtable.runtime.composition import AwsPorts
from roundtable.usecases.errors import Invalid
from roundtable.usecases.staff.publishing import publish


def main(paths: Sequence[str]) -> int:
    """Publish each file; return 0, or 1 if any was refused (its reasons are on stderr)."""
    ports = AwsPorts()
    refused = False
    for path in paths:
        try:
            program = load_program(Path(path))
            number = publish(ports, program, Actor(kind="staff", id="publish"))
        except ProgramFileError as error:
            sys.stderr.write(f"{error}\n")
            refused = True
        except Invalid as refusal:
            for problem in refusal.problems:
                sys.stderr.write(f"{path}: {problem.reason}\n")
            refused = True
        else:
            sys.stdout.write(f"{program.name}: version {number}\n")
    return int(refused)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
