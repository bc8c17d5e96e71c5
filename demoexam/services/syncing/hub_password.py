"""The password of a shared store: in the system's own safe, never in our files."""

from functools import cache
from typing import Any

SERVICE = "demoexam"
_while_running: dict[str, str] = {}  # where the system has no safe, until the program ends


def password_of(url: str) -> str | None:
    """The remembered password; None leaves it to the server's own ways (PGPASSWORD, pgpass)."""
    if url in _while_running:
        return _while_running[url]
    safe = _safe()
    if safe is None:
        return None
    try:
        found: str | None = safe.get_password(SERVICE, url)
    except safe.errors.KeyringError:
        return None
    return found


def remember_password(url: str, password: str) -> bool:
    """Keep it in the system's safe; False when there is none: then only while we run."""
    _while_running[url] = password
    safe = _safe()
    if safe is None:
        return False
    try:
        safe.set_password(SERVICE, url, password)
    except safe.errors.KeyringError:
        return False
    return True


def forget_password(url: str) -> None:
    _while_running.pop(url, None)
    safe = _safe()
    if safe is not None:
        try:
            safe.delete_password(SERVICE, url)
        except safe.errors.KeyringError:
            return


@cache
def _safe() -> Any:
    """The keyring, imported at the first need; None where the system offers none."""
    try:
        import keyring
        import keyring.backends.fail
        import keyring.errors
    except ImportError:
        return None
    return None if isinstance(keyring.get_keyring(), keyring.backends.fail.Keyring) else keyring
