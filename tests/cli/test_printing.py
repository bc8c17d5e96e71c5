"""`print` and `forms`: what goes where, and what is refused before anything is made."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from conftest import EXAM_DAY, Builder
from pypdf import PdfReader
from shell import Shell

from demoexam.models.reference import PrintedDocument


@pytest.fixture
def shell(store):
    with store.transaction("подготовка") as session:
        Builder(session).staffed_sitting(examinees=2)
    return Shell(store.path)


def titles(path):
    """The first words of a file's bookmarks."""
    return [
        node.title.split()[0]
        for part in PdfReader(BytesIO(path.read_bytes())).outline
        for node in (part if isinstance(part, list) else [part])
        if node.title.startswith("3.")
    ]


def registered(store):
    with store.reading() as session:
        return sorted(row.kind for row in session.query(PrintedDocument))


def test_the_day_is_one_pdf_with_the_forms_of_a_day(shell, store, tmp_path):
    said = shell("print", "--day", EXAM_DAY, "-o", tmp_path / "день.pdf")
    assert "документов: 9" in said
    assert titles(tmp_path / "день.pdf") == [f"3.{number}" for number in range(4, 13)]
    assert len(registered(store)) == 9


def test_copies_for_some_forms_or_for_all(shell, tmp_path):
    day = ("print", "--day", EXAM_DAY, "--forms", "3.8,3.11")
    shell(*day, "--copies", "3.11=3", "-o", tmp_path / "три.pdf")
    assert titles(tmp_path / "три.pdf") == ["3.8", "3.11", "3.11", "3.11"]
    shell(*day, "--copies", "2", "-o", tmp_path / "по два.pdf")
    assert titles(tmp_path / "по два.pdf") == ["3.8", "3.8", "3.11", "3.11"]
    for bad in ("0", "много", "3.9=2", "3.11=99", "3.11="):
        told = shell(*day, "--copies", bad, "-o", tmp_path / "нет.pdf", code=1)
        assert "Число экземпляров" in told
    assert not (tmp_path / "нет.pdf").exists()


def test_word_is_one_document(shell, tmp_path):
    shell("print", "--day", EXAM_DAY, "--forms", "3.8,3.11", "-o", tmp_path / "день.docx")
    text = ZipFile(tmp_path / "день.docx").read("word/document.xml").decode()
    assert "Абрамов" in text or "Олег" in text
    assert "ПРОТОКОЛ" in text


@pytest.mark.parametrize(
    ("files", "suffixes"),
    [("pdf", {".pdf"}), ("both", {".pdf", ".docx"})],
)
def test_a_folder_gets_each_paper_as_a_file(shell, store, tmp_path, files, suffixes):
    folder = tmp_path / "Бумаги"
    asked = ("print", "--day", EXAM_DAY, "--forms", "3.7,3.8", "--files", files)
    shell(*asked, "-o", f"{folder}/")
    made = sorted(path.name for path in folder.iterdir())
    assert {path[path.rindex(".") :] for path in made} == suffixes
    assert len(made) == 2 * len(suffixes)
    assert registered(store) == ["3.7", "3.8"]
    shell(*asked, "-o", folder)  # it is there now: no slash is needed, nothing is written over
    assert len(list(folder.iterdir())) == 2 * len(made)
    shell(*asked, "--existing", "replace", "-o", folder)
    assert len(list(folder.iterdir())) == 2 * len(made)


@pytest.mark.parametrize("name", ["день.txt", "день", "день.doc", "день.pdf.zip"])
def test_other_files_are_refused_kindly(shell, store, tmp_path, name):
    told = shell("print", "--day", EXAM_DAY, "-o", tmp_path / name, code=1)
    assert "не PDF, не Word и не папка" in told
    assert not (tmp_path / name).exists()
    assert registered(store) == []


def test_a_folder_that_cannot_be_registers_nothing(shell, store, tmp_path):
    told = shell("print", "--day", EXAM_DAY, "-o", f"{tmp_path}/нет/бумаги/", code=1)
    assert "нет" in told
    assert registered(store) == []


def test_latecomers_get_sheets(shell, tmp_path):
    asked = ("print", "--day", EXAM_DAY, "--forms", "3.6,3.11")
    shell(*asked, "--latecomers", 8, "-o", tmp_path / "день.pdf")
    assert titles(tmp_path / "день.pdf") == ["3.6", "3.6", "3.11"]
    text = "".join(page.extract_text() for page in PdfReader(tmp_path / "день.pdf").pages)
    assert "дополнительный лист" in text
    shell(*asked, "--latecomers", 61, "-o", tmp_path / "день.pdf", code=2)


def test_the_list_of_forms_tells_which_are_of_the_day(shell):
    listed = {form["code"]: form for form in shell.json("forms")}
    assert len(listed) == 20
    assert [code for code, form in listed.items() if form["by_day"]] == [
        f"3.{number}" for number in range(4, 13)
    ]
    assert {"code", "title", "name"} <= set(listed["3.1"])
