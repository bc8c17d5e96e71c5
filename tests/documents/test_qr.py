"""The QR code of a printed page is read back by the standard's own rules."""

import pytest
from documents.geometry import ink_of
from documents.people import COLLEGE

from demoexam.documents.form import Form
from demoexam.documents.qr import qr_drawing
from demoexam.documents.rendering import render

MM = 72 / 25.4
SIDE, EDGE, FOOT = 11 * MM, 10 * MM, 6 * MM
CENTRE = {2: 18, 3: 22}  # of the small square that versions above 1 have
SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
DATA = {1: 16, 2: 28, 3: 44}  # bytes of level M, all in one block


@pytest.mark.parametrize("number", ["1-01/2026", "14-09/2026", "14-19-25/2026", "1234-17-60/2026"])
def test_the_number_is_read_back_from_the_page(number):
    assert (
        read(modules_of(render(Form("9.9", "АКТ", "о деле", number, None, COLLEGE, [])))) == number
    )


def test_the_code_is_eleven_millimetres_in_the_corner():
    squares = squares_of(render(Form("9.9", "АКТ", "о деле", "14-09/2026", None, COLLEGE, [])))
    width = 210 * MM - EDGE
    assert min(one.x0 for one in squares) == pytest.approx(width - SIDE, abs=0.05)
    assert max(one.x1 for one in squares) == pytest.approx(width, abs=0.05)
    assert min(one.y0 for one in squares) == pytest.approx(FOOT, abs=0.05)
    assert max(one.y1 for one in squares) == pytest.approx(FOOT + SIDE, abs=0.05)


def test_equal_numbers_are_drawn_once():
    assert qr_drawing("14-09/2026", SIDE) is qr_drawing("14-09/2026", SIDE)


def squares_of(pdf):
    return [one for one in ink_of(pdf)[0][2] if one.what == "rect" and one.y1 < FOOT + SIDE + 1]


def modules_of(pdf):
    """The squares on the page as rows of dark and light, from the top left corner."""
    squares = squares_of(pdf)
    step = min(one.y1 - one.y0 for one in squares)
    left, top = min(one.x0 for one in squares), max(one.y1 for one in squares)
    count = round((max(one.x1 for one in squares) - left) / step)
    rows = [[False] * count for _ in range(count)]
    for one in squares:
        row = round((top - one.y1) / step)
        for column in range(round((one.x0 - left) / step), round((one.x1 - left) / step)):
            rows[row][column] = True
    return rows


def read(rows):
    """What a reader finds: mask off, zigzag from the right, the only block's data."""
    count = len(rows)
    version = (count - 17) // 4
    level, mask = divmod(information(rows), 8)
    assert level == 0b00  # M
    bits = [
        rows[row][column] ^ masked(mask, row, column)
        for row, column in zigzag(count)
        if not is_pattern(row, column, count, version)
    ]
    stream = "".join(str(int(bit)) for bit in bits)[: DATA[version] * 8]
    assert stream[:4] == "0010"  # digits, capital letters and nine signs
    letters, at = int(stream[4:13], 2), 13
    text = ""
    while len(text) < letters:
        pair = min(2, letters - len(text))
        wide = 11 if pair == 2 else 6
        value, at = int(stream[at : at + wide], 2), at + wide
        text += SIGNS[value // 45] + SIGNS[value % 45] if pair == 2 else SIGNS[value]
    return text


def information(rows):
    """Level and mask from beside the upper left finder: the first five bits, mask off."""
    bits = "".join(str(int(rows[8][column])) for column in (0, 1, 2, 3, 4))
    return int(bits, 2) ^ 0b10101


def masked(mask, row, column):
    rules = (
        (row + column) % 2, row % 2, column % 3, (row + column) % 3, (row // 2 + column // 3) % 2,
    )  # fmt: skip
    return rules[mask] == 0


def zigzag(count):
    upwards = True
    for right in range(count - 1, 0, -2):
        column = right if right > 6 else right - 1  # the timing column is left out
        for step in range(count):
            row = count - 1 - step if upwards else step
            yield row, column
            yield row, column - 1
        upwards = not upwards


def is_pattern(row, column, count, version):
    corner = (row < 9 and (column < 9 or column >= count - 8)) or (row >= count - 8 and column < 9)
    middle = CENTRE.get(version)
    small = middle is not None and abs(row - middle) < 3 and abs(column - middle) < 3
    return corner or small or row == 6 or column == 6
