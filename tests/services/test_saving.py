"""A file is written whole, or the older one stays and the reason is said."""

from pathlib import Path

import pytest

from demoexam.errors import DiskFull, FileLocked, FolderReadOnly, Refused
from demoexam.services.saving import save_file


def test_a_file_is_written_into_a_new_folder_and_replaced(tmp_path):
    target = tmp_path / "отчёты" / "доля 2026.csv"
    save_file(target, b"1")
    save_file(target, b"22")
    assert target.read_bytes() == b"22"
    assert [path.name for path in target.parent.iterdir()] == ["доля 2026.csv"]


def test_a_file_open_elsewhere_is_named_and_left_whole(tmp_path, monkeypatch):
    target = tmp_path / "доля.xlsx"
    target.write_bytes(b"old")

    def locked(_self: Path, _target: Path) -> None:  # what Windows answers for an open file
        raise PermissionError(13, "the file is used by another process")

    monkeypatch.setattr(Path, "replace", locked)
    with pytest.raises(FileLocked, match=r"доля\.xlsx") as refused:
        save_file(target, b"new")
    assert "Excel" in refused.value.hint
    assert target.read_bytes() == b"old"
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize(
    ("number", "refusal"),
    [(28, DiskFull), (13, FolderReadOnly), (30, FolderReadOnly), (5, Refused)],
)
def test_a_folder_that_cannot_be_written_is_told(tmp_path, monkeypatch, number, refusal):
    def fails(*_args: object, **_more: object) -> None:
        raise OSError(number, "no")

    monkeypatch.setattr("tempfile.NamedTemporaryFile", fails)
    with pytest.raises(refusal) as refused:
        save_file(tmp_path / "a.pdf", b"")
    assert refused.value.hint


def test_a_folder_is_not_a_file(tmp_path):
    with pytest.raises(Refused, match="папка"):
        save_file(tmp_path, b"")
