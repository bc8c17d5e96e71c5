"""The card of an organization: what it is, who signs for it, who of the experts works there."""

from PySide6.QtCore import Signal

from demoexam.rules.terms import KIND_NAMES, OrganizationKind
from demoexam.services.directory.cards import STAFF_SHOWN, OrganizationCard
from demoexam.services.directory.directory import clusters, industries
from demoexam.ui.dialogs.organization_dialogs import KindDialog
from demoexam.ui.directories.card_inspector import CardInspector
from demoexam.ui.directories.part_list import PartLine, PartList
from demoexam.ui.directories.record_form import RecordForm
from demoexam.ui.fields import ChoiceField, TextField
from demoexam.ui.tokens import Tone
from demoexam.ui.widgets import Button, Pill, clear
from demoexam.ui.workspace import Workspace

TONES = {OrganizationKind.EMPLOYER: Tone.ACCENT, OrganizationKind.OTHER: Tone.TEAL}


class OrganizationInspector(CardInspector):
    TABLE = "organization"

    expert_opened = Signal(str)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace, "организацию")
        self._card: OrganizationCard | None = None
        self.signing = RecordForm(2)
        self._industry, self._cluster = ChoiceField(), ChoiceField()
        self._make_forms()
        self.staff = PartList("Эксперты", empty="Экспертов отсюда пока нет.", ruled=False)
        self.staff.opened.connect(self.expert_opened)
        self.body.addWidget(self.form)
        self.section("Для подписей и шапок бумаг", self.signing)
        self.body.addWidget(self.staff)

    def show_card(self, card: OrganizationCard) -> None:
        self._card, self.record_id = card, card.id
        self.show_title(card.values["full_name"] or card.values["short_name"])
        self._show_kind(card)
        for field, read in ((self._industry, industries), (self._cluster, clusters)):
            field.show_options([(None, "не указано"), *self.workspace.read(read)])
        self.form.show_record(card.id, card.values)
        self.signing.show_record(card.id, card.values)
        lines = [
            PartLine(one.id, one.title, one.detail, button="Открыть", sign="arrow-right")
            for one in card.staff
        ]
        if len(lines) == STAFF_SHOWN:
            lines.append(PartLine("", "и другие: найдите их на странице «Эксперты»"))
        self.staff.show_lines(lines)
        self.show_change(card.changed)

    def change_kind(self) -> None:
        """Ask for another kind, with the effect on the share."""
        if self._card is not None:
            values = {"kind": self._card.values["kind"]}
            dialog = KindDialog(self.workspace, self, record_id=self.record_id, values=values)
            dialog.open()

    def _show_kind(self, card: OrganizationCard) -> None:
        clear(self.head)
        kind = card.values["kind"]
        self.head.addWidget(Pill(KIND_NAMES[kind].capitalize(), TONES.get(kind, Tone.GREY)))
        if card.is_own:
            self.head.addWidget(Pill("Свой колледж", Tone.OK))
        changer = Button("Сменить вид…", look="link")
        changer.clicked.connect(self.change_kind)
        self.head.addWidget(changer)
        self.head.addStretch(1)

    def _make_forms(self) -> None:
        add = self.form.add_field
        add("short_name", "Название", TextField(), wide=True)
        add("full_name", "Полное название", TextField("как в уставе"), wide=True)
        add("inn", "ИНН", TextField("10 цифр"))
        add("city", "Город", TextField())
        add("industry_id", "Отрасль", self._industry)
        add("cluster_id", "Кластер", self._cluster)
        add("contact", "Кто отвечает на письма", TextField(), wide=True)
        add("phone", "Телефон", TextField("+7 900 000-00-00"))
        add("email", "E-mail", TextField("имя@пример.рф"))
        add = self.signing.add_field
        add("head_name", "Руководитель", TextField("Иванов Иван Иванович"))
        add("head_post", "Должность", TextField("директор"))
        add("founder", "Учредитель", TextField("министерство, департамент"), wide=True)
        add("legal_form", "Правовая форма", TextField("ГБПОУ"))
        add("address", "Адрес", TextField("г. Казань, ул. Учебная, д. 1"))
