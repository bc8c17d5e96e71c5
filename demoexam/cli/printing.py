"""Commands about papers: print a day's or an exam's, and list the forms."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from demoexam.cli.output import echo_json, echo_table
from demoexam.cli.program import Target
from demoexam.errors import UserError
from demoexam.text import short_date

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from demoexam.services.papers.files import Suffix
    from demoexam.services.papers.papers import Wanted

DAY = click.DateTime(["%Y-%m-%d"])
MOST_COPIES, MOST_ROWS = 50, 60
FILES: dict[str, tuple["Suffix", ...]] = {
    "pdf": (".pdf",),
    "docx": (".docx",),
    "both": (".pdf", ".docx"),
}


class UnknownPaperFile(UserError):
    text = "Бумаги не записать в «{name}»: это не PDF, не Word и не папка."
    advice = "Назовите файл с .pdf или .docx, а папку — с косой чертой на конце: «бумаги/»."


class BadCopies(UserError):
    text = "Число экземпляров «{text}» не понято."
    advice = "Пишите «2» для всех форм или «3.5=2,3.11=3»; экземпляров от 1 до {most}."


@click.command("print", short_help="Бумаги экзаменационного дня.")
@click.option("--day", type=DAY, help="Все экзамены дня.")
@click.option("--session", "session_id", help="Один экзамен.")
@click.option("--forms", help="Номера форм через запятую, например 3.4,3.11.")
@click.option("--copies", default="", help="Экземпляров в PDF: 2 (всех форм) или 3.5=2,3.11=3.")
@click.option(
    "--latecomers", type=click.IntRange(0, MOST_ROWS), default=0,
    help="Дополнительный лист форм 3.6–3.8 с таким числом пустых строк.",
)  # fmt: skip
@click.option("--files", type=click.Choice([*FILES]), default="pdf", help="Какие файлы в папке.")
@click.option(
    "--existing", type=click.Choice(["number", "replace"]), default="number",
    help="Файлы, которые в папке уже есть: записать рядом с номером или заменить.",
)  # fmt: skip
@click.option("-o", "output", required=True, help="Куда: файл .pdf, файл .docx или папка/.")
@click.pass_obj
def print_papers(
    target: Target, *, day: datetime | None, session_id: str | None, forms: str | None,
    copies: str, latecomers: int, files: str, existing: str, output: str,
) -> None:  # fmt: skip
    """Сделать один PDF, один документ Word или папку файлов из бумаг дня или экзамена."""
    from demoexam.services.papers.papers import Wanted, day_codes

    if (day is None) == (session_id is None):
        raise click.UsageError("Укажите день (--day) или экзамен (--session).")
    kind = _kind(output)
    store = target.open()
    words = f"печать: {short_date(day.date()) if day else 'один экзамен'}"
    with store.transaction(words) as session:
        codes = [code.strip() for code in forms.split(",")] if forms else day_codes(session)
        wanted = Wanted(
            day=day.date() if day else None, session_id=session_id, forms=codes,
            copies=_copies(copies, codes), latecomers=latecomers,
        )  # fmt: skip
        if kind == "folder":
            said = _save_folder(session, Path(output), wanted, FILES[files], existing)
        else:
            said = _save_file(session, Path(output), wanted, kind)
    store.close()
    for sentence in said:
        click.echo(sentence)


def _kind(output: str) -> str:
    """Told by the suffix, before anything is made."""
    path = Path(output)
    if output.endswith(("/", "\\")) or path.is_dir():
        return "folder"
    suffix = path.suffix.lower()
    if suffix not in {".pdf", ".docx"}:
        raise UnknownPaperFile(name=path.name)
    return suffix[1:]


def _copies(text: str, codes: "Sequence[str]") -> dict[str, int]:
    """«2» for all forms, «3.5=2,3.11=3» for some."""
    found: dict[str, int] = {}
    for part in filter(None, (one.strip() for one in text.split(","))):
        code, sign, count = part.rpartition("=")
        known = not sign or code.strip() in codes
        if not known or not count.strip().isdecimal() or not 1 <= int(count) <= MOST_COPIES:
            raise BadCopies(text=text, most=MOST_COPIES)
        found |= dict.fromkeys([code.strip()] if sign else codes, int(count))
    return found


def _save_file(session: "Session", path: Path, wanted: "Wanted", kind: str) -> list[str]:
    from demoexam.exchange.files_out import refuse_unwritable
    from demoexam.services.papers.papers import made_package, save_package

    refuse_unwritable(path)
    made = made_package(session, wanted, kind="docx" if kind == "docx" else "pdf")
    save_package(session, made=made, path=path)
    return _told(path, len(made.contents), made.missing)


def _save_folder(
    session: "Session", folder: Path, wanted: "Wanted", suffixes: "Sequence[Suffix]", existing: str
) -> list[str]:
    from demoexam.services.papers.files import save_folder
    from demoexam.services.papers.papers import register_papers

    written = save_folder(
        session,
        folder=folder,
        wanted=wanted,
        suffixes=suffixes,
        existing="replace" if existing == "replace" else "number",
    )
    register_papers(session, papers=written.papers)
    return [*_told(folder, len(written.paths), written.missing), *written.failed]


def _told(path: Path, count: int, missing: "Sequence[str]") -> list[str]:
    return [f"Записано: {path}, документов: {count}", *(f"Не хватает: {one}" for one in missing)]


@click.command(short_help="Список форм.")
@click.option("--json", "as_json", is_flag=True, help="Машинный вывод.")
def forms(as_json: bool) -> None:
    """Показать формы, которые программа печатает."""
    from demoexam.services.papers.papers import form_list

    listed = form_list()
    if as_json:
        keys = "code", "title", "name", "by_day"
        echo_json([{key: getattr(form, key) for key in keys} for form in listed])
    else:
        echo_table(("форма", "название"), [(form.code, form.title) for form in listed])


COMMANDS = {command.name: command for command in (print_papers, forms)}
