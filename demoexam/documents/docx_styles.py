"""The paragraph styles of a Word file, by the names an editor of papers would give them."""

from demoexam.documents.blocks import Look
from demoexam.documents.styles import (
    CAPTION,
    CELL,
    CELL_BOLD,
    COLLEGE,
    COLLEGE_SMALL,
    EDGE,
    HEAD,
    KIND,
    LABEL,
    LINE_LABEL,
    LOOKS,
    NAME,
    ORDER_TITLE,
    POST,
    SECTION,
    TITLE,
    VALUE,
    Style,
)

FACE = "Times New Roman"  # of the same widths as the face of the printed papers
MARGIN = Style(11, 13)
FOOTER = Style(8, 9.2)
NAMES: dict[Style, tuple[str, str]] = {
    LOOKS[Look.BODY]: ("PaperBody", "Текст с отступом"),
    LOOKS[Look.PLAIN]: ("PaperPlain", "Текст без отступа"),
    LOOKS[Look.NOTE]: ("PaperNote", "Примечание"),
    LOOKS[Look.HEADING]: ("PaperHeading", "Подзаголовок"),
    LOOKS[Look.APPENDIX]: ("PaperAppendix", "Чьё приложение"),
    CELL["left"]: ("CellLeft", "Ячейка"),
    CELL["center"]: ("CellCenter", "Ячейка по центру"),
    CELL["right"]: ("CellRight", "Ячейка вправо"),
    CELL_BOLD["left"]: ("TotalLeft", "Итог"),
    CELL_BOLD["center"]: ("TotalCenter", "Итог по центру"),
    CELL_BOLD["right"]: ("TotalRight", "Итог вправо"),
    HEAD: ("TableHead", "Шапка таблицы"),
    SECTION: ("TableSection", "Раздел таблицы"),
    LABEL: ("PairLabel", "Подпись реквизита"),
    VALUE: ("PairValue", "Реквизит"),
    CAPTION: ("SmallPrint", "Подстрочник"),
    POST: ("SignerPost", "Должность"),
    NAME: ("SignerName", "Имя подписавшего"),
    LINE_LABEL: ("RuledLine", "Линейка"),
    COLLEGE_SMALL: ("CollegeSmall", "Учредитель"),
    COLLEGE: ("College", "Организация"),
    KIND: ("PaperKind", "Вид документа"),
    TITLE: ("PaperTitle", "Заголовок документа"),
    ORDER_TITLE: ("OrderTitle", "Заголовок приказа"),
    EDGE["left"]: ("PaperDay", "Дата документа"),
    EDGE["center"]: ("PaperCity", "Город"),
    EDGE["right"]: ("PaperNumber", "Номер документа"),
    MARGIN: ("PageMargin", "Верхнее поле"),
    FOOTER: ("PageFooter", "Нижнее поле"),
}
OUTLINED = (TITLE, ORDER_TITLE)  # what the navigation of Word lists


def style_id(style: Style) -> str:
    return NAMES[style][0]


def styles_xml() -> str:
    """Everything below stands on Normal: to change the face of a paper, change it there."""
    named = "".join(_named(style, *names) for style, names in NAMES.items())
    return f"{_DEFAULTS}{named}"


def _named(style: Style, ident: str, name: str) -> str:
    indent = f'<w:ind w:firstLine="{round(style.indent * 20)}"/>' if style.indent else ""
    level = '<w:outlineLvl w:val="0"/>' if style in OUTLINED else ""
    bold = "<w:b/><w:bCs/>" if style.font.endswith("Bold") else ""
    half = round(style.size * 2)
    return (
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{ident}">'
        f'<w:name w:val="{name}"/><w:basedOn w:val="Normal"/><w:qFormat/>'
        f'<w:pPr><w:spacing w:line="{round(style.leading * 20)}" w:lineRule="atLeast"/>{indent}'
        f'<w:jc w:val="{style.align}"/>{level}</w:pPr>'
        f'<w:rPr>{bold}<w:sz w:val="{half}"/><w:szCs w:val="{half}"/></w:rPr></w:style>'
    )


_FONTS = " ".join(f'w:{use}="{FACE}"' for use in ("ascii", "hAnsi", "eastAsia", "cs"))
_SIDES = "".join(f'<w:{side} w:w="0" w:type="dxa"/>' for side in ("top", "left", "bottom", "right"))
_DEFAULTS = (
    f'<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts {_FONTS}/><w:sz w:val="24"/>'
    '<w:szCs w:val="24"/><w:lang w:val="ru-RU" w:eastAsia="ru-RU" w:bidi="ar-SA"/></w:rPr>'
    "</w:rPrDefault><w:pPrDefault/></w:docDefaults>"
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
    "<w:qFormat/><w:pPr><w:widowControl/>"
    '<w:spacing w:before="0" w:after="0"/></w:pPr></w:style>'
    '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
    '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal">'
    '<w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/>'
    f'<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>{_SIDES}</w:tblCellMar></w:tblPr>'
    "</w:style>"
)
