"""A file is written whole, or the old one stays and the user is told what to do."""

import errno
import os
import subprocess
from contextlib import contextmanager
from pathlib import Path

import pytest

from demoexam.errors import DiskFull, FileLocked, FolderReadOnly, NotAFile
from demoexam.exchange.files_out import FolderMissing, save_bytes

NOBODY = 65534


@contextmanager
def unwritable(folder):
    """The folder refuses new files, to root too: root ignores the mode, so it steps down."""
    if os.name == "nt":
        subprocess.run(["icacls", str(folder), "/deny", "*S-1-1-0:(WD)"], check=True)  # noqa: S607
        yield
        subprocess.run(["icacls", str(folder), "/remove:d", "*S-1-1-0"], check=True)  # noqa: S607
        return
    folder.chmod(0o555)
    is_root = os.geteuid() == 0
    if is_root:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if is_root:
            os.seteuid(0)
        folder.chmod(0o755)


def left_over(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_new_file_and_a_replaced_one(tmp_path):
    target = tmp_path / "отчёт.csv"
    assert save_bytes(target, b"one") == target
    save_bytes(target, b"two")
    assert target.read_bytes() == b"two"
    assert left_over(tmp_path) == ["отчёт.csv"]


def test_a_folder_without_permission(tmp_path):
    with unwritable(tmp_path), pytest.raises(FolderReadOnly) as refused:
        save_bytes(tmp_path / "отчёт.csv", b"new")
    assert "другую папку" in refused.value.hint
    assert left_over(tmp_path) == []


def test_a_file_open_in_excel_keeps_its_content(tmp_path, monkeypatch):
    """Windows refuses to replace a file that another program holds."""
    target = tmp_path / "отчёт.xlsx"
    target.write_bytes(b"old")

    def held(*_):
        raise PermissionError(errno.EACCES, "The process cannot access the file")

    monkeypatch.setattr(Path, "replace", held)
    with pytest.raises(FileLocked, match=r"«отчёт\.xlsx» открыт в другой программе") as refused:
        save_bytes(target, b"new")
    assert "Закройте" in refused.value.hint
    assert target.read_bytes() == b"old"
    assert left_over(tmp_path) == ["отчёт.xlsx"]


def test_a_full_disk_keeps_the_old_file(tmp_path, monkeypatch):
    target = tmp_path / "отчёт.xlsx"
    target.write_bytes(b"old")

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(DiskFull):
        save_bytes(target, b"new")
    assert target.read_bytes() == b"old"
    assert left_over(tmp_path) == ["отчёт.xlsx"]


def test_no_such_folder_and_a_folder_for_a_file(tmp_path):
    with pytest.raises(FolderMissing, match="нет"):
        save_bytes(tmp_path / "нет" / "отчёт.csv", b"")
    with pytest.raises(NotAFile):
        save_bytes(tmp_path, b"")
