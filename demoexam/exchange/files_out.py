"""Writing a file for other programs: whole or not at all, and a clear word when it cannot be."""

import errno
import os
import tempfile
from pathlib import Path

from demoexam.errors import (
    BadFileName,
    DiskFull,
    FileLocked,
    FolderReadOnly,
    NotAFile,
    UserError,
)

LONG = 60  # letters of a name worth repeating in a message


class FolderMissing(UserError):
    text = "Папки «{name}» нет."
    advice = "Создайте её или выберите другую."


def refuse_unwritable(path: Path) -> None:
    """Raise what `save_bytes` would raise, before the work whose result it is to hold."""
    folder = path.absolute().parent
    try:
        if path.is_dir():
            raise NotAFile(name=path.name)
        path.with_name(f".{path.name}").exists()
        with tempfile.TemporaryFile(dir=folder):
            return
    except OSError as error:
        raise _as_user_error(error, path, folder, written=False) from error


def save_bytes(path: Path, content: bytes) -> Path:
    """Write `content` beside `path` and swap it in: a failure leaves the old file as it was."""
    folder = path.absolute().parent
    draft: Path | None = None
    try:
        if path.is_dir():
            raise NotAFile(name=path.name)
        handle, name = tempfile.mkstemp(prefix=f".{path.stem}-", suffix=".tmp", dir=folder)
        draft = Path(name)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        draft.chmod(0o644)  # mkstemp lets only its maker read; a report is sent on
        draft.replace(path)
    except OSError as error:
        if draft:
            draft.unlink(missing_ok=True)
        raise _as_user_error(error, path, folder, written=draft is not None) from error
    return path


def _as_user_error(error: OSError, path: Path, folder: Path, *, written: bool) -> Exception:
    """The environment's fault as a sentence; any other fault as it is."""
    if error.errno in {errno.ENAMETOOLONG, errno.EINVAL}:
        return BadFileName(name=f"{path.name[:40]}…" if len(path.name) > LONG else path.name)
    if isinstance(error, FileNotFoundError | NotADirectoryError) or not _exists(folder):
        return FolderMissing(name=folder)
    if isinstance(error, PermissionError):  # Windows: a file open elsewhere cannot be replaced
        return FileLocked(name=path.name) if written else FolderReadOnly(name=folder)
    if error.errno == errno.EROFS:
        return FolderReadOnly(name=folder)
    if error.errno == errno.ENOSPC:
        return DiskFull()
    return error


def _exists(folder: Path) -> bool:
    try:
        return folder.is_dir()
    except PermissionError:
        return True
