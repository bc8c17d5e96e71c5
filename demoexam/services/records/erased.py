"""What was erased of a person does not come back, neither by an edit nor from the history."""

from collections.abc import Collection

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from demoexam.errors import UserError
from demoexam.models.exchange import Erasure
from demoexam.store.erasing import PERSONAL


class ErasedForGood(UserError):
    text = "Персональные данные этого человека удалены, вернуть их нельзя."
    advice = "Если он снова участвует в экзаменах, добавьте его как нового, с новым согласием."


class ErasureStays(UserError):
    text = "Удаление персональных данных не отменяется: данных больше нет."
    advice = "Прежние действия отменяются как обычно: нажмите «Отменить» ещё раз."


def is_erased(session: Session, table: str, record_id: str) -> bool:
    """Whether the personal data of a record was erased, here or on another desktop."""
    found = exists().where(Erasure.table_name == table, Erasure.row_id == record_id)
    return bool(session.scalar(select(found)))


def refuse_what_is_erased(
    session: Session, table: str, record_id: str, columns: Collection[str]
) -> None:
    """Raises ErasedForGood when one of the columns held personal data that was erased."""
    if PERSONAL.get(table, {}).keys() & set(columns) and is_erased(session, table, record_id):
        raise ErasedForGood
