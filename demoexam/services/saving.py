"""Writing a finished file where the user asked: whole or not at all, with a clear refusal."""

import errno
import tempfile
from pathlib import Path

from demoexam.errors import DiskFull, FileLocked, FolderReadOnly, Refused


def save_file(path: Path, content: bytes) -> Path:
    """Write `content` beside the target and swap it in; an older file stays if anything fails.

    Raises FileLocked (open in Excel or a PDF viewer), FolderReadOnly, DiskFull or Refused.
    """
    if path.is_dir():
        raise Refused(f"«{path.name}» — это папка.", "Укажите имя файла внутри неё.")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as draft:
            draft.write(content)
    except OSError as error:
        raise _as_refusal(error, path) from error
    try:
        Path(draft.name).replace(path)
    except PermissionError as error:  # on Windows an open file cannot be replaced
        raise FileLocked(name=path.name) from error
    finally:
        Path(draft.name).unlink(missing_ok=True)
    return path


def _as_refusal(error: OSError, path: Path) -> Exception:
    if error.errno == errno.ENOSPC:
        return DiskFull()
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        return FolderReadOnly(name=path.parent)
    return Refused(
        f"Файл «{path.name}» не записан: папка «{path.parent}» недоступна.",
        "Проверьте, что диск подключён и путь верен, или выберите другую папку.",
    )
