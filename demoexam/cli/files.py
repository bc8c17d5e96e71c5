"""Commands that read and write files: import, report."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from demoexam.cli.output import YEAR
from demoexam.cli.program import Target
from demoexam.errors import UserError
from demoexam.text import counted

if TYPE_CHECKING:
    from demoexam.services.imports.plan import ImportPlan
    from demoexam.store.store import Store

DAY = click.DateTime(["%Y-%m-%d"])
FILE = click.Path(path_type=Path)
_NOTHING_LOADED = (
    "Ничего не загружено. Уберите из команды файлы, которые не читаются, и повторите: "
    "остальные загрузятся."
)
KINDS = ("roster", "students", "workshops", "kits", "schedule", "auto")


@click.command("import", short_help="Загрузить списки из Excel и CSV.")
@click.argument("files", nargs=-1, required=True, type=FILE)
@click.option("--kind", type=click.Choice(KINDS), default="auto", help="Что это за списки.")
@click.option("--dry-run", is_flag=True, help="Только показать, ничего не записывать.")
@click.option("--report", "report_path", type=FILE, help="Подробный отчёт в JSON.")
@click.option("--rejected", type=FILE, help="Куда пропущенные строки для исправления (.xlsx).")
@click.pass_obj
def load(
    target: Target,
    *,
    files: tuple[Path, ...],
    kind: str,
    dry_run: bool,
    report_path: Path | None,
    rejected: Path | None,
) -> None:
    """Загрузить файлы; каждый — одно действие, которое можно отменить.

    Порядок файлов не важен. Если хоть один не читается, не загружается ни один.
    """
    from demoexam.exchange.files_out import refuse_unwritable, save_bytes
    from demoexam.services.imports.files import import_files, report_names
    from demoexam.services.imports.imports import ImportReport, report_json

    for path in filter(None, (report_path, rejected)):
        refuse_unwritable(path)
    store = target.open_or_create()
    reports = import_files(store, files, kind=kind, dry_run=dry_run)
    names = report_names(reports)
    if report_path:
        told = report_json({names[path]: each for path, each in reports.items()})
        save_bytes(report_path, json.dumps(told, ensure_ascii=False, indent=1).encode())
    refused = {path: each for path, each in reports.items() if isinstance(each, UserError)}
    for path, error in refused.items():
        click.echo(f"{names[path]}: {error} {error.hint}", err=True)
    if refused and len(reports) > 1:
        click.echo(_NOTHING_LOADED, err=True)
    if refused:
        store.close()
        raise SystemExit(1)
    for path, done in reports.items():
        if isinstance(done, ImportReport):
            click.echo(f"{names[path]}: {done.summary()}")
    if rejected:
        plans = {
            path: each.plan for path, each in reports.items() if isinstance(each, ImportReport)
        }
        _write_rejected(store, rejected, plans, remember=not dry_run)
    store.close()


def _write_rejected(
    store: "Store", target: Path, plans: Mapping[Path, "ImportPlan"], *, remember: bool
) -> None:
    from demoexam.services.imports.choices import open_book
    from demoexam.services.imports.rejected import NothingRejected, rejected_places, save_rejected

    loads = ((plan, open_book(path)) for path, plan in plans.items() if rejected_places(plan))
    try:
        count = save_rejected(store, target, loads, remember=remember)
    except NothingRejected as nothing:
        click.echo(str(nothing))
    else:
        rows = counted(count, "строка", "строки", "строк")
        click.echo(f"Записано: {target} — {rows}. Исправьте их в этом файле и загрузите его.")


@click.group(short_help="Отчёты в файл.")
def report() -> None:
    """Выгрузить отчёт."""


@report.command("share", short_help="Отчёт о доле работодателей.")
@click.option("--year", type=YEAR, default=None, help="Год (обычно текущий).")
@click.option("-o", "output", type=FILE, required=True, help="Файл .xlsx, .pdf или .csv.")
@click.option("--no-contacts", is_flag=True, help="Без телефонов и почты.")
@click.pass_obj
def report_share(target: Target, year: int | None, output: Path, no_contacts: bool) -> None:
    """Доля за год: таблица, диаграмма с целью и список экспертов за числом."""
    from demoexam.services.share.report import save_report, share_report

    store = target.open()
    with store.reading() as session:
        made = share_report(session, year=year or date.today().year, contacts=not no_contacts)
    store.close()
    click.echo(f"Записано: {save_report(made, output)}")


COMMANDS = {command.name: command for command in (load, report)}
