"""The papers of a day of 12 sittings as one PDF: time a page, memory, LibreOffice beside it."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count, islice
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory
from time import process_time

import psutil

from benchmarks.calibration import REFERENCE_MS, cpu_ms, loop_ms, size, verdict
from demoexam.documents.catalogue import FORMS
from demoexam.documents.docx_rendering import render_docx_package
from demoexam.documents.exam_filling import fillings
from demoexam.documents.exam_sheet import ExamSheet, Participant, PersonName
from demoexam.documents.form import Form
from demoexam.documents.invented import invented_sheet
from demoexam.documents.rendering import laid_out, render_package
from demoexam.documents.template import fill
from demoexam.services.sample.names import people

SITTINGS, PEOPLE, ROUNDS = 12, 12, 3
CODES = [f"3.{number}" for number in range(1, 13)]
PAGE_BAR, GROWTH_BAR, RATIO_BAR = 25.0, 1.15, 20.0  # ms, times, times
SHORT, LONG = 200, 1000  # pages
TITLE = "Бумаги дня"
INSTALL = "papers: LibreOffice не найден, сравнения нет: apt-get install libreoffice-writer-nogui"


def main() -> int:
    sittings = size(SITTINGS)
    forms = list(day(sittings))
    pages = sum(len(laid_out(form)) for form in forms)
    ours = milliseconds(lambda: render_package(forms, title=TITLE))
    speed = REFERENCE_MS / loop_ms()  # a busy hour slows the loop as well
    print(f"papers: сеансов {sittings}, бланков {len(forms)}, листов {pages}, {ours:.0f} мс")
    failed = verdict("papers, мс на лист", ours * speed / pages, PAGE_BAR)
    failed |= flatness(max(pages * SHORT // LONG, 1), pages) if sittings < SITTINGS else flatness()
    return failed | beside_libreoffice(forms)


def day(sittings: int) -> Iterator[Form]:
    """12 forms of each sitting, made as they are asked for."""
    named = people(Random(1))
    for number in islice(count(1), sittings):
        sheet = sitting(number, [next(named) for _ in range(PEOPLE)])
        for code in CODES:
            yield fill(FORMS[code], fillings(sheet, FORMS[code])[0])


def sitting(number: int, names: list[tuple[str, str, str]]) -> ExamSheet:
    known = invented_sheet()
    model = known.participants[0]

    def participant(at: int, name: tuple[str, str, str]) -> Participant:
        return replace(model, name=PersonName(*name), workplace=at, points={1: at, 2: 700, 3: 900})

    return replace(
        known,
        number=str(number),
        exam_group=f"ЭГ-{number}",
        participants=[participant(at, name) for at, name in enumerate(names, start=1)],
    )


def milliseconds(work: Callable[[], object]) -> float:
    work()  # faces are read and texts of the college set once a process
    return median(cpu_ms(work) for _ in range(ROUNDS))


def flatness(short: int = SHORT, long: int = LONG) -> int:
    """The most memory of two processes that print the same kind of papers, few and many."""
    few, many = peak_of_child(short), peak_of_child(long)
    print(f"papers: {short} листов {few:.0f} МБ, {long} листов {many:.0f} МБ")
    return verdict(f"papers, память при {long} листах к памяти при {short}", many / few, GROWTH_BAR)


def peak_of_child(pages: int) -> float:
    code = f"from benchmarks.papers import peak; print(peak({pages}))"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return float(told.stdout)


def peak(pages: int) -> float:
    """Megabytes of this process at most while it prints so many pages."""
    render_package(day(1), title=TITLE)  # what a process needs for its first paper
    render_package(through(pages), title=TITLE)
    used = psutil.Process().memory_info()
    if sys.platform == "win32":
        return float(used.peak_wset) / 2**20
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**10


def through(pages: int) -> Iterator[Form]:
    """Papers until they have so many pages."""
    for form in day(sys.maxsize):
        if pages <= 0:
            return
        pages -= len(laid_out(form))
        yield form


def beside_libreoffice(forms: list[Form]) -> int:
    """Both turn the same papers into a PDF; a first conversion makes LibreOffice's own folders."""
    soffice = shutil.which("soffice")
    if soffice is None or sys.platform == "win32":  # which does not count ended children
        print(INSTALL)
        return 0
    with TemporaryDirectory() as place:
        folder = Path(place)
        convert(soffice, forms[:1], folder)
        theirs = convert(soffice, forms, folder)
    start = process_time()
    render_package(forms, title=TITLE)
    ours = process_time() - start
    print(f"papers: LibreOffice {theirs:.2f} с, программа {ours:.2f} с")
    name = "papers, во сколько раз LibreOffice дольше"
    return verdict(name, theirs / ours, RATIO_BAR, at_least=True)


def convert(soffice: str, forms: list[Form], folder: Path) -> float:
    """Seconds of the processor that one conversion takes, all its processes together."""
    docx = folder / "papers.docx"
    docx.write_bytes(render_docx_package(forms, title=TITLE))
    own = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    before = os.times()
    subprocess.run(
        [soffice, "--headless", own, "--convert-to", "pdf", "--outdir", folder, docx],
        check=True,
        capture_output=True,
    )
    after = os.times()
    docx.with_suffix(".pdf").unlink()  # fails unless LibreOffice has written it
    return after[2] + after[3] - before[2] - before[3]


if __name__ == "__main__":
    sys.exit(main())
