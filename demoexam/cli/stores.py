"""Commands about the store as a whole: making it, copies, health, taking back."""

from datetime import date, datetime
from pathlib import Path

import click

from demoexam.cli.output import echo_json, echo_table
from demoexam.cli.program import Target
from demoexam.text import counted


@click.command(short_help="Новая пустая база со справочниками.")
@click.option("--college", default="", help="Название своего колледжа.")
@click.pass_obj
def init(target: Target, college: str) -> None:
    """Создать пустую базу: справочники, цели 50/60/70, календарь, шкала оценок."""
    from demoexam.services.college.college import found_college

    store = target.create()
    if college:
        with store.transaction("свой колледж") as session:
            found_college(session, name=college)
    store.close()
    click.echo(f"База создана: {target.path}")


@click.command(short_help="Учебные данные в пустую базу.")
@click.option(
    "--size", type=click.Choice(["college", "cluster", "region"]), default="college", help="Объём."
)
@click.option("--seed", type=int, default=1, help="То же число даёт те же данные.")
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), default=None, help="День отсчёта.")
@click.pass_obj
def sample(target: Target, size: str, seed: int, today: datetime | None) -> None:
    """Заполнить пустую базу вымышленными данными."""
    from demoexam.services.sample.sample import fill_sample
    from demoexam.store.undo import CREATION

    store = target.open_or_create()
    day = today.date() if today else date.today()
    with store.transaction(CREATION) as session:  # Ctrl+Z must not empty the store
        fill_sample(session, size=size, seed=seed, today=day)
    store.close()
    click.echo(f"Учебные данные записаны: {target.path}")


@click.command(short_help="Копия базы.")
@click.option("-o", "output", type=click.Path(path_type=Path), help="Куда.")
@click.pass_obj
def backup(target: Target, output: Path | None) -> None:
    """Сделать проверенную копию базы."""
    from demoexam.store.backup import verified_copy
    from demoexam.store.schema import version_of

    version_of(target.path)
    stamp = f"{datetime.now():%Y%m%d-%H%M%S}"
    place = output or target.path.parent / "backups" / f"{target.path.stem}-{stamp}.db"
    click.echo(f"Копия проверена и записана: {verified_copy(target.path, place)}")


@click.command(short_help="Вернуть базу из копии.")
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_obj
def restore(target: Target, file: Path) -> None:
    """Заменить базу копией; нынешняя остаётся рядом."""
    from demoexam.store import backup as copies
    from demoexam.store.schema import version_of

    version_of(file)
    kept = copies.restore(file, target.path)
    click.echo(f"База восстановлена из {file}.")
    if kept:
        click.echo(f"Прежняя база сохранена: {kept}")


@click.command(short_help="Проверка здоровья базы.")
@click.option("--json", "as_json", is_flag=True, help="Машинный вывод.")
@click.pass_obj
def doctor(target: Target, as_json: bool) -> None:
    """Проверить файл, связи, журнал и поиск."""
    from demoexam.store.health import examine

    report = examine(target.path)
    if as_json:
        echo_json(report.as_values())
    else:
        echo_table(("проверка", "итог"), report.lines())
    if not report.sound:
        raise SystemExit(1)


@click.command(short_help="Отменить последнее (или названное) действие.")
@click.option("--list", "show", is_flag=True, help="Показать журнал действий.")
@click.argument("operation", required=False)
@click.pass_obj
def undo(target: Target, show: bool, operation: str | None) -> None:
    """Вернуть как было; отмена отмены возвращает сделанное."""
    from demoexam.services.history import past_operations, take_back

    store = target.open()
    if show:
        with store.reading() as session:
            rows = past_operations(session)
        echo_table(
            ("номер", "когда (UTC)", "что", "состояние"),
            [(o.id, o.at[:16], o.text, "" if o.done else "отменено") for o in rows],
        )
    else:
        report = take_back(store, operation)
        click.echo(f"Отменено: {report.text}")
        click.echo(f"Возвращено: {counted(len(report.rows), 'запись', 'записи', 'записей')}.")
        for kept in report.kept:
            columns = f" ({', '.join(kept.columns)})" if kept.columns else ""
            click.echo(f"Не тронуто: {kept.table} {kept.row_id}{columns}: {kept.reason}.")
    store.close()


COMMANDS = {command.name: command for command in (init, sample, backup, restore, doctor, undo)}
