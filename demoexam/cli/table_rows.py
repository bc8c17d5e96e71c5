"""Commands over single records: get, set, add, delete."""

import json

import click

from demoexam.cli.output import echo_json, echo_table
from demoexam.cli.program import Target


@click.command("get", short_help="Записи таблицы.")
@click.argument("table")
@click.argument("record_id", required=False)
@click.option("--deleted", is_flag=True, help="И удалённые.")
@click.option("--json", "as_json", is_flag=True, help="Машинный вывод.")
@click.pass_obj
def show(target: Target, table: str, record_id: str | None, deleted: bool, as_json: bool) -> None:
    """Показать записи таблицы TABLE или одну из них."""
    from demoexam.services.records.records import as_values, live_record, rows_of

    store = target.open()
    with store.reading() as session:
        if record_id and not deleted:
            rows = [as_values(live_record(session, table=table, record_id=record_id))]
        else:
            rows = rows_of(session, table=table, deleted=deleted)
            rows = [row for row in rows if record_id in {None, row["id"]}]
    store.close()
    if as_json:
        echo_json(rows[0] if record_id and rows else rows)
    elif record_id and rows:
        echo_table(("поле", "значение"), [(key, _cell(value)) for key, value in rows[0].items()])
    elif rows:
        echo_table(tuple(rows[0]), [tuple(map(_cell, row.values())) for row in rows])


@click.command("set", short_help="Изменить поля записи.")
@click.argument("table")
@click.argument("record_id")
@click.argument("fields", nargs=-1, required=True)
@click.pass_obj
def change(target: Target, table: str, record_id: str, fields: tuple[str, ...]) -> None:
    """Записать FIELD=VALUE..., по тем же правилам, что и в окне."""
    from demoexam.services.records.records import change_record

    store = target.open()
    values = _pairs(fields)
    with store.transaction(f"правка: {table}") as session:
        change_record(session, table=table, record_id=record_id, values=values)
    store.close()


@click.command("add", short_help="Новая запись.")
@click.argument("table")
@click.argument("fields", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="Машинный вывод.")
@click.pass_obj
def add(target: Target, table: str, fields: tuple[str, ...], as_json: bool) -> None:
    """Создать запись с FIELD=VALUE..., напечатать её номер."""
    from demoexam.services.records.records import add_record, as_values, live_record

    store = target.open()
    with store.transaction(f"новая запись: {table}") as session:
        record_id = add_record(session, table=table, values=_pairs(fields))
        row = as_values(live_record(session, table=table, record_id=record_id))
    store.close()
    if as_json:
        echo_json(row)
    else:
        click.echo(record_id)


@click.command("delete", short_help="Удалить запись (можно отменить).")
@click.argument("table")
@click.argument("record_id")
@click.pass_obj
def delete(target: Target, table: str, record_id: str) -> None:
    """Положить запись в корзину вместе с её частями."""
    from demoexam.services.records.records import delete_record

    store = target.open()
    with store.transaction(f"удаление: {table}") as session:
        delete_record(session, table=table, record_id=record_id)
    store.close()


def _pairs(fields: tuple[str, ...]) -> dict[str, str]:
    pairs = {}
    for item in fields:
        name, sign, value = item.partition("=")
        if not sign or not name:
            raise click.UsageError(f"Ожидалось ПОЛЕ=ЗНАЧЕНИЕ, а не «{item}».")
        pairs[name.strip()] = value
    return pairs


def _cell(value: object) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


COMMANDS = {command.name: command for command in (show, change, add, delete)}
