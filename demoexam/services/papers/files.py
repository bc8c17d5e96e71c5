"""The papers of a package as files of their own in a folder, under names that Windows takes."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from sqlalchemy.orm import Session

from demoexam.documents.form import Form
from demoexam.errors import DiskFull, FolderReadOnly, UserError
from demoexam.exchange.files_out import FolderMissing, save_bytes
from demoexam.progress import Progress
from demoexam.services.papers.package import PackageForms, Paper, Wanted
from demoexam.text import short_date

Suffix = Literal[".pdf", ".docx"]
Existing = Literal["replace", "number"]

MOST_PATH = 240  # Windows opens no longer path, whatever its programs say
MOST_NAME = 110
LEAST_NAME = 40  # a shorter name would not tell one paper from another
FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]+')
RESERVED = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])", re.IGNORECASE)


class PathTooLong(UserError):
    text = "Путь к папке «{name}» слишком длинный: Windows не откроет файлы в ней."
    advice = "Выберите папку ближе к началу диска, например в «Документах»."


@dataclass(frozen=True)
class Written:
    """What a folder has received, and the sentences of what it has not."""

    paths: tuple[Path, ...]
    papers: tuple[Paper, ...]
    missing: tuple[str, ...]
    failed: tuple[str, ...] = ()


def legal_name(text: str, suffix: str = "", *, most: int = MOST_NAME) -> str:
    """`text` as a file's name on Windows, `suffix` included in its `most` UTF-16 units."""
    name = " ".join(FORBIDDEN.sub("-", text).split())
    room = most - _units(suffix)
    while _units(name) > room:
        name = name[:-1]
    name = name.strip(" .")
    if RESERVED.fullmatch(name.partition(".")[0].strip()):
        name = f"_{name}"
    return f"{name or '_'}{suffix}"


def package_name(day: date | None) -> str:
    """How a saved package is called until its user says otherwise."""
    return f"Пакет {short_date(day)}" if day else "Бумаги экзамена"


def paper_name(at: int, paper: Paper, suffix: str, *, most: int = MOST_NAME) -> str:
    """03 3.6 Регистрация лиц, 14-06-2026, ЭГ-14 ИСП-41.pdf: in a folder papers keep their order."""
    marks = [", дополнительный лист"] if paper.extra else []
    marks += [", проект"] if paper.draft else []
    number = paper.number.replace("/", "-")
    text = f"{at:02} {paper.code} {paper.name}, {number}{''.join(marks)}, {paper.chapter}"
    return legal_name(text, suffix, most=most)


def existing_files(
    session: Session, *, folder: Path, wanted: Wanted, suffixes: Sequence[Suffix]
) -> list[str]:
    """Names in the folder that the package would take; nothing is rendered to know them."""
    if not folder.is_dir():
        return []
    taken = {path.name.casefold() for path in folder.iterdir()}
    forms = PackageForms(session, wanted)
    names = (name for _, _, name in _named(forms, folder, suffixes))
    return [name for name in names if name.casefold() in taken]


def save_folder(
    session: Session,
    *,
    folder: Path,
    wanted: Wanted,
    suffixes: Sequence[Suffix] = (".pdf",),
    existing: Existing = "number",
    progress: Progress | None = None,
) -> Written:
    """Write every document once; a file that cannot be written is told, the others are.

    `existing` files are replaced, or kept beside the new ones, which get « (2)» and so on.
    """
    forms = PackageForms(session, wanted, progress)
    taken = {path.name.casefold() for path in _made(folder).iterdir()}
    if existing == "replace":
        taken = set()
    paths: list[Path] = []
    failed: dict[str, str] = {}
    broken: set[str] = set()
    for paper, form, name in _named(forms, folder, suffixes):
        path = folder / _free(name, taken, _room(folder))
        try:
            paths.append(save_bytes(path, _renderer(path.suffix)(form)))
        except (FolderMissing, FolderReadOnly, DiskFull):
            raise
        except UserError as error:
            failed[path.name] = f"{error} {error.hint}"
            broken.add(paper.number)
        taken.add(path.name.casefold())
    papers = [one for one in forms.papers if one.number not in broken]
    return Written(tuple(paths), tuple(papers), tuple(forms.missing), tuple(failed.values()))


def _named(
    forms: PackageForms, folder: Path, suffixes: Sequence[Suffix]
) -> Iterator[tuple[Paper, Form, str]]:
    room = _room(folder)
    for at, (paper, form) in enumerate(forms.documents(), start=1):
        for suffix in suffixes:
            yield paper, form, paper_name(at, paper, suffix, most=room)


def _made(folder: Path) -> Path:
    if folder.exists() and not folder.is_dir():
        raise NotAFolder(name=folder.name)
    try:
        folder.mkdir(exist_ok=True)
    except FileNotFoundError as error:
        raise FolderMissing(name=folder.parent) from error
    except OSError as error:
        raise FolderReadOnly(name=folder.parent) from error
    return folder


class NotAFolder(UserError):
    text = "«{name}» — файл, а не папка."
    advice = "Укажите имя папки, которой ещё нет, или существующей."


def _room(folder: Path) -> int:
    room = min(MOST_PATH - _units(str(folder.absolute())) - 1, MOST_NAME)
    if room < LEAST_NAME:
        raise PathTooLong(name=folder.name)
    return room


def _free(name: str, taken: set[str], room: int) -> str:
    """`name`, or with the first number that makes it another, whatever the case of letters."""
    stem, dot, suffix = name.rpartition(".")
    number, free = 1, name
    while free.casefold() in taken:
        number += 1
        free = legal_name(stem, f" ({number}){dot}{suffix}", most=room)
    return free


def _renderer(suffix: str) -> Callable[[Form], bytes]:
    if suffix == ".docx":
        from demoexam.documents.docx_rendering import render_docx

        return render_docx
    from demoexam.documents.rendering import render

    return render


def _units(text: str) -> int:
    """UTF-16 units, as Windows counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
