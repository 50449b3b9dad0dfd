"""The command line: the checks of letters and videos, on a file or a link at hand."""
