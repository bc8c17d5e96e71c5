"""What asks for the coordinator's attention, in a few short lines with one way out each."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from demoexam.models.exams import ExamSession
from demoexam.models.exchange import Conflict, ConflictStatus
from demoexam.models.groups import StudyGroup
from demoexam.models.reference import PrintedDocument
from demoexam.rules.terms import Level, SessionState
from demoexam.rules.violation import Violation
from demoexam.services.duplicates.duplicates import number_of_doubles
from demoexam.text import counted, day_month

SOON_DAYS = 30  # what lies further ahead than this is not urgent yet
PACKAGE_DAYS = 3  # papers are printed that long before the exam

LACKS: Mapping[str, str] = {
    "too_few_experts": "не хватает оценивающих",
    "chief_missing": "нет главного эксперта",
    "technical_missing": "нет технического эксперта",
    "date_missing": "не назначена дата",
    "workshop_missing": "не выбрана мастерская",
    "preparation_day_missing": "не назначен день С-1",
    "second_day_missing": "не назначен второй день",
    "no_board_member": "не указан член ГЭК",
}
WARNINGS: Mapping[str, tuple[str, str, str]] = {
    "certificate_expired": ("свидетельство кончится до экзамена", "clock", "Список"),
    "certificate_missing": ("нет свидетельства у назначенного", "badge-check", "Открыть"),
    "consent_missing": ("нет согласия на обработку данных", "shield-check", "Открыть"),
    "taught_group": ("эксперт преподавал группе", "users", "Заменить"),
    "kin": ("эксперт — родственник участника", "users", "Заменить"),
    "fewer_than_recommended": ("экспертов меньше, чем советует комплект", "users", "Добавить"),
    "no_board_member": ("не указан член ГЭК", "user-check", "Указать"),
    "notice_too_short": ("сроки ознакомления нарушены", "clock", "Открыть"),
    "weekend": ("экзамен в выходной", "calendar", "Открыть"),
}
DOUBLES: Mapping[str, tuple[str, str, str]] = {
    "expert": (
        "среди экспертов", "experts", "Человек записан дважды, и доля может считаться неверно",
    ),
    "organization": (
        "среди организаций", "organizations", "Одна организация под двумя названиями",
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Need:
    """One line: its tone (bad, warn), sign, words, the button, and the page it leads to."""

    tone: str
    icon: str
    title: str
    detail: str
    button: str
    page: str
    place: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class _Sitting:
    group: str
    starts: datetime | None


def needs(session: Session, findings: Sequence[Violation], today: date) -> list[Need]:
    """The most urgent first: contradictions, sittings that lack something, papers, warnings."""
    known = _sittings(session, {found.session for found in findings if found.session})
    return [
        *_contradictions([one for one in findings if one.level is Level.CONTRADICTION], known),
        *_disagreements(session),
        *_lacking([one for one in findings if one.level is Level.INCOMPLETE], known, today),
        *_unprinted(session, today),
        *_warned([one for one in findings if one.level is Level.WARNING], known),
        *_doubles(session),
    ]


def _sittings(session: Session, ids: Iterable[str]) -> dict[str, _Sitting]:
    query = select(ExamSession.id, StudyGroup.name, ExamSession.starts_at).join(
        StudyGroup, StudyGroup.id == ExamSession.group_id
    )
    rows = session.execute(query.where(ExamSession.id.in_(list(ids))))
    return {ident: _Sitting(group, starts) for ident, group, starts in rows}


def _contradictions(found: Sequence[Violation], known: Mapping[str, _Sitting]) -> Iterable[Need]:
    seen = {one.session: one for one in reversed(found)}
    for ident, one in reversed(seen.items()):
        group = known[ident].group if ident in known else "План"
        yield Need(
            "bad", "triangle-alert", f"{group}: {_sentence(one.reason)}", one.way_out,
            "Исправить", "exams", {"id": ident},
        )  # fmt: skip


def _disagreements(session: Session) -> Iterable[Need]:
    """What an exchange left to a person."""
    waiting = select(func.count()).where(Conflict.live(), Conflict.status == ConflictStatus.OPEN)
    number = session.scalar(waiting.select_from(Conflict)) or 0
    if number:
        yield Need(
            "warn", "refresh-cw", counted(number, "расхождение", "расхождения", "расхождений"),
            "Запись изменили на двух компьютерах, или вместе они нарушают план", "Сверить",
            "sync", {},
        )  # fmt: skip


def _lacking(
    found: Sequence[Violation], known: Mapping[str, _Sitting], today: date
) -> Iterable[Need]:
    lacks: dict[str, list[str]] = {}
    for one in found:
        words = LACKS.get(one.code, _sentence(one.reason))
        if words not in lacks.setdefault(one.session, []):
            lacks[one.session].append(words)
    dated = sorted(lacks, key=lambda ident: _when(known.get(ident)))
    for ident in dated:
        sitting = known.get(ident)
        urgent = sitting is not None and _days_left(sitting, today) <= SOON_DAYS
        yield Need(
            "bad" if urgent else "warn",
            "triangle-alert" if urgent else "clock",
            f"{sitting.group if sitting else 'Экзамен'}: {', '.join(lacks[ident])}",
            _ahead(sitting, today),
            "Назначить",
            "exams" if sitting is None or sitting.starts else "schedule",
            {"id": ident},
        )


def _unprinted(session: Session, today: date) -> Iterable[Need]:
    """Days so near that their papers should lie ready, and do not."""
    first = datetime.combine(today, time())
    last = first + timedelta(days=PACKAGE_DAYS)
    printed = select(PrintedDocument.session_id).where(PrintedDocument.session_id.is_not(None))
    day = func.substr(func.cast(ExamSession.starts_at, StudyGroup.name.type), 1, 10)
    query = (
        select(day, func.count())
        .where(
            ExamSession.live(),
            ExamSession.starts_at.between(first, last),
            ExamSession.state.in_([SessionState.PLANNED, SessionState.ANNOUNCED]),
            ExamSession.id.not_in(printed),
        )
        .group_by(day)
    )
    for text, number in session.execute(query.order_by(day)):
        when = date.fromisoformat(text)
        yield Need(
            "warn", "printer", f"Не напечатан пакет на {day_month(when)}",
            counted(number, "экзамен", "экзамена", "экзаменов"), "Печать",
            "print", {"day": text},
        )  # fmt: skip


def _warned(found: Sequence[Violation], known: Mapping[str, _Sitting]) -> Iterable[Need]:
    codes = Counter(one.code for one in found if one.session)
    for code, number in codes.items():
        first = next(one for one in found if one.code == code and one.session)
        words, icon, button = WARNINGS.get(code, (_sentence(first.reason), "info", "Открыть"))
        group = known[first.session].group if first.session in known else ""
        more = f" и ещё {number - 1}" if number > 1 else ""
        yield Need(
            "warn", icon, f"{group}{more}: {words}", first.reason, button,
            "exams", {"id": first.session},
        )  # fmt: skip


def _doubles(session: Session) -> Iterable[Need]:
    """People and organizations that seem to be in the roster twice."""
    for table, (nouns, page, detail) in DOUBLES.items():
        number = number_of_doubles(session, table=table)
        if number:
            title = f"{counted(number, 'возможный дубль', 'возможных дубля', 'возможных дублей')}"
            yield Need(
                "warn", "link-2", f"{title} {nouns}", detail, "Сверить", page, {"duplicates": True}
            )


def _sentence(text: str) -> str:
    """A finding's sentence as the second half of a line."""
    return text[:1].lower() + text[1:].rstrip(".")


def _when(sitting: _Sitting | None) -> datetime:
    return sitting.starts if sitting is not None and sitting.starts else datetime.max


def _days_left(sitting: _Sitting, today: date) -> int:
    return (sitting.starts.date() - today).days if sitting.starts else SOON_DAYS + 1


def _ahead(sitting: _Sitting | None, today: date) -> str:
    if sitting is None or sitting.starts is None:
        return "Выберите мастерскую, день и час"
    left = _days_left(sitting, today)
    day = f"Экзамен {day_month(sitting.starts.date())}"
    if left < 0:
        return f"{day}, уже прошёл"
    rest = "сегодня" if left == 0 else f"осталось {counted(left, 'день', 'дня', 'дней')}"
    return f"{day}, {rest}"
