"""What the tests of pages share: showing one, writing data, waiting for what was written."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pytest
from conftest import Builder
from PySide6.QtWidgets import QDialog
from sqlalchemy import select

from demoexam.store.store import Store
from demoexam.ui.page import Page
from demoexam.ui.workspace import Workspace


@pytest.fixture
def making(store: Store) -> Callable[[], AbstractContextManager[Builder]]:
    """`with making() as make:` writes one operation of test data."""

    @contextmanager
    def begin() -> Iterator[Builder]:
        with store.transaction("данные теста") as session:
            yield Builder(session)

    return begin


@pytest.fixture
def shown(workspace: Workspace, qtbot: Any) -> Callable[[type[Page]], Any]:
    """Makes a page of its class and shows it, wide enough for the card beside the list."""

    def show(kind: type[Page]) -> Page:
        page = kind(workspace)
        qtbot.addWidget(page)
        page.resize(1300, 850)
        page.show()
        return page

    return show


class Rows:
    """The text of a page's table, as the user reads it."""

    def __init__(self, table: Any) -> None:
        self._table = table

    def __call__(self, column: str = "name") -> list[str]:
        names = [each.name for each in self._table.columns]
        place = names.index(column)
        return [self.cell(number, place).text for number in range(self._table.rowCount())]

    def cell(self, number: int, place: int) -> Any:
        return self._table.cell(number, place)

    def named(self, number: int, column: str) -> Any:
        names = [each.name for each in self._table.columns]
        return self._table.cell(number, names.index(column))


class Acts:
    """What a user does on a page and what he then finds in the store."""

    def __init__(self, workspace: Workspace, qtbot: Any) -> None:
        self._workspace, self._qtbot = workspace, qtbot

    def doing(self) -> Any:
        """`with acts.doing() as told:` waits until an operation is committed."""
        return self._qtbot.waitSignal(self._workspace.performed)

    def refused(self) -> Any:
        return self._qtbot.waitSignal(self._workspace.refused)

    def undo(self) -> None:
        with self.doing():
            self._workspace.undo()

    def wait(self, told: Callable[[], object]) -> None:
        self._qtbot.waitUntil(lambda: bool(told()))

    def card(self, page: Any, record_id: str) -> Any:
        """Opens the card of a record and waits until it is filled."""
        page.go_to({"id": record_id})
        self.wait(page.card.title.text)
        return page.card

    def dialog(self, page: Any) -> Any:
        """The dialog that stands open over the page."""
        found = [one for one in page.window().findChildren(QDialog) if one.isVisible()]
        assert len(found) == 1, found  # waitUntil waits on for an AssertionError alone
        return found[0]

    def stored(self, entity: Any, **wanted: Any) -> Any:
        """Live rows of an entity, oldest first."""
        query = select(entity).where(entity.live()).filter_by(**wanted).order_by(entity.n)
        return self._workspace.read(lambda session: session.scalars(query).all())

    def type(self, field: Any, text: str) -> None:
        """Type into a field and leave it."""
        field.setText(text)
        field.editingFinished.emit()


@pytest.fixture
def acts(workspace: Workspace, qtbot: Any) -> Acts:
    return Acts(workspace, qtbot)


@pytest.fixture
def read() -> Callable[[Any], Rows]:
    return lambda page: Rows(page.table)
