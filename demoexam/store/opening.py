"""Making a new store, and opening one that exists, whatever its age."""

from pathlib import Path

from sqlalchemy.exc import OperationalError

from demoexam.errors import FolderReadOnly, Refused
from demoexam.store.schema import CURRENT, upgrade, version_of
from demoexam.store.store import Store, as_user_error


def create_store(path: Path, *, client: str = "") -> Store:
    """A new file with the current schema and the reference data. Refuses to replace a file."""
    if path.exists() and path.stat().st_size:
        raise Refused(
            f"Файл «{path.name}» уже есть.", "Откройте его или выберите для новой базы другое имя."
        )
    from demoexam.store.reference import fill_reference

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FolderReadOnly(name=path.parent) from error
    store = Store(path, client=client)
    try:
        upgrade(store.engine, path)
        with store.transaction("новая база") as session:
            fill_reference(session)
    except BaseException as error:
        store.close()
        path.unlink(missing_ok=True)
        if isinstance(error, OperationalError):
            raise as_user_error(error, path) from error
        raise
    return store


def open_store(path: Path, *, client: str = "") -> Store:
    """An existing store; an older one is brought up to date, after a verified copy of it."""
    version = version_of(path)
    store = Store(path, client=client)
    if version != CURRENT:
        upgrade(store.engine, path)
    return store
