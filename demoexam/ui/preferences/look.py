"""Настройки → Вид: theme and size of the letters, on this computer only."""

from PySide6.QtWidgets import QApplication

from demoexam.ui import theme
from demoexam.ui.fields import ChoiceField, Form
from demoexam.ui.preferences.section import Section
from demoexam.ui.widgets import label
from demoexam.ui.workspace import Workspace

THEMES = (("system", "как в системе"), ("light", "светлая"), ("dark", "тёмная"))
SCALES = ((90, "мелкий"), (100, "обычный"), (115, "крупный"), (130, "очень крупный"))


class LookSection(Section):
    TITLE = "Вид"
    ICON = "moon"

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        card = self.card("Вид окна", "только на этом компьютере")
        self.theme, self.scale = ChoiceField(THEMES), ChoiceField(SCALES)
        self.theme.show_value(workspace.local.theme)
        self.scale.show_value(workspace.local.font_scale)
        form = Form(beside=True)
        form.add("&Тема", self.theme)
        form.add("&Размер текста", self.scale)
        card.add(form, label("Сменить тему быстро: Ctrl+Shift+D.", "muted"))
        self.theme.written.connect(self._apply)
        self.scale.written.connect(self._apply)

    def _apply(self, _value: object) -> None:
        local = self.workspace.local
        local.theme, local.font_scale = self.theme.value(), self.scale.value()
        local.save()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.apply(app, local.theme, local.font_scale)
