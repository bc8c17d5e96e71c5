"""Texts that a spreadsheet would run as a formula: marked when written, unmarked when read."""

FORMULA_STARTS = frozenset("=+-@\t\r\n＝＋－＠")
_MARK = "'"


def harmless(text: str) -> str:
    """A text that a spreadsheet would run as a formula gets an apostrophe before it.

    One that already looks marked gets another, so that `unmarked` gives every text back.
    """
    return f"{_MARK}{text}" if _runs(text.lstrip(_MARK)) else text


def unmarked(text: str) -> str:
    """The text that `harmless` was given; any other text is left as it is."""
    return text[1:] if text[:1] == _MARK and _runs(text.lstrip(_MARK)) else text


def _runs(text: str) -> bool:
    return text[:1] in FORMULA_STARTS or text.lstrip()[:1] in FORMULA_STARTS
