"""Employers and colleges: they decide the side of the experts who work there."""

from functools import partial

from sqlalchemy import func, select

from demoexam.models.organizations import Cluster, Industry, Organization
from demoexam.models.people import Employment
from demoexam.rules.terms import KIND_NAMES, OrganizationKind
from demoexam.services.directory.cards import OrganizationCard, organization_card
from demoexam.services.directory.directory import OrganizationLine, organization_lines
from demoexam.services.exports.table_export import ORGANIZATIONS
from demoexam.ui.carrier import AUTO
from demoexam.ui.dialogs.organization_dialogs import OrganizationDialog
from demoexam.ui.directories.directory_page import DirectoryPage
from demoexam.ui.directories.duplicates_action import DuplicatesAction
from demoexam.ui.directories.line_source import LineSource, column
from demoexam.ui.directories.organization_inspector import TONES, OrganizationInspector
from demoexam.ui.page import Place
from demoexam.ui.query_table import Cell, Column, Row
from demoexam.ui.table_files import Everything
from demoexam.ui.tokens import Tone
from demoexam.ui.widgets import Chip
from demoexam.ui.workspace import Workspace

KINDS = ((None, "все"), *((kind, KIND_NAMES[kind]) for kind in OrganizationKind))


class OrganizationsPage(DirectoryPage):
    """Places: {"id"}, {"filter"}, {"duplicates": True}."""

    TITLE = "Организации"
    NOUNS = ("организация", "организации", "организаций")
    TABLE, ADD, ONE = "organization", "Новая организация", "организации"
    EVERYTHING, PASTED = Everything(ORGANIZATIONS, "Все све&дения", has_contacts=True), AUTO
    TABLES = frozenset({"organization", "employment", "expert", "industry", "cluster", "setting"})

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.doubles = DuplicatesAction(self)
        self.kinds = Chip("Вид", KINDS)
        self.card = OrganizationInspector(workspace)
        empty = self.empty_state(
            "building-2", "Организации появятся сами",
            "Загрузите список экспертов из Excel: предприятия и колледжи запишутся вместе с "
            "людьми. Или добавьте первую организацию вручную.",
        )  # fmt: skip
        self.build(
            self._source(), placeholder="Название, ИНН, город", empty=empty, chips=(self.kinds,),
            tools=(self.doubles.tool, self.load_button()), inspector=self.card,
        )  # fmt: skip
        self.finish()
        self.doubles.attach()
        self.write_through(self.card.form)
        self.write_through(self.card.signing)
        self.card.deleting.connect(lambda: self.delete([self.record_id]))
        self.card.expert_opened.connect(lambda ident: self.going.emit("experts", {"id": ident}))

    def show_record(self, record_id: str) -> None:
        self.record_id = record_id
        self.workspace.load(
            partial(organization_card, record_id=record_id, today=self.today), self._show_card,
            slot="organization", on_refused=self.leave_card,
        )  # fmt: skip

    def go_to(self, place: Place) -> None:
        super().go_to(place)
        self.doubles.go_to(place)

    def add(self) -> None:
        dialog = OrganizationDialog(self.workspace, self)
        dialog.saved.connect(self.show_new)
        dialog.open()

    def summary(self, total: int) -> str:
        """A new store knows its own college alone."""
        said = super().summary(total)
        return f"{said}: остальные запишутся с загрузкой экспертов" if total == 1 else said

    def _show_card(self, card: OrganizationCard) -> None:
        if card.id == self.record_id:
            self.card.show_card(card)

    def _source(self) -> LineSource:
        staff = (
            select(func.count(Employment.expert_id.distinct()))
            .where(Employment.organization_id == Organization.id, Employment.live())
            .scalar_subquery()
        )
        columns = (
            column(Column("name", "Название", 260, stretch=True), Organization.skey),
            column(Column("inn", "ИНН", 112), Organization.inn),
            column(Column("kind", "Вид", 136), Organization.kind),
            column(Column("industry", "Отрасль", 190, minor=True), Industry.name, joined=True),
            column(Column("cluster", "Кластер", 150, minor=True), Cluster.name, joined=True),
            column(Column("city", "Город", 120, minor=True), Organization.city),
            column(Column("experts", "Экспертов", 92, right=True), staff),
        )
        return LineSource(
            self.workspace, Organization, columns, natural=Organization.skey, shown=_row,
            lines=lambda session, numbers: organization_lines(session, numbers, today=self.today),
            join=lambda query: query.outerjoin(
                Industry, Industry.id == Organization.industry_id
            ).outerjoin(Cluster, Cluster.id == Organization.cluster_id),
            where=lambda: (
                (Organization.kind == self.kinds.value(),) if self.kinds.value() else ()
            ),
        )  # fmt: skip


def _row(line: OrganizationLine) -> Row:
    return Row(
        line.id,
        (
            Cell(line.name, strong=True, tip=line.name),
            line.inn,
            Cell(KIND_NAMES[line.kind].capitalize(), tone=TONES.get(line.kind, Tone.GREY),
                 pill=True),
            Cell(line.industry, tip=line.industry),
            Cell(line.cluster, tip=line.cluster),
            line.city,
            str(line.experts),
        ),
    )  # fmt: skip
