"""The command line run on one store, as a script would."""

import json
from pathlib import Path

from click.testing import CliRunner

from demoexam.cli import main


class Shell:
    """Runs commands on one store, as a script would."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __call__(self, *words: object, code: int = 0) -> str:
        done = CliRunner().invoke(main, ["--store", str(self.path), *map(str, words)])
        if done.exception and not isinstance(done.exception, SystemExit):
            raise done.exception
        assert done.exit_code == code, done.output
        return done.stdout if code == 0 else done.stderr

    def json(self, *words: object):
        return json.loads(self(*words, "--json"))
