"""Where exams lie on the board, without a window."""

from datetime import date, datetime, timedelta

from demoexam.rules.terms import BookingPurpose, ExamLevel, SessionState
from demoexam.services.season.season import Chip, Lane, Mark, Season
from demoexam.ui.schedule.geometry import Kind, Metrics, Scale, Spot, lay_out
from demoexam.ui.schedule.selection import Selection

FIRST, LAST = date(2026, 6, 1), date(2026, 6, 30)
METRICS = Metrics(column=60, track=30, least=50)
LANES = [Lane(name, name, "", 10, "") for name in ("А", "Б")]


def chip(ident, day, hour=9, workshop="А", **facts):
    starts_at = datetime(2026, 6, day, hour)
    given = {
        "id": ident, "title": ident, "kit": "", "level": ExamLevel.BASIC, "people": 5,
        "workshop_id": workshop, "starts_at": starts_at,
        "ends_at": starts_at + timedelta(hours=3), "second_day": None, "preparation_day": None,
        "state": SessionState.PLANNED, "pinned": False, "held": False, "level_found": None,
        "findings": 0, "experts": 2, "experts_needed": 2,
    }  # fmt: skip
    return Chip(**given | facts)


def board(*chips, marks=(), scale=Scale.WEEKS, day=FIRST):
    season = Season(LANES, chips, [], marks, {}, FIRST, LAST)
    return lay_out(season, scale, METRICS, day)


def exams(laid, ident):
    return [one for one in laid.pieces[ident] if one.kind is Kind.EXAM]


def test_shifts_of_a_day_lie_one_below_the_other_in_their_order():
    laid = board(chip("вторая", 5, 13), chip("первая", 5, 9))
    assert laid.chips_at(Spot(0, 4)) == ["первая", "вторая"]
    assert laid.tops == [0, 70, 120]


def test_a_second_day_that_follows_makes_one_piece_and_a_later_one_two():
    laid = board(
        chip("рядом", 4, second_day=date(2026, 6, 5)), chip("врозь", 5, second_day=date(2026, 6, 8))
    )
    assert [(one.column, one.last) for one in exams(laid, "рядом")] == [(3, 4)]
    assert [(one.column, one.last) for one in exams(laid, "врозь")] == [(4, 4), (7, 7)]


def test_in_the_hours_of_a_day_shifts_that_follow_each_other_share_a_line():
    laid = board(chip("утро", 5, 9), chip("день", 5, 12), scale=Scale.DAY, day=date(2026, 6, 5))
    morning, noon = exams(laid, "утро")[0], exams(laid, "день")[0]
    assert morning.y == noon.y
    assert morning.x + morning.width <= noon.x
    assert laid.start_in(Spot(0, 0), laid.chips["утро"], 10 * 60 + 8) == datetime(
        2026, 6, 5, 10, 15
    )


def test_what_begins_before_the_board_is_cut_at_its_edge():
    mark = Mark("b", "А", datetime(2026, 5, 28), datetime(2026, 6, 3), BookingPurpose.CLOSED, "")
    (piece,) = board(marks=[mark]).pieces["b"]
    assert (piece.column, piece.last) == (0, 1)


def test_a_point_finds_its_chip_and_none_beside_it():
    laid = board(chip("один", 5))
    piece = exams(laid, "один")[0]
    assert laid.piece_at(piece.x + 1, piece.y + 1) is piece
    assert laid.piece_at(piece.x + 1, piece.y + piece.height + 2) is None
    assert laid.spot_at(-1, 5) is None
    assert laid.spot_at(5, laid.height) is None


def test_the_cursor_walks_through_the_exams_of_a_cell_before_it_leaves_it():
    laid, selection = (
        board(chip("один", 5, 9), chip("два", 5, 13), chip("три", 5, 9, "Б")),
        Selection(),
    )
    selection.stand(laid, Spot(0, 4))
    walked = [selection.current]
    for _ in range(2):
        selection.step(laid, 1, 0)
        walked.append(selection.current)
    assert walked == ["один", "два", "три"]
    selection.step(laid, -1, 0)
    assert selection.current == "два"


def test_a_rubber_band_takes_what_it_touches():
    laid, selection = board(chip("один", 5), chip("два", 9, workshop="Б")), Selection()
    piece = exams(laid, "один")[0]
    selection.choose_within(laid, 0, 0, piece.x + 2, piece.y + 2)
    assert selection.chosen == {"один"}
    selection.choose_until(laid, "два")
    assert selection.chosen == {"один", "два"}
