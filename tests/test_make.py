"""The set-up script: what it decides without installing anything."""

import pytest

import make


@pytest.mark.parametrize(
    ("today", "day"),
    [("2026-06-01", "2026-06-10"), ("2026-06-11", "2026-06-12"), ("2026-07-01", "2026-06-12")],
)
def test_the_day_to_print_is_the_nearest_one_ahead_or_else_the_last(today, day, monkeypatch):
    class Today(make.date):
        @classmethod
        def today(cls):
            return cls.fromisoformat(today)

    monkeypatch.setattr(make, "date", Today)
    sittings = [{"starts_at": f"2026-06-{n}T09:00"} for n in (12, 10)] + [{"starts_at": None}]
    assert make.next_exam_day(sittings) == day


def test_a_screen_is_told_from_its_absence(monkeypatch):
    monkeypatch.setattr(make.sys, "platform", "linux")
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    assert not make.has_display()
    monkeypatch.setenv("DISPLAY", ":0")
    assert make.has_display()
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert not make.has_display()


def test_another_lock_means_another_installation(tmp_path, monkeypatch):
    lock = tmp_path / "requirements.lock"
    monkeypatch.setattr(make, "LOCK", lock)
    seen = set()
    for text in ("a==1", "a==2", "a==1"):
        lock.write_text(text, "utf-8")
        seen.add(make.fingerprint())
    assert len(seen) == 2


def test_a_copied_or_missing_environment_is_made_anew(tmp_path, monkeypatch):
    here = make.Path(make.sys.executable)
    monkeypatch.setattr(make, "VENV", make.Path(make.sys.prefix).resolve())
    assert make.works(here)
    monkeypatch.setattr(make, "VENV", tmp_path)
    assert not make.works(here)
    assert not make.works(tmp_path / "python")


def test_missing_libraries_are_named_by_their_packages(monkeypatch, capsys):
    monkeypatch.setattr(make, "missing_libraries", lambda: ["libEGL.so.1", "libxcb-cursor.so.0"])
    monkeypatch.setattr(make.os, "geteuid", lambda: 1000, raising=False)
    make.install_system_libraries()
    told = capsys.readouterr().out
    assert "sudo apt-get install" in told
    assert "libegl1 libxcb-cursor0" in told
