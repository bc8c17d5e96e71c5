"""The board and the experts of a year, as form 3.1 is filled."""

from collections.abc import Iterator

from demoexam.documents.blocks import Section, Total
from demoexam.documents.board_filling import PROFESSION
from demoexam.documents.exam_sheet import BoardPerson, ExamSheet, Season, SeasonExpert
from demoexam.documents.template import Facts, Scope, Template
from demoexam.rules.terms import ROLE_NAMES, BoardRole, Role
from demoexam.text import NBSP, long_date

ORDER_CODE = "3.1"
FIRST_ITEM = 2  # of those that appoint; the first one approves the list
LINE = "_" * 40
UNDATED = f"«____»{NBSP}_______________{NBSP}20___{NBSP}г."
BOARD_ROLES = {
    BoardRole.CHAIR: "председатель ГЭК",
    BoardRole.DEPUTY: "заместитель председателя",
    BoardRole.MEMBER: "член ГЭК",
    BoardRole.SECRETARY: "секретарь ГЭК",
}
BOARD, OTHERS = "Государственная экзаменационная комиссия", "Не входит в экспертную группу"
CHIEF, CHIEFS = "Главный эксперт", "Главные эксперты"
GROUP = "Экспертная группа по {trade} {code}"
Rows = list[Facts | Section | Total]


def order_facts(sheet: ExamSheet, template: Template) -> dict[str, str]:
    season = _season(sheet, template)
    after = FIRST_ITEM + (len(season.appointed) or 1)
    return {
        "year": str(sheet.exam_day.year),
        "college": sheet.letterhead.short or sheet.letterhead.name,
        "director_post": sheet.director.post,
        "deputy_post": sheet.deputy.post,
        "executor": season.executor,
        "season_kits": "; ".join(season.kits),
        "order_day": long_date(sheet.board.order_date) if sheet.board.order_date else UNDATED,
        "order_number": sheet.document_number(ORDER_CODE),
        "line": LINE,
        "trade": _trade(sheet),
        "to_chiefs": "Главным экспертам" if len(season.appointed) > 1 else "Главному эксперту",
        "item_check": str(after),
        "item_notice": str(after + 1),
        "item_control": str(after + 2),
    }


def order_rows(sheet: ExamSheet, template: Template) -> dict[str, Rows]:
    """Empty for the forms that do not print a season."""
    season = _season(sheet, template)
    seated = list(_seated(sheet, season)) if template.scope is Scope.SEASON else []
    names = [row["name"] for row in seated if not isinstance(row, Section)]
    return {
        "appointed": [
            {"item": str(item), "whom": whom}
            for item, whom in enumerate(season.appointed, start=FIRST_ITEM)
        ],
        "season_scoring": [{} for one in season.experts if Role.SCORING in one.roles],
        "seated": list(seated),
        "seated_names": [{"name": name} for name in dict.fromkeys(names)],
    }


def order_signers(sheet: ExamSheet) -> dict[str, list[str]]:
    return {
        "director": [sheet.director.name] if sheet.director.name else [],
        "deputy": [sheet.deputy.name] if sheet.deputy.name else [],
    }


def _trade(sheet: ExamSheet) -> str:
    """What follows «по»."""
    return "профессии" if PROFESSION.match(sheet.specialty) else "специальности"


def _season(sheet: ExamSheet, template: Template) -> Season:
    return sheet.season() if template.scope is Scope.SEASON else Season()


def _seated(sheet: ExamSheet, season: Season) -> Iterator[Facts | Section]:
    """The board, the chief experts, the expert group, and who serves beside it."""
    people = sheet.board.people
    parts: list[tuple[str, list[Facts]]] = [(BOARD, [_board_row(one) for one in people])]
    chiefs = _of(season, Role.CHIEF)
    parts.append((CHIEFS if len(chiefs) > 1 else CHIEF, chiefs))
    group = GROUP.format(trade=_trade(sheet), code=sheet.specialty.partition(" ")[0])
    parts.append((group, _of(season, Role.SCORING)))
    parts.append((OTHERS, _of(season, Role.TECHNICAL)))
    for title, rows in parts:
        if rows:
            yield Section(title)
            yield from rows


def _of(season: Season, role: Role) -> list[Facts]:
    """Everybody stands once, in the part of his first role."""
    return [_expert_row(one) for one in season.experts if one.roles[0] is role]


def _board_row(one: BoardPerson) -> Facts:
    return {"name": one.name.full, "job": one.post, "role": BOARD_ROLES[one.role], "basis": ""}


def _expert_row(one: SeasonExpert) -> Facts:
    return {
        "name": one.name.full,
        "job": ", ".join(part for part in (one.organization, one.post) if part),
        "role": ", ".join(ROLE_NAMES[role] for role in one.roles),
        "basis": one.basis,
    }
