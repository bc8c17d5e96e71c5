"""The pages of the window: a registry, so that each is imported on its first visit.

How to add a page
-----------------
1. Write `ui/pages/<name>_page.py` with a subclass of `ui.page.Page`, or of `ui.list_page.ListPage`
   for a filtered table with an inspector. It is built as `MyPage(workspace)`.
2. Name it in PAGES below: name, title, icon, module, class, group of the navigation.
3. Set TITLE and TABLES (the tables whose changes concern it); build widgets in `__init__`, read
   data in `reload` (runs when shown, when a table of TABLES was written, when the year changed).
   Read through `workspace.read(fn)` (< 20 ms) or `workspace.load(fn, done, slot=...)`; write only
   through `workspace.perform(service, operation="...", on_done=..., **facts)`.
4. `self.set_heading(title, summary, trail)` and `self.set_primary(text, run)` fill the top bar;
   `self.going.emit("experts", {"id": ...})` goes to another page; `go_to(place)` answers such a
   call; `find()` is Ctrl+F. Dialogs: `ui.dialogs.open_dialog(name, workspace, parent, **facts)`.

What to build it from
---------------------
`ui.cards`: Card, StatLine, EmptyState, FindingStrip, AttentionLine, Action. `ui.widgets`: row(),
column(), label(), Button, Pill, Sign, IconLabel, Segments, Chip, ElidedLabel, rule(). `ui.fields`:
TextField, DateField, TimeField, NumberField, ChoiceField, FlagField, MemoField, Form: they write
when left (`written`). `ui.inspector`: Inspector. `ui.query_table` + `ui.table_view`: QueryTable and
TableView over a TableSource; `ui.sources.QuerySource` is the source over SQL. `ui.charts`: Gauge,
Years, HBars, Columns. `ui.steps`: Steps. Colours only by Tone and token names: style by `look`,
`tone` and `step` properties (ui/stylesheet.py), never by a style sheet of one's own.
A page module may import services, store and models at its top: it is loaded on the first visit.
Give every field and icon button an accessible name, every page an empty state.
"""

from functools import partial
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, NamedTuple, cast

if TYPE_CHECKING:
    from demoexam.ui.page import Page
    from demoexam.ui.workspace import Workspace

MAIN, DIRECTORIES, RESULTS, FOOT = "", "Справочники", "Итоги", "foot"


class PageEntry(NamedTuple):
    """A line of the navigation and where its page is written."""

    name: str
    title: str
    icon: str
    module: str
    kind: str
    group: str = MAIN


PAGES = (
    PageEntry("overview", "Обзор", "house", "overview_page", "OverviewPage"),
    PageEntry("schedule", "Расписание", "calendar-range", "schedule_page", "SchedulePage"),
    PageEntry("exams", "Экзамены", "clipboard-check", "exams_page", "ExamsPage"),
    PageEntry("experts", "Эксперты", "users", "experts_page", "ExpertsPage", DIRECTORIES),
    PageEntry(
        "organizations", "Организации", "building-2", "organizations_page", "OrganizationsPage",
        DIRECTORIES,
    ),
    PageEntry("workshops", "Мастерские", "wrench", "workshops_page", "WorkshopsPage", DIRECTORIES),
    PageEntry("kits", "Комплекты заданий", "package", "kits_page", "KitsPage", DIRECTORIES),
    PageEntry("groups", "Группы", "graduation-cap", "groups_page", "GroupsPage", DIRECTORIES),
    PageEntry("reports", "Отчёты", "chart-column", "reports_page", "ReportsPage", RESULTS),
    PageEntry("sync", "Синхронизация", "refresh-cw", "sync_page", "SyncPage", FOOT),
    PageEntry("settings", "Настройки", "settings", "settings_page", "SettingsPage", FOOT),
)  # fmt: skip


def build(entry: PageEntry, workspace: "Workspace") -> "Page":
    """Import the page's module and make the page."""
    return cast("Page", getattr(_module(entry), entry.kind)(workspace))


def bring_first(workspace: "Workspace") -> None:
    """Import the pages one goes to first, on another thread, so that they open quickly."""
    for entry in PAGES:
        if entry.group == MAIN:
            workspace.run(partial(_module, entry), title="")


def _module(entry: PageEntry, _progress: object = None) -> ModuleType:
    return import_module(f"{__name__}.{entry.module}")
