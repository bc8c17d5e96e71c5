"""Commands of an administrator over the shared store: hub create, upgrade, grant, check, purge."""

import click

from demoexam.cli.output import echo_json, echo_table

ADDRESS = "URL"


@click.group(short_help="Общее хранилище: создать, обновить, проверить.")
def hub() -> None:
    """Общее хранилище: sqlite:////server/share/hub.db или postgresql://имя@сервер/база."""


@hub.command(short_help="Новое общее хранилище.")
@click.argument("url", metavar=ADDRESS)
def create(url: str) -> None:
    """Создать пустое хранилище; готовое не трогает."""
    from demoexam.services.syncing.connection import known_address, password_for
    from demoexam.sync.administration import create_hub

    address = known_address(url)
    create_hub(address, password=password_for(url))
    click.echo(f"Общее хранилище создано: {address}")


@hub.command(short_help="Обновить хранилище до этой версии программы.")
@click.argument("url", metavar=ADDRESS)
def upgrade(url: str) -> None:
    """Обновить хранилище; файл сначала копируется."""
    from demoexam.services.syncing.connection import known_address, password_for
    from demoexam.sync.administration import upgrade_hub

    upgrade_hub(known_address(url), password=password_for(url))
    click.echo("Общее хранилище соответствует этой версии программы.")


@hub.command(short_help="Дать человеку доступ к серверу.")
@click.argument("url", metavar=ADDRESS)
@click.argument("user", metavar="USER")
@click.option("--organization", required=True, help="Организация: номер записи или название.")
@click.option(
    "--role", type=click.Choice(["coordinator", "reader", "office"]), default="coordinator",
    help="Координатор колледжа, только чтение или тот, кто видит всех.",
)  # fmt: skip
@click.option("--new-organization", is_flag=True, help="Завести организацию, если её нет.")
def grant(url: str, user: str, organization: str, role: str, new_organization: bool) -> None:
    """Дать пользователю USER право работать за организацию."""
    from demoexam.services.syncing.connection import known_address, password_for
    from demoexam.sync.administration import grant as give

    granted = give(
        known_address(url), user, organization, role=role, new_organization=new_organization,
        password=password_for(url),
    )  # fmt: skip
    click.echo(f"Доступ дан: {granted.user}, {granted.organization}")
    if granted.password:
        click.echo(f"Пароль (больше нигде не хранится, передайте его лично): {granted.password}")


@hub.command(short_help="Всё ли в порядке с хранилищем.")
@click.argument("url", metavar=ADDRESS)
@click.option("--json", "as_json", is_flag=True, help="Машинный вывод.")
def check(url: str, as_json: bool) -> None:
    """Проверить связь, права, целостность и копии; ничего не меняет."""
    from demoexam.services.syncing.connection import known_address, password_for
    from demoexam.sync.administration import check_hub

    found = check_hub(known_address(url), password=password_for(url))
    if as_json:
        echo_json([{"what": what, "ok": ok, "text": words} for what, ok, words in found])
    else:
        rows = [(what, "хорошо" if ok else "ПЛОХО", words) for what, ok, words in found]
        echo_table(("что", "", "подробности"), rows)
    if not all(ok for _, ok, _ in found):
        raise SystemExit(1)


@hub.command(short_help="Убрать из хранилища давно удалённое.")
@click.argument("url", metavar=ADDRESS)
def purge(url: str) -> None:
    """Убрать удалённые записи, о которых уже знают все компьютеры."""
    from demoexam.services.syncing.connection import opened
    from demoexam.sync.administration import purge as tidy

    with opened(url) as shared:
        click.echo(f"Убрано записей: {tidy(shared)}")


COMMANDS = {hub.name: hub}
