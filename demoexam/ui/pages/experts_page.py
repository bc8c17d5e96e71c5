"""The roster of experts: a list filtered as one types, and the card of each."""

from collections.abc import Mapping
from functools import partial

from demoexam.exchange.vocabulary import Kind
from demoexam.rules.terms import Side
from demoexam.services.directory import directory
from demoexam.services.experts.card import ExpertCard, expert_card
from demoexam.services.experts.roster_index import RosterIndex, Term, roster_index
from demoexam.text import counted
from demoexam.ui import dialogs, theme
from demoexam.ui.availability.period_dialog import PeriodDialog
from demoexam.ui.dialogs.expert_dialogs import ExpertDialog
from demoexam.ui.directories.directory_page import DirectoryPage
from demoexam.ui.directories.duplicates_action import DuplicatesAction
from demoexam.ui.directories.expert_inspector import ExpertInspector
from demoexam.ui.directories.roster_source import COLUMNS, RosterSource
from demoexam.ui.page import Place
from demoexam.ui.table_files import Everything
from demoexam.ui.widgets import Button, Chip
from demoexam.ui.workspace import Workspace

TIGHT, TIGHT_NAME = 1100, 168  # a narrow page gives the names less room beside the card
AT_ONCE = 1_500  # so many experts are indexed on the spot; more of them in the background

SIDES = (
    (None, "все"),
    (Side.EMPLOYER, "работодатели"),
    (Side.EDUCATION, "колледжи"),
    (Side.OTHER, "другие"),
    (Side.UNKNOWN, "без организации"),
)
TERMS = (
    (None, "все"),
    (Term.VALID, "действует"),
    (Term.SOON, "истекает"),
    (Term.EXPIRED, "истекло"),
    (Term.NONE, "нет"),
)
CONSENTS = ((None, "все"), (True, "есть"), (False, "нет"))


class ExpertsPage(DirectoryPage):
    """Knows also the places {"side": "employer"}, {"certificate": "soon"}, {"consent": False}."""

    TITLE = "Эксперты"
    NOUNS = ("эксперт", "эксперта", "экспертов")
    TABLE, ADD, ONE = "expert", "Новый эксперт", "эксперта"
    EVERYTHING, PASTED = Everything(Kind.ROSTER, has_contacts=True), Kind.ROSTER
    TABLES = frozenset(
        {
            "expert", "employment", "competence", "certificate", "unavailability",
            "teaching_link", "kinship_link", "organization", "assignment", "exam_session",
            "setting",
        }
    )  # fmt: skip

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.doubles = DuplicatesAction(self)
        self._jobless = ""  # just added: his place of work is asked next
        self.source = RosterSource(workspace, lambda: self.today)
        self.sides, self.terms = Chip("Сторона", SIDES), Chip("Свид-во", TERMS)
        self.consents = Chip("Согласие", CONSENTS)
        self.industries = Chip("Отрасль", [(None, "все")])
        self.card = ExpertInspector(workspace)
        empty = self.empty_state(
            "users", "Пока нет ни одного эксперта",
            "Загрузите список из Excel или добавьте первого эксперта вручную. "
            "Столбцы узнаем сами, ошибки покажем до записи.",
        )  # fmt: skip
        self.build(
            self.source, placeholder="ФИО или организация", empty=empty,
            chips=(self.sides, self.terms, self.consents, self.industries),
            tools=(self._free_button(), self.doubles.tool, self.load_button()),
            inspector=self.card,
        )  # fmt: skip
        self.absent = Button("Когда не могут…", "calendar", "small")
        self.absent.clicked.connect(self.note_absence)
        self.absent.hide()
        self.finish()
        self.foot.addWidget(self.absent)
        self.doubles.attach()
        self.write_through(self.card.contacts)
        self.write_through(self.card.names)
        self.card.deleting.connect(lambda: self.delete([self.record_id]))
        self.card.exam_opened.connect(lambda ident: self.going.emit("exams", {"id": ident}))

    def reload(self) -> None:
        self._fill_industries()
        read = partial(roster_index, today=self.today, year=self.workspace.year)
        if self.source.total() <= AT_ONCE:
            self.source.take(self.workspace.read(read))
            super().reload()
        else:
            super().reload()
            self.workspace.load(read, self._take_index, slot="roster")

    def show_record(self, record_id: str) -> None:
        self.record_id = record_id
        self.workspace.load(
            lambda session: expert_card(
                session, expert_id=record_id, today=self.today, year=self.workspace.year
            ),
            self._show_card, slot="expert", on_refused=self.leave_card,
        )  # fmt: skip

    def go_to(self, place: Place) -> None:
        super().go_to(place)
        self.doubles.go_to(place)
        names: tuple[str, ...] = ("side", "certificate", "consent")
        chosen = {name: place[name] for name in names if name in place}
        if chosen:
            self._choose(chosen)

    def add(self) -> None:
        dialog = ExpertDialog(self.workspace, self)
        dialog.saved.connect(self._open_new)
        dialog.known.connect(self.show_new)
        dialog.open()

    def summary(self, total: int) -> str:
        told = counted(total, *self.NOUNS)
        employers = self.source.index.count(Side.EMPLOYER)
        return f"{told}, {employers} от работодателей" if employers else told

    def find_free(self) -> None:
        dialogs.open_dialog("free", self.workspace, self, part="experts")

    def note_absence(self) -> None:
        """One period for all the experts chosen."""
        chosen = self.view.chosen_ids()
        if chosen:
            PeriodDialog(self.workspace, self, expert_ids=chosen).open()

    def _tell_chosen(self) -> None:
        super()._tell_chosen()
        self.absent.setVisible(len(self.view.chosen_rows()) > 1)

    def _free_button(self) -> Button:
        button = Button("", "user-check", "icon", name="Кто свободен в нужные дни")
        button.clicked.connect(self.find_free)
        return button

    def _open_new(self, record_id: str) -> None:
        """A new expert has no place of work yet: that is the next thing to tell."""
        self.show_new(record_id)
        self._jobless = record_id

    def _show_card(self, card: ExpertCard) -> None:
        if card.id != self.record_id:
            return
        self.card.show_card(card, self.today)
        if card.id == self._jobless:
            self._jobless = ""
            self.card.add_job()

    def _take_index(self, index: RosterIndex) -> None:
        self.source.take(index)
        super().reload()

    def _apply_filter(self) -> None:
        # Qt gives an enumeration of words back as a plain word.
        side, term = self.sides.value(), self.terms.value()
        chosen = self.source.chosen
        chosen.side = Side(str(side)) if side else None
        chosen.term = Term(str(term)) if term else None
        chosen.consented, chosen.industry = self.consents.value(), self.industries.value()  # type: ignore[assignment]
        super()._apply_filter()

    def open_record(self, record_id: str) -> None:
        self._show_chips(beside=True)  # first, or the window would grow to hold them all
        super().open_record(record_id)

    def _fold(self) -> None:
        super()._fold()
        beside = self.card.isVisibleTo(self)
        self._show_chips(beside=beside)
        tight = beside and self.width() < theme.px(TIGHT)
        self.view.setColumnWidth(0, theme.px(TIGHT_NAME if tight else COLUMNS[0].width))

    def _show_chips(self, *, beside: bool) -> None:
        """Beside the card only the chips that are most asked for have room."""
        for chip in (self.consents, self.industries):
            chip.setVisible(not beside or chip.value() is not None)
        if (layout := self._left.layout()) is not None:
            layout.activate()

    def _choose(self, chosen: Mapping[str, object]) -> None:
        for chip in self.chips:
            chip.reset()
        if "side" in chosen:
            self.sides.show_value(Side(str(chosen["side"])))
        if "certificate" in chosen:
            self.terms.show_value(Term(str(chosen["certificate"])))
        if "consent" in chosen:
            self.consents.show_value(bool(chosen["consent"]))
        self._apply_filter()

    def _fill_industries(self) -> None:
        known = self.workspace.read(directory.industries)
        self.industries.show_options([(None, "все"), *known])
