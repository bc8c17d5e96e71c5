"""A server that cannot prove who it is gets no password and no rows."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from sync.postgres import Server, running, system_binaries, wheel_binaries

from demoexam.errors import UserError
from demoexam.hub.errors import BadCertificate, WrongPassword
from demoexam.hub.hub import connect_hub
from demoexam.sync.administration import check_hub, create_hub, grant

NAME = "hub.example"  # what the certificate says; the address itself is given by hostaddr


def openssl(folder: Path, *arguments: str) -> None:
    command = ["openssl", *arguments]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)


def authority(folder: Path, name: str) -> Path:
    """A certificate authority of its own."""
    key, subject = (
        ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"],
        ["-subj", f"/CN={name}"],
    )
    openssl(folder, "req", "-x509", *key, "-nodes", *subject, "-days", "2",
            "-keyout", f"{name}.key", "-out", f"{name}.crt")  # fmt: skip
    return folder / f"{name}.crt"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two authorities, of which `ours` signed the server's certificate."""
    folder = tmp_path_factory.mktemp("tls")
    for name in ("ours", "theirs"):
        authority(folder, name)
    key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
    openssl(folder, "req", *key, "-subj", f"/CN={NAME}", "-keyout", "server.key", "-out", "request")
    (folder / "names").write_text(f"subjectAltName=DNS:{NAME}\n", "ascii")
    openssl(folder, "x509", "-req", "-in", "request", "-CA", "ours.crt", "-CAkey", "ours.key",
            "-CAcreateserial", "-days", "2", "-extfile", "names", "-out", "server.crt")  # fmt: skip
    return folder


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[Server]:
    """The system's PostgreSQL with TLS; over the network it wants a password.

    `make.py test` installs it where it may; all checks together must have it.
    """
    try:
        binaries = system_binaries()
    except FileNotFoundError as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(error))
    with running(binaries, tcp=True) as server:
        for name in ("server.key", "server.crt"):
            server.adopt(folder / name)
        server.configure({"ssl": "on", "ssl_min_protocol_version": "TLSv1.2"})
        (server.data / "pg_hba.conf").write_text(
            "local all all trust\nhostssl all all all scram-sha-256\n", "ascii"
        )
        server.stop()
        server.start()
        yield server


@pytest.fixture(scope="module")
def password(server: Server) -> str:
    """Of Anna, whom the administrator let in."""
    local = f"postgresql://postgres@/hub?host={server.folder}&port={server.port}"
    with server.connect_locally() as connection:
        connection.execute("CREATE DATABASE hub")
    create_hub(local)
    granted = grant(local, "anna", "Колледж А", new_organization=True)
    assert granted.password
    return granted.password


def address(server: Server, name: str = NAME, **options: object) -> str:
    given = "&".join(f"{key}={value}" for key, value in options.items())
    return f"postgresql://anna@{name}:{server.port}/hub?hostaddr=127.0.0.1&{given}"


def refusal(url: str, password: str) -> UserError:
    with pytest.raises(UserError) as refused, connect_hub(url, password=password).reading():
        pass
    return refused.value


def test_the_right_certificate_lets_in(server: Server, folder: Path, password: str) -> None:
    url = address(server, sslrootcert=folder / "ours.crt")
    lines = {what: (sound, words) for what, sound, words in check_hub(url, password=password)}
    assert lines["шифрование"] == (True, "включено")
    assert all(sound for sound, _ in lines.values())


def test_another_authority_is_refused(server: Server, folder: Path, password: str) -> None:
    url = address(server, sslrootcert=folder / "theirs.crt")
    assert isinstance(refusal(url, password), BadCertificate)


def test_another_name_is_refused(server: Server, folder: Path, password: str) -> None:
    url = address(server, "other.example", sslrootcert=folder / "ours.crt")
    assert isinstance(refusal(url, password), BadCertificate)


def test_without_an_authority_nobody_is_believed(
    server: Server, tmp_path: Path, password: str
) -> None:
    url = address(server, sslrootcert=tmp_path / "нет.crt")
    assert isinstance(refusal(url, password), BadCertificate)


def test_a_server_without_encryption_is_refused(folder: Path) -> None:
    with running(wheel_binaries(), tcp=True) as plain:
        url = address(plain, sslrootcert=folder / "ours.crt")
        assert isinstance(refusal(url, "тайна"), BadCertificate)


def test_a_wrong_password_is_told_apart(server: Server, folder: Path, password: str) -> None:
    url = address(server, sslrootcert=folder / "ours.crt")
    assert isinstance(refusal(url, password + "x"), WrongPassword)
    assert isinstance(refusal(url, ""), WrongPassword)
