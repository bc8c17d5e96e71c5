"""The season's plan: exams by workshop or by day, in landscape."""

from demoexam.documents.blocks import Column, Look, Text
from demoexam.documents.forms.common import NUMBER
from demoexam.documents.template import Field, Signed, Table, Template, When

_DAYS = (
    Field("day", Column("День", 27)),
    Field("preparation", Column("С-1", 21, "center")),
)
_EXAM = (
    Field("group", Column("Группа", 26)),
    Field("kit", Column("Комплект, уровень", 44)),
    Field("people", Column("Чел.", 12, "right")),
)
_STATE = (
    Field("chief", Column("Главный эксперт", 40)),
    Field("state", Column("Состояние", 28)),
)
_SIGNED = Signed(
    (("Координатор демонстрационных экзаменов", "coordinator"), ("{director_post}", "director"))
)


def _season(code: str, name: str, columns: tuple[Field, ...]) -> Template:
    return Template(
        code=code,
        kind="СВОДНЫЙ ПЛАН",
        title="проведения демонстрационных экзаменов\n{period}, {order}",
        name=name,
        about="year",
        dated="report",
        wide=True,
        parts=(
            Table((NUMBER, *columns), source="exams"),
            When("unplaced", Text("{unplaced}", Look.NOTE, 1)),
            Text("Всего экзаменов: {count}, участников: {people}.", Look.NOTE, 0),
            _SIGNED,
        ),
    )


BY_WORKSHOP = _season(
    "П-1",
    "Сводный план по мастерским",
    (*_DAYS, Field("hours", Column("Часы", 27, "center")), *_EXAM,
     Field("college", Column("Колледж")), *_STATE),
)  # fmt: skip
BY_DAY = _season(
    "П-2",
    "Сводный план по дням",
    (Field("hours", Column("Часы", 27, "center")), Field("workshop", Column("Мастерская")), *_EXAM,
     Field("college", Column("Колледж", 44)), *_STATE),
)  # fmt: skip
