"""The season's plan: exams by workshop or by day, in landscape."""

from demoexam.documents.blocks import Column, Look, Text
from demoexam.documents.forms.common import NUMBER
from demoexam.documents.template import Field, Signed, Table, Template, When

_KIT = (
    Field("kit", Column("Комплект, уровень", 66)),
    Field("people", Column("Чел.", 12, "right")),
)
_STATE = (
    Field("chief", Column("Главный эксперт", 36)),
    Field("state", Column("Состояние", 26)),
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
    (
        Field("day", Column("День", 25)),
        Field("preparation", Column("С-1", 23, "center")),
        Field("hours", Column("Часы", 25, "center")),
        Field("group", Column("Группа")),
        *_KIT,
        *_STATE,
    ),
)
BY_DAY = _season(
    "П-2",
    "Сводный план по дням",
    (
        Field("hours", Column("Часы", 27, "center")),
        Field("workshop", Column("Мастерская")),
        Field("group", Column("Группа", 40)),
        *_KIT,
        *_STATE,
    ),
)
