"""Papers as files in a folder: names that Windows takes, files that are there or cannot be."""

from pathlib import Path

import pytest
from conftest import EXAM_DAY, Builder
from hypothesis import given
from hypothesis import strategies as st

from demoexam.exchange import files_out
from demoexam.exchange.files_out import FolderMissing
from demoexam.services.papers import files as paper_files
from demoexam.services.papers.files import (
    MOST_NAME,
    NotAFolder,
    PathTooLong,
    existing_files,
    legal_name,
    package_name,
    save_folder,
)
from demoexam.services.papers.package import Wanted

RESERVED = ("CON", "prn", "Aux", "NUL", "COM1", "lpt9", "COM¹", "conin$")


@pytest.fixture
def sitting_id(store):
    with store.transaction("подготовка") as session:
        return Builder(session).staffed_sitting(examinees=2).id


def saved(store, folder, **how):
    forms = how.pop("forms", ["3.8", "3.9"])
    with store.reading() as session:
        wanted = Wanted(day=EXAM_DAY, forms=forms, latecomers=how.pop("latecomers", 0))
        return save_folder(session, folder=folder, wanted=wanted, **how)


@given(st.text(max_size=300), st.sampled_from([".pdf", ".docx", " (12).pdf"]))
def test_any_text_becomes_a_name_that_windows_takes(text, suffix):
    name = legal_name(text, suffix)
    assert name.endswith(suffix)
    stem = name.removesuffix(suffix)
    assert stem
    assert len(name.encode("utf-16-le")) // 2 <= MOST_NAME + 1
    assert not set(name) & set('<>:"/\\|?*')
    assert all(ord(sign) > 31 for sign in name)
    assert not stem.startswith((" ", "."))
    assert not name.endswith((" ", "."))
    assert stem.partition(".")[0].strip().upper() not in {*map(str.upper, RESERVED), "CON"}


@pytest.mark.parametrize("word", RESERVED)
def test_names_of_devices_get_a_line_before_them(word):
    assert legal_name(word, ".pdf") == f"_{word}.pdf"
    assert legal_name(f"{word}.x", ".pdf") == f"_{word}.x.pdf"


def test_a_package_is_called_by_its_day():
    assert package_name(EXAM_DAY) == "Пакет 18.06.2026"


def test_each_paper_is_a_file_in_the_order_of_the_day(store, sitting_id, tmp_path):
    written = saved(store, tmp_path / "Бумаги", latecomers=3)
    names = [path.name for path in written.paths]
    assert names == sorted(names)
    assert [name[:7] for name in names] == ["01 3.8 ", "02 3.8 ", "03 3.9 "]
    assert "1-08-2026" in names[0]
    assert "дополнительный лист" in names[1]
    assert all(path.read_bytes().startswith(b"%PDF") for path in written.paths)
    assert [paper.code for paper in written.papers] == ["3.8", "3.8", "3.9"]


def test_files_that_are_there_are_kept_beside_or_replaced(store, sitting_id, tmp_path):
    (first, _) = saved(store, tmp_path, forms=["3.8", "3.9"]).paths
    first.write_bytes(b"mine")
    with store.reading() as session:
        wanted = Wanted(day=EXAM_DAY, forms=["3.8", "3.9"])
        there = existing_files(session, folder=tmp_path, wanted=wanted, suffixes=[".pdf"])
    assert len(there) == 2
    beside = saved(store, tmp_path, existing="number").paths[0]
    assert beside.name == first.name.replace(".pdf", " (2).pdf")
    assert first.read_bytes() == b"mine"
    assert saved(store, tmp_path, existing="number").paths[0].name.endswith("(3).pdf")
    assert saved(store, tmp_path, existing="replace").paths[0] == first
    assert first.read_bytes().startswith(b"%PDF")


def test_a_file_open_elsewhere_is_told_and_the_others_are_written(
    store, sitting_id, tmp_path, monkeypatch
):
    whole = Path.replace

    def held(self, target):
        if "3.8" in str(target):
            raise PermissionError(13, "in use")
        return whole(self, target)

    monkeypatch.setattr(files_out.Path, "replace", held)
    folder = tmp_path / "бумаги"
    written = saved(store, folder)
    assert [path.name[:6] for path in written.paths] == ["02 3.9"]
    assert [paper.code for paper in written.papers] == ["3.9"]
    (told,) = written.failed
    assert "открыт в другой программе" in told
    assert [path.name for path in folder.iterdir()] == [written.paths[0].name]


def test_a_path_that_windows_would_not_open_is_refused_or_cut(store, sitting_id, tmp_path):
    room = paper_files.MOST_PATH - len(str(tmp_path)) - 1
    snug = tmp_path / ("п" * min(room - 61, 120))
    (path, _) = saved(store, snug).paths
    assert len(str(path)) <= paper_files.MOST_PATH
    deep = snug
    while len(str(deep)) < paper_files.MOST_PATH - 30:
        deep /= "глубоко"
        deep.mkdir()
    with pytest.raises(PathTooLong, match="слишком длинный"):
        saved(store, deep)


def test_a_folder_that_cannot_be_is_told(store, sitting_id, tmp_path):
    with pytest.raises(FolderMissing):
        saved(store, tmp_path / "нет" / "бумаги")
    (tmp_path / "файл").write_bytes(b"")
    with pytest.raises(NotAFolder, match="файл, а не папка"):
        saved(store, tmp_path / "файл")
