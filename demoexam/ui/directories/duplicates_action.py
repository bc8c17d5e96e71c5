"""«Объединить дубли…» of a directory's page: above the table for all, below it for the chosen."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject

from demoexam.ui import dialogs
from demoexam.ui.page import Place
from demoexam.ui.widgets import Button

if TYPE_CHECKING:
    from demoexam.ui.dialogs.duplicates_dialog import DuplicatesDialog
    from demoexam.ui.directories.directory_page import DirectoryPage


class DuplicatesAction(QObject):
    """`tool` stands above the table; after the page is built, `attach` adds the button below."""

    def __init__(self, page: "DirectoryPage") -> None:
        super().__init__(page)
        self._page = page
        self.tool = Button("", "link-2", "icon", name="Объединить дубли…")
        self.tool.clicked.connect(lambda _on: self.open())
        self.chosen = Button("Объединить…", "link-2", "small")
        self.chosen.clicked.connect(lambda _on: self.open(page.view.chosen_ids()))
        self.chosen.hide()

    def attach(self) -> None:
        page = self._page
        page.foot.addWidget(self.chosen)
        page.view.selectionModel().selectionChanged.connect(self._follow)

    def open(self, record_ids: Sequence[str] = ()) -> "DuplicatesDialog":
        """All pairs that seem to be one, or every two of the chosen records."""
        page = self._page
        dialog = cast(
            "DuplicatesDialog",
            dialogs.open_dialog(
                "duplicates", page.workspace, page, table=page.TABLE,
                record_ids=tuple(record_ids) if len(record_ids) > 1 else (),
            ),
        )  # fmt: skip
        dialog.going.connect(lambda record_id: page.go_to({"id": record_id}))
        return dialog

    def go_to(self, place: Place) -> None:
        if place.get("duplicates"):
            self.open()

    def _follow(self) -> None:
        self.chosen.setVisible(len(self._page.view.chosen_rows()) > 1)
