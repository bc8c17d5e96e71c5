"""Each layer imports only those below it: import-linter's contracts of pyproject.toml hold."""

import os
import subprocess
import sys
from pathlib import Path


def test_layers_are_kept():
    code = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    root = Path(__file__).parent.parent
    ran = subprocess.run(
        [sys.executable, "-c", code, "--no-cache"],
        cwd=root,
        capture_output=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
