"""Taking operations back and bringing them back, with the plan's rules checked again."""

from sqlalchemy.orm import Session

from demoexam.errors import UserError
from demoexam.services.records.erased import ErasureStays
from demoexam.services.undo_guard import check_protocols, closed_sittings
from demoexam.store import undo
from demoexam.store.store import Store
from demoexam.store.undo import NothingToUndo, PastOperation, UndoReport

STAYS = "попытка отменить удаление персональных данных"


class AlreadyUndone(UserError):
    text = "Действия «{name}» в журнале нет, или оно уже отменено."
    advice = "Номера действий показывает журнал (undo --list)."


def past_operations(session: Session, *, limit: int = 200) -> list[PastOperation]:
    """The journal of operations, newest first."""
    return undo.history(session, limit=limit)


def take_back(store: Store, operation_id: str | None = None) -> UndoReport:
    """Undo the named operation, or the last one of this computer, as one operation."""
    with store.reading() as session:
        past = _named(session, operation_id) or undo.next_undo(session, client=store.client)
        erased = past is not None and past.id in undo.erasing(session)
    if operation_id is not None and (past is None or past.id != operation_id):
        raise AlreadyUndone(name=operation_id)
    if past is None:
        raise NothingToUndo
    if erased:
        with store.transaction(STAYS, undoes=past.id):
            pass  # nothing to put back; the next undo goes on to what was done before
        raise ErasureStays
    return _revert(store, past, "отмена")


def bring_back(store: Store) -> UndoReport:
    """Redo: undo the last undo of this computer, if nothing new was done after it."""
    with store.reading() as session:
        past = undo.next_redo(session, client=store.client)
    if past is None:
        raise NothingToUndo
    return _revert(store, past, "возврат")


def offers(session: Session, *, client: str) -> tuple[str, str]:
    """What «Отменить» and «Вернуть» would do now; "" when there is nothing."""
    back, forth = undo.next_undo(session, client=client), undo.next_redo(session, client=client)
    return (back.text if back else "", _bare(forth.text) if forth else "")


def _named(session: Session, operation_id: str | None) -> PastOperation | None:
    if operation_id is None:
        return None
    past = undo.history(session, limit=1_000_000)
    return next((each for each in past if each.id == operation_id and each.done), None)


def _revert(store: Store, past: PastOperation, word: str) -> UndoReport:
    with store.transaction(f"{word}: {_bare(past.text)}", undoes=past.id) as session:
        closed = closed_sittings(session)
        report = undo.revert(session, past.id)
        check_protocols(session, closed, report.rows)
        _hold_what_contradicts(session, report)
    return report


def _bare(text: str) -> str:
    for word in ("отмена: ", "возврат: "):
        text = text.removeprefix(word)
    return text


def _hold_what_contradicts(session: Session, report: UndoReport) -> None:
    """Rows that came back into a plan which has moved on since are kept out, and shown."""
    touched = {row for table, row in report.rows if table in {"exam_session", "assignment"}}
    if touched:
        from demoexam.services.plan.check import hold_contradictions

        hold_contradictions(session, row_ids=touched)
