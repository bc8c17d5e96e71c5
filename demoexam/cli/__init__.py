"""The command line: the services without a window, for scripts, administrators and checks."""

import sys

if getattr(sys, "frozen", False):  # a built program starts itself again to read a file apart
    from multiprocessing import freeze_support

    freeze_support()

from demoexam.cli.program import main

__all__ = ["main"]
