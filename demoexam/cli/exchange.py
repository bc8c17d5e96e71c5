"""Commands of the exchange: sync, conflicts, resolve, erase."""

import click

from demoexam.cli.output import echo_json, echo_table
from demoexam.cli.program import Target
from demoexam.text import counted

RECORDS = ("запись", "записи", "записей")


@click.command(short_help="Обмен с общим хранилищем.")
@click.argument("hub", required=False)
@click.option("--json", "as_json", is_flag=True, help="Машинный вывод.")
@click.option(
    "--after-restore", type=click.Choice(["resend", "take"]),
    help="Хранилище вернули из копии или создали заново: отправить в него своё (resend) "
    "или взять всё из него (take).",
)  # fmt: skip
@click.pass_obj
def sync(target: Target, hub: str | None, as_json: bool, after_restore: str | None) -> None:
    """Отправить свои правки и получить чужие. HUB — адрес, нужен только в первый раз.

    Файл в сетевой папке: sqlite:////server/share/hub.db; сервер: postgresql://имя@сервер/база
    (пароль — из хранилища паролей системы, PGPASSWORD или pgpass).
    """
    from demoexam.services.syncing.exchange import (
        Answer,
        answer_restored,
        store_from_hub,
        synchronise,
    )

    if hub and not (target.path.exists() and target.path.stat().st_size):
        store = store_from_hub(target.path, hub, client=target.client)
    else:
        store = target.open()
    try:
        if after_restore:
            done = answer_restored(store, Answer(after_restore))
        else:
            done = synchronise(store, url=hub)
    finally:
        store.close()
    if as_json:
        echo_json(done.as_values())
        return
    click.echo(
        f"Получено: {counted(done.pulled, *RECORDS)}, отправлено: {counted(done.pushed, *RECORDS)}."
    )
    for count, words in (
        (done.conflicts, "Ждёт решения"),
        (done.held, "из них отложено записей"),
        (done.parked, "Не принято хранилищем"),
    ):
        if count:
            click.echo(f"{words}: {count}")


@click.command(short_help="Что ждёт решения после обмена.")
@click.option("--json", "as_json", is_flag=True, help="Машинный вывод.")
@click.pass_obj
def conflicts(target: Target, as_json: bool) -> None:
    """Расхождения: две правки одного и того же и записи, которые противоречат друг другу."""
    from demoexam.services.syncing.conflicts import conflict_rows
    from demoexam.services.syncing.exchange import parked_rows

    store = target.open()
    with store.reading() as session:
        rows, parked = conflict_rows(session), parked_rows(session)
    store.close()
    if as_json:
        echo_json(rows)
        return
    if rows:
        echo_table(("номер", "что решить"), [(row["id"], row["text"]) for row in rows])
    for line in parked:
        click.echo(f"Не принято хранилищем: {line.kind} «{line.title}»: {line.reason}")
    if not rows and not parked:
        click.echo("Решать нечего.")


@click.command(short_help="Решить расхождение.")
@click.argument("conflict_id", metavar="ID")
@click.option("--keep", required=True, metavar="hub|mine|VALUE", help="Что оставить.")
@click.pass_obj
def resolve(target: Target, conflict_id: str, keep: str) -> None:
    """Оставить значение хранилища (hub), своё (mine) или записать другое (VALUE).

    Две записи: cancel, cancel_other, release, undelete; у двойников different, merge,
    merge_other. Выбор — обычное действие, его можно отменить.
    """
    from demoexam.services.syncing import choices as sync_choices

    store = target.open()
    try:
        with store.reading() as session:
            text = sync_choices.choice_text(session, conflict_id)
        with store.transaction(text) as session:
            sync_choices.resolve(session, conflict_id=conflict_id, keep=keep)
    finally:
        store.close()


@click.command(short_help="Удалить персональные данные человека.")
@click.argument("table", type=click.Choice(["expert", "examinee"]))
@click.argument("record_id", metavar="ID")
@click.option("--reason", default="", help="Основание: заявление, номер, дата.")
@click.pass_obj
def erase(target: Target, table: str, record_id: str, reason: str) -> None:
    """Стереть имя, контакты и тексты о человеке навсегда, здесь и после обмена у всех.

    Запись остаётся безымянной, числа не меняются. Отменить нельзя.
    """
    from demoexam.services.records.erasure import OPERATION, erase_person

    store = target.open()
    try:
        with store.transaction(OPERATION) as session:
            count = erase_person(session, table=table, record_id=record_id, reason=reason)
    finally:
        store.close()
    click.echo(f"Персональные данные удалены: {counted(count, *RECORDS)}.")


COMMANDS = {command.name: command for command in (sync, conflicts, resolve, erase)}
