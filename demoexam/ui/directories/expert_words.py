"""How the facts of an expert's card are worded as lines: pure, so that a test can read them."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date
from typing import Any

from demoexam.rules.terms import SessionState
from demoexam.services.experts.card import Duty, ExpertCard, Job, LastChange, Part
from demoexam.services.experts.facts import has_consent
from demoexam.services.experts.roster_index import Term, term_of
from demoexam.text import day_month, short_date
from demoexam.ui.directories.part_list import PartLine
from demoexam.ui.directories.roster_source import SIDES
from demoexam.ui.tokens import Tone

CONSENT = "consent"
OVER = {SessionState.DONE, SessionState.CLOSED}


def job_lines(jobs: Sequence[Job]) -> list[PartLine]:
    return [
        PartLine(
            job.id, job.organization, _job_detail(job), "building-2",
            SIDES[job.side][1], term(job.valid_from, job.valid_to),
        )
        for job in jobs
    ]  # fmt: skip


def _job_detail(job: Job) -> str:
    parts = [job.post, "" if job.is_main else "совместительство"]
    if job.counts_as_employer is not None:
        how = "как работодатель" if job.counts_as_employer else "не как работодатель"
        parts.append(f"в доле {how}: {job.override_reason or 'причина не указана'}")
    return " · ".join(filter(None, parts)) or SIDES[job.side][0].lower()


def term(start: date | None, end: date | None) -> str:
    """01.09.2019 — 31.05.2024; с 01.06.2024; по 31.05.2024."""
    if start and end:
        return f"{short_date(start)} — {short_date(end)}"
    if start:
        return f"с {short_date(start)}"
    return f"по {short_date(end)}" if end else "без дат"


def paper_lines(card: ExpertCard, today: date) -> list[PartLine]:
    """Certificates, and the consent as the last line."""
    lines = [_certificate(part, today) for part in card.certificates]
    if not lines:
        lines.append(PartLine("", "Свидетельства нет", "назначать нельзя", "circle-x", Tone.BAD))
    return [*lines, _consent(card.values)]


def _certificate(part: Part, today: date) -> PartLine:
    until = part.values["valid_until"]
    words = {
        Term.VALID: ("действует", "badge-check", Tone.OK),
        Term.SOON: ("скоро истекает", "clock", Tone.WARN),
        Term.EXPIRED: ("истекло", "circle-x", Tone.BAD),
    }
    state, icon, tone = words[term_of(until or date.max, today)]
    detail = f"до {short_date(until)}, {state}" if until else "бессрочно"
    return PartLine(part.id, part.title, detail, icon, tone)


def _consent(values: Mapping[str, Any]) -> PartLine:
    given, withdrawn = values["consent_on"], values["consent_withdrawn"]
    title = "Согласие на данные"
    if has_consent(given, withdrawn):
        detail = f"получено {short_date(given)}"
        return PartLine(CONSENT, title, detail, "shield-check", Tone.OK)
    detail = f"отозвано {short_date(withdrawn)}" if withdrawn else "не получено"
    return PartLine(CONSENT, title, detail, "triangle-alert", Tone.WARN)


def absence_lines(card: ExpertCard) -> list[PartLine]:
    return [
        PartLine(
            part.id, _days(part.values), _why_away(part), "calendar",
        )
        for part in card.absences
    ]  # fmt: skip


def _days(values: Mapping[str, Any]) -> str:
    start, end = values["from_day"], values["to_day"]
    days = short_date(start) if start == end else f"{short_date(start)} — {short_date(end)}"
    return f"Только {days}" if values["only_these"] else days


def _why_away(part: Part) -> str:
    values = part.values
    if values["soft"]:
        how = "в другие дни просит не ставить" if values["only_these"] else "просит не ставить"
    else:
        how = "в другие дни не может" if values["only_these"] else "не может приехать"
    return f"{part.detail} · {how}" if part.detail else how


def conflict_lines(card: ExpertCard) -> Iterator[PartLine]:
    """R2 warns, R3 forbids; keys tell which kind of record is opened."""
    for part in card.kin:
        detail = part.detail or "родственник: оценивать запрещено"
        yield PartLine(f"kin {part.id}", part.title, detail, "ban", Tone.BAD)
    for part in card.taught:
        detail = part.detail or "учил группу: предупреждать"
        yield PartLine(
            f"taught {part.id}", f"Группа {part.title}", detail, "triangle-alert", Tone.WARN
        )


def duty_sign(duty: Duty, today: date) -> tuple[str, str, str]:
    """Icon, tone and words of how it stands with an exam of his."""
    if duty.held:
        return "triangle-alert", Tone.BAD, "Конфликт"
    if duty.answer == "refused":
        return "circle-x", Tone.GREY, "Отказался"
    if duty.state in OVER:
        return "check", Tone.OK, "Проведён"
    if duty.day < today:
        return "clock", Tone.WARN, "Ждёт итогов"
    if duty.answer == "invited":
        return "clock", Tone.WARN, "Ждём ответа"
    return "circle-check", Tone.OK, "Придёт"


def changed_words(changed: LastChange | None) -> str:
    """«Изменено 22.11.2026 в 11:20: правка места работы», in local time."""
    if changed is None:
        return ""
    local = changed.at.replace(tzinfo=UTC).astimezone()
    day = "сегодня" if local.date() == date.today() else day_month(local.date())
    return f"Изменено {day} в {local:%H:%M}: {changed.what}"
