"""Tables of cells that are hard to carry from one program to another."""

from hypothesis import strategies as st

from demoexam.exchange.cells import as_text

TITLES = ("Фамилия", "Место работы", "Телефон", "Код", "Примечание")
NASTY = (
    "", "Ёлкин-Щукин", "ООО «Ромашка»", 'ООО "Ромашка"', '"', '""', "д'Артаньян", "'", "'=1",
    "''+7", "=1+1", '=HYPERLINK("http://x")', "+7 900 000-00-00", "-2", "@cmd", "＝1", "－1",
    "007", "0277012345", "09.02.07", "09.02.07-2-2026", "1E5", "TRUE", "две\nстроки", "\nначало",
    "конец\n", "а;б", "а,б", "а|б", "1\t2", " пробел ", "№ 5", "−0,8", "10.05.2026", "sep=,",
)  # fmt: skip
WORDS = st.sampled_from(NASTY) | st.text(
    st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs"), include_characters="\n\t"),
    max_size=12,
)
TABLES = st.lists(
    st.lists(WORDS, min_size=len(TITLES), max_size=len(TITLES)).filter(any), min_size=1, max_size=6
)
EACH = [[text, "", "", "", "я"] for text in NASTY]


def cells_of(book):
    return [[as_text(cell) for cell in line.cells] for line in book.sheets[0].lines]
