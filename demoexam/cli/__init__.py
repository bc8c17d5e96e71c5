"""The command line: the services without a window, for scripts, administrators and checks."""

from demoexam.cli.program import main

__all__ = ["main"]
