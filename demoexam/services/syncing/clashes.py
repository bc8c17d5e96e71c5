"""Two records that contradict each other or seem to be one: why, and what may be done."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy.orm import Session

from demoexam.models.base import Record
from demoexam.models.catalog import entities
from demoexam.models.exchange import Conflict, ConflictKind
from demoexam.services.records.words import record_title, table_title
from demoexam.services.syncing.cards import Offer, Way

SITTING, DUTY = "exam_session", "assignment"
REASONS: Mapping[str, str] = {
    "workshop_double_booked": "В это время мастерская занята другим экзаменом: {other}.",
    "workplace_taken": "Это рабочее место уже занято: {other}.",
    "expert_listed_twice": "Эксперт уже назначен на этот экзамен: {other}.",
    "expert_double_booked": "Эксперт в это время занят на другом экзамене: {other}.",
    "expert_from_same_college": "Эксперт работает там же, где учится группа: {other}.",
    "parent_deleted": "Удалена запись, на которой держится эта: {kind} «{other}».",
    "same_organization": "У двух организаций один ИНН.",
    "same_expert": "Два эксперта с одинаковыми фамилией, именем и отчеством.",
    "same_assessment_kit": "Два комплекта с одним шифром и уровнем.",
    "same_study_group": "Две группы с одним названием в одном колледже.",
}
UNKNOWN = "Эта запись противоречит другой: {other}."
NOT_SEEN = "запись другого колледжа (вам она не видна)"
MENDED = "Противоречия больше нет: расхождение закроется при следующем обмене."
WORDS: Mapping[Way, str] = {
    Way.MOVE: "Открыть и изменить…", Way.CANCEL: "Отменить: {this}",
    Way.CANCEL_OTHER: "Отменить: {other}", Way.RELEASE: "Вернуть в план",
    Way.UNDELETE: "Восстановить: {other}", Way.DIFFERENT: "Это разные записи",
    Way.MERGE: "Объединить, оставить эту", Way.MERGE_OTHER: "Объединить, оставить другую",
}  # fmt: skip


def reason_of(session: Session, conflict: Conflict) -> str:
    """The rule's own sentence where the plan still shows it; else what the code means."""
    if conflict.kind is ConflictKind.RULE:
        row = record_of(session, conflict.table_name, conflict.row_id)
        if row is not None and not (row.held or row.deleted):
            return MENDED
        found = _told_by_rules(session, conflict, row)
        if found:
            return found
    other = other_title(session, conflict)
    if conflict.other_table == DUTY:
        other = _duty_words(session, conflict.other_id) or other
    return REASONS.get(conflict.code, UNKNOWN).format(
        other=other, kind=table_title(conflict.other_table).lower()
    )


def offers_for(session: Session, conflict: Conflict) -> Iterator[Offer]:
    """What makes sense now, the mildest first."""
    this = record_title(session, conflict.table_name, conflict.row_id)
    other = other_title(session, conflict)
    for way in _ways(session, conflict):
        yield Offer(way, WORDS[way].format(this=this, other=other))


def other_title(session: Session, conflict: Conflict) -> str:
    """The other record in words; one of another college may not be seen here."""
    if record_of(session, conflict.other_table, conflict.other_id) is None:
        return NOT_SEEN
    return record_title(session, conflict.other_table, conflict.other_id)


def record_of(session: Session, table: str, ident: str | None) -> Any:
    """The row, whatever its state; None where there is none."""
    return session.get(entities()[table], ident) if ident and table in entities() else None


def _ways(session: Session, conflict: Conflict) -> Iterator[Way]:
    if conflict.kind is ConflictKind.DUPLICATE:
        yield from (Way.DIFFERENT, Way.MERGE, Way.MERGE_OTHER)
        return
    this: Record | None = record_of(session, conflict.table_name, conflict.row_id)
    other: Record | None = record_of(session, conflict.other_table, conflict.other_id)
    if this is None or this.deleted or not this.held:
        return
    yield Way.RELEASE
    if conflict.code == "parent_deleted":
        if other is not None and other.deleted:
            yield Way.UNDELETE
    else:
        yield Way.MOVE
    yield Way.CANCEL
    if conflict.other_table in {SITTING, DUTY, "exam_place"} and other and not other.deleted:
        yield Way.CANCEL_OTHER


def _told_by_rules(session: Session, conflict: Conflict, row: Any) -> str:
    if conflict.table_name not in {SITTING, DUTY} or row is None:
        return ""
    from demoexam.services.plan.check import sitting_findings

    sitting = row.id if conflict.table_name == SITTING else row.session_id
    for found in sitting_findings(session, session_id=sitting):
        if found.code == conflict.code and conflict.row_id in {found.session, *found.subjects}:
            return str(found)
    return ""


def _duty_words(session: Session, ident: str | None) -> str:
    duty = record_of(session, DUTY, ident)
    if duty is None:
        return ""
    return (
        f"{record_title(session, DUTY, ident)}, {record_title(session, SITTING, duty.session_id)}"
    )
