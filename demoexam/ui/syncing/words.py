"""The state of the exchange in words: for the status bar, the page and its badge."""

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from demoexam.text import clock, counted, plural, short_date
from demoexam.ui.tokens import Tone

if TYPE_CHECKING:
    from demoexam.services.syncing.exchange import SyncState
    from demoexam.sync.synchronizer import Exchange

EDITS = ("правка", "правки", "правок")
RECORDS = ("запись", "записи", "записей")
SPLITS = ("расхождение", "расхождения", "расхождений")
EDITS_OF = ("правку", "правки", "правок")
HOUR = 60
JOURNAL = {"operation", "change", "conflict", "erasure"}


def ago(at: datetime, now: datetime) -> str:
    """«5 минут назад», «в 14:32», «вчера в 14:32»; both on the college's clock."""
    minutes = int((now - at).total_seconds() // 60)
    if minutes < 1:
        return "только что"
    if minutes < HOUR:
        return f"{counted(minutes, 'минуту', 'минуты', 'минут')} назад"
    if at.date() == now.date():
        return f"в {clock(at)}"
    if at.date() == now.date() - timedelta(days=1):
        return f"вчера в {clock(at)}"
    return f"{short_date(at.date())} в {clock(at)}"


def state_words(state: "SyncState", now: datetime) -> tuple[str, Tone]:
    """One line for the status bar: what is wrong, else what waits, else when the last one was."""
    if state.trouble:
        return _with_unsent(short_trouble(state.trouble), state), Tone.WARN
    last = f"обмен {ago(state.last_at, now)}" if state.last_at else "обмена ещё не было"
    parts = [last]
    if state.unsent:
        parts.append(f"не отправлено: {state.unsent}")
    if state.conflicts:
        parts.append(counted(state.conflicts, *SPLITS))
    if state.parked:
        parts.append(f"не принято: {state.parked}")
    return " · ".join(parts), Tone.WARN if waits(state) else Tone.OK


def waits(state: "SyncState") -> int:
    """What a person must look at: the page's badge."""
    return state.conflicts + state.parked


def badge_words(state: "SyncState") -> str:
    """The badge for a screen reader."""
    parts = []
    if state.conflicts:
        parts.append(f"{counted(state.conflicts, *SPLITS)} решить")
    if state.parked:
        words = plural(state.parked, "запись не принята", "записи не приняты", "записей не принято")
        parts.append(f"{state.parked} {words}")
    return ", ".join(parts)


def exchanged_words(done: "Exchange") -> str:
    """«Получено 12, отправлено 3»."""
    if not done.pulled and done.tables - JOURNAL:  # no row was counted: the file was taken whole
        return "Получены все общие данные"
    if not done.pulled and not done.pushed:
        return "Обмен прошёл" if done.tables else "Обмен прошёл, нового нет"
    parts = [("получено", done.pulled), ("отправлено", done.pushed)]
    return ", ".join(f"{word} {number}" for word, number in parts if number).capitalize()


def short_trouble(text: str) -> str:
    """A refusal's first sentence, as the second half of a line; the page tells the address."""
    first = re.sub(r" «[^»]*»", "", text.split(". ", maxsplit=1)[0]).rstrip(".")
    return first[:1].lower() + first[1:]


def _with_unsent(words: str, state: "SyncState") -> str:
    return f"{words} · не отправлено: {state.unsent}" if state.unsent else words
