"""Checks program files: `python -m roundtable.programs FILE...`.

Prints a summary of each file that can be used, to standard output, and the problems of the others,
to standard error. Ends with 0 if all can be used, 1 if one cannot, 2 if no file was named.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

from roundtable.programs.loading import ProgramFileError, load_program
from roundtable.programs.summary import summarize


def main(arguments: Sequence[str]) -> int:
    """Check the files named and return the exit code."""
    if not arguments:
        sys.stderr.write("usage: python -m roundtable.programs FILE...\n")
        return 2
    code = 0
    for number, argument in enumerate(arguments):
        try:
            text = summarize(load_program(Path(argument)))
        except ProgramFileError as error:
            sys.stderr.write(f"{error}\n")
            code = 1
        else:
            sys.stdout.write(("\n" if number else "") + text + "\n")
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
