"""Passwords of shared stores lie in the system's safe, or nowhere once the program has ended."""

import keyring
import keyring.backends.fail
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked, PasswordDeleteError

from demoexam.services.syncing import hub_password

URL = "postgresql://ivanova@db.example.ru/demoexam"


class Safe(KeyringBackend):
    """A safe of the system, in memory; `locked` refuses everything."""

    priority = 1

    def __init__(self, *, locked: bool = False) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}
        self._locked = locked

    def get_password(self, service, username):
        self._refuse()
        return self.kept.get((service, username))

    def set_password(self, service, username, password):
        self._refuse()
        self.kept[service, username] = password

    def delete_password(self, service, username):
        self._refuse()
        if (service, username) not in self.kept:
            raise PasswordDeleteError
        del self.kept[service, username]

    def _refuse(self):
        if self._locked:
            raise KeyringLocked


@pytest.fixture
def with_safe():
    """Puts a safe into the system; the next start of the program forgets what it only held."""
    usual = keyring.get_keyring()

    def put(safe):
        keyring.set_keyring(safe)
        start_anew()
        return safe

    yield put
    keyring.set_keyring(usual)
    start_anew()


def start_anew():
    hub_password._safe.cache_clear()
    hub_password._while_running.clear()


def test_a_password_outlives_the_program_in_the_safe(with_safe):
    safe = with_safe(Safe())
    assert hub_password.password_of(URL) is None
    assert hub_password.remember_password(URL, "secret")
    start_anew()
    assert hub_password.password_of(URL) == "secret"
    assert list(safe.kept) == [("demoexam", URL)]
    hub_password.forget_password(URL)
    hub_password.forget_password(URL)
    assert (hub_password.password_of(URL), safe.kept) == (None, {})


@pytest.mark.parametrize("safe", [Safe(locked=True), keyring.backends.fail.Keyring()])
def test_without_an_open_safe_it_lives_as_long_as_the_program(with_safe, safe):
    with_safe(safe)
    assert not hub_password.remember_password(URL, "secret")
    assert hub_password.password_of(URL) == "secret"
    start_anew()
    assert hub_password.password_of(URL) is None
    hub_password.forget_password(URL)
