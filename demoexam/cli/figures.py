"""Commands that tell figures and findings: share, check."""

from datetime import date, datetime

import click

from demoexam.cli.output import YEAR, echo_json, echo_table
from demoexam.cli.program import Target
from demoexam.text import counted, decimal_comma, percent, rounded

CUTS = ("total", "college", "employer", "industry", "cluster", "specialty", "month")
HEAD = (
    "",
    "экспертов",
    "работодателей",
    "без места работы",
    "доля",
    "цель",
    "добавить",
    "заменить",
)
DAY = click.DateTime(["%Y-%m-%d"])


@click.command(short_help="Доля экспертов-работодателей.")
@click.option("--year", type=YEAR, default=None, help="Год (обычно текущий).")
@click.option("--count", type=click.Choice(["persons", "assignments", "roster"]), default=None)
@click.option("--level", type=click.Choice(["profile", "all"]), default="all", help="Уровень ДЭ.")
@click.option("--by", type=click.Choice(CUTS), default="total", help="В разрезе чего.")
@click.option("--json", "as_json", is_flag=True, help="Машинный вывод.")
@click.pass_obj
def share(  # noqa: PLR0917 -- an option a parameter
    target: Target, year: int | None, count: str | None, level: str, by: str, as_json: bool
) -> None:
    """Доля за год, цель, отклонение и сколько экспертов не хватает."""
    from demoexam.rules.terms import CountMethod, ShareCut
    from demoexam.services.share.share import shares

    store = target.open()
    with store.reading() as session:
        rows = shares(
            session,
            year=year or date.today().year,
            today=date.today(),
            count=CountMethod(count) if count else None,
            level=level,
            by=ShareCut(by),
        )
    store.close()
    if as_json:
        echo_json([row.as_json() for row in rows])
        return
    echo_table(
        HEAD,
        [
            (
                "всего" if row.key == "total" else row.key,
                row.share.experts, row.share.employers, row.share.unknown,
                percent(row.share.value),
                "—" if row.target is None else f"{row.target} %",
                "—" if row.add is None else row.add,
                "—" if row.replace is None else row.replace,
            )
            for row in rows
        ],
    )  # fmt: skip
    for row in rows:
        if row.key == "total" and row.gap is not None and row.gap > 0:
            points = decimal_comma(rounded(row.gap))
            click.echo(f"До цели не хватает {points} процентного пункта.")


@click.command(short_help="Все замечания к плану.")
@click.option("--json", "as_json", is_flag=True, help="Машинный вывод.")
@click.option("--year", type=YEAR, default=None, help="Только экзамены этого года.")
@click.option("--today", type=DAY, default=None, help="День, от которого считать сроки.")
@click.pass_obj
def check(target: Target, as_json: bool, year: int | None, today: datetime | None) -> None:
    """Проверить план: противоречия, чего не хватает, предупреждения."""
    from demoexam.rules.terms import LEVEL_NAMES
    from demoexam.services.plan.check import finding_json, findings

    store = target.open()
    day = today.date() if today else date.today()
    with store.reading() as session:
        found = findings(session, today=day, years=None if year is None else [year])
    store.close()
    if as_json:
        echo_json([finding_json(each) for each in found])
        return
    lines = dict.fromkeys(
        f"{LEVEL_NAMES[each.level]}{' (отложено)' if each.held else ''}: {each}" for each in found
    )  # of two shifts of one group the same is said once
    for line in lines:
        click.echo(line)
    click.echo(counted(len(lines), "замечание", "замечания", "замечаний"))


COMMANDS = {command.name: command for command in (share, check)}
