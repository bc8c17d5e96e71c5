"""The program `demoexam`: its commands, its exit codes, its way to the store."""

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from demoexam.errors import UserError
from demoexam.settings import LocalSettings, default_store

if TYPE_CHECKING:
    from demoexam.store.store import Store

REFUSED = 1
COMMANDS = {  # command -> module that holds it: only the wanted one is imported
    "init": "stores", "sample": "stores", "backup": "stores", "restore": "stores",
    "doctor": "stores", "undo": "stores",
    "import": "files", "report": "files", "print": "printing", "forms": "printing",
    "share": "figures", "check": "figures",
    "sync": "exchange", "conflicts": "exchange", "resolve": "exchange", "erase": "exchange",
    "hub": "hubs",
    "get": "table_rows", "set": "table_rows", "add": "table_rows", "delete": "table_rows",
}  # fmt: skip


@dataclass
class Target:
    """The local store a command works on."""

    path: Path
    client: str

    def open(self) -> "Store":
        from demoexam.store.opening import open_store

        return open_store(self.path, client=self.client)

    def create(self) -> "Store":
        from demoexam.store.opening import create_store

        return create_store(self.path, client=self.client)

    def open_or_create(self) -> "Store":
        return self.open() if self.path.exists() and self.path.stat().st_size else self.create()


class Program(click.Group):
    """Finds commands by name, and turns a UserError into a sentence and exit code 1."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        del ctx
        module = COMMANDS.get(cmd_name)
        if module is None:
            return None
        import importlib

        holder: Any = importlib.import_module(f"demoexam.cli.{module}")
        command: click.Command = holder.COMMANDS[cmd_name]
        return command

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except UserError as error:
            _refuse(error)


@click.group(cls=Program, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--store", "store_path", type=click.Path(path_type=Path), help="Файл базы (обычно свой)."
)
@click.pass_context
def main(context: click.Context, store_path: Path | None) -> None:
    """ДЭ-Координатор: эксперты, экзамены, бумаги и доля работодателей."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    local = LocalSettings.load()
    path = store_path or Path(local.store or default_store())
    context.obj = Target(path, local.client_of(path))


def _refuse(error: UserError) -> NoReturn:
    click.echo(str(error), err=True)
    if error.hint:
        click.echo(error.hint, err=True)
    sys.exit(REFUSED)
