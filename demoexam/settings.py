"""Where this computer keeps the program's files, and the few settings that stay on it."""

import hashlib
import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass, field, fields
from functools import cache
from pathlib import Path
from typing import Any

APPLICATION = "ДЭ-Координатор"
FOLDER = "demoexam"
STORE_FILE = "demoexam.db"


@cache
def resources() -> Path:
    """The folder of fonts, icons and reference lists: beside the package, or inside it."""
    beside = Path(__file__).resolve().parent.parent / "resources"
    return beside if beside.is_dir() else Path(__file__).resolve().parent / "resources"


def data_folder() -> Path:
    """Where stores and backups lie; DEMOEXAM_HOME moves it (tests, a flash drive)."""
    if chosen := os.environ.get("DEMOEXAM_HOME"):
        return Path(chosen)
    import platformdirs

    return Path(platformdirs.user_data_path(FOLDER, appauthor=False))


def default_store() -> Path:
    return data_folder() / STORE_FILE


def log_file() -> Path:
    return data_folder() / "log" / "demoexam.log"


@dataclass
class LocalSettings:
    """What belongs to this computer and is never synchronised."""

    client_id: str = field(default_factory=lambda: os.urandom(16).hex())
    store: str = ""
    theme: str = "system"  # system | light | dark
    font_scale: int = 100  # per cent
    geometry: str = ""
    widths: dict[str, list[int]] = field(default_factory=dict)
    boards: dict[str, dict[str, Any]] = field(default_factory=dict)  # where one was in a season
    exchange_minutes: int = 15  # between two exchanges with the shared store; 0: only when asked

    @classmethod
    def load(cls) -> "LocalSettings":
        """The saved settings; a missing or damaged file gives the defaults, which are saved."""
        try:
            saved = json.loads(_file().read_text(encoding="utf-8"))
        except (OSError, ValueError):
            saved = None
        if not isinstance(saved, dict):
            fresh = cls()
            with suppress(OSError):  # the client's id must not change at every start
                fresh.save()
            return fresh
        known = {one.name: type(getattr(cls(), one.name)) for one in fields(cls)}
        return cls(**{k: v for k, v in saved.items() if k in known and isinstance(v, known[k])})

    def client_of(self, store: Path) -> str:
        """The name of one store on this computer in the journal: a copied file gets another."""
        place = f"{self.client_id}:{store.resolve()}"
        return hashlib.sha256(place.encode()).hexdigest()[:32]

    def save(self) -> None:
        """Written whole beside the old file and swapped in, so that a crash keeps the old one."""
        target = _file()
        target.parent.mkdir(parents=True, exist_ok=True)
        draft = target.with_suffix(".new")
        draft.write_text(json.dumps(asdict(self), ensure_ascii=False, indent=1), encoding="utf-8")
        draft.replace(target)


def _file() -> Path:
    return data_folder() / "settings.json"
