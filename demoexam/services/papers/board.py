"""The examination board (ГЭК) of a college's year: reading it and editing it."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from demoexam.documents.exam_sheet import Board, BoardPerson, PersonName
from demoexam.errors import Refused
from demoexam.models.base import reference_id
from demoexam.models.boards import BoardMember, ExamBoard
from demoexam.rules.terms import BoardRole
from demoexam.services.papers.people import written_name
from demoexam.services.records.records import add_record, change_record, delete_record, live_record
from demoexam.text import fold

ORDER = (BoardRole.CHAIR, BoardRole.DEPUTY, BoardRole.MEMBER, BoardRole.SECRETARY)
ONLY_ONE = {BoardRole.CHAIR: "Председатель", BoardRole.SECRETARY: "Секретарь"}


@dataclass(frozen=True)
class BoardSeat:
    """A person of the board as a form edits him."""

    id: str
    name: PersonName
    post: str
    role: BoardRole


@dataclass(frozen=True)
class BoardCard:
    """A year's board; `seats` are in the order papers name them."""

    order_number: str = ""
    order_date: date | None = None
    seats: tuple[BoardSeat, ...] = ()
    earlier: int | None = None  # the last year before that has people to copy


def board_of(session: Session, college_id: str, year: int) -> Board:
    """The board as papers print it: chair, deputies, members, secretary."""
    board = _board(session, college_id, year)
    if board is None:
        return Board()
    people = [BoardPerson(one.name, one.role, one.post) for one in _seats(session, board.id)]
    return Board(board.order_number, board.order_date, people)


def board_card(session: Session, *, college_id: str, year: int) -> BoardCard:
    board = _board(session, college_id, year)
    earlier = _earlier(session, college_id, year)
    if board is None:
        return BoardCard(earlier=earlier.year if earlier else None)
    seats = tuple(_seats(session, board.id))
    return BoardCard(board.order_number, board.order_date, seats, earlier.year if earlier else None)


def write_board_order(
    session: Session, *, college_id: str, year: int, number: str, day: date | None
) -> None:
    """The order that made the board: its number and day."""
    board = _board_to_write(session, college_id, year)
    change_record(
        session,
        table="exam_board",
        record_id=board.id,
        values={"order_number": " ".join(number.split()), "order_date": day},
    )


def add_board_member(
    session: Session, *, college_id: str, year: int, name: str, post: str, role: BoardRole
) -> str:
    """Seat a person by his full name; the id of his seat."""
    person = _named(name)
    board = _board_to_write(session, college_id, year)
    _expect_free(session, board.id, role)
    _expect_new(session, board.id, person)
    values = {**_columns(person), "post": " ".join(post.split()), "role": role}
    return add_record(session, table="board_member", values={"board_id": board.id, **values})


def change_board_member(
    session: Session,
    *,
    member_id: str,
    name: str | None = None,
    post: str | None = None,
    role: BoardRole | None = None,
) -> None:
    """Write what is given: full name, post, role."""
    live_record(session, table="board_member", record_id=member_id)
    seat = session.get_one(BoardMember, member_id)
    values: dict[str, object] = {}
    if name is not None:
        values |= _columns(_named(name))
        _expect_new(session, seat.board_id, _named(name), but=member_id)
    if post is not None:
        values["post"] = " ".join(post.split())
    if role is not None:
        _expect_free(session, seat.board_id, role, but=member_id)
        values["role"] = role
    change_record(session, table="board_member", record_id=member_id, values=values)


def remove_board_member(session: Session, *, member_id: str) -> None:
    delete_record(session, table="board_member", record_id=member_id)


def copy_board(session: Session, *, college_id: str, year: int) -> int:
    """Seat the people of the last board before; who sits already stays. How many came."""
    earlier = _earlier(session, college_id, year)
    if earlier is None:
        raise Refused(
            f"До {year} года комиссий с людьми нет: копировать нечего.",
            "Введите состав комиссии вручную.",
        )
    board = _board_to_write(session, college_id, year)
    known = {fold(one.name.full) for one in _seats(session, board.id)}
    taken = {one.role for one in _seats(session, board.id)} & ONLY_ONE.keys()
    came = 0
    for seat in _seats(session, earlier.id):
        if fold(seat.name.full) in known or seat.role in taken:
            continue
        values = {**_columns(seat.name), "post": seat.post, "role": seat.role}
        add_record(session, table="board_member", values={"board_id": board.id, **values})
        came += 1
    return came


def _board(session: Session, college_id: str, year: int) -> ExamBoard | None:
    """The first one of the year: two computers may each have made theirs."""
    ours = ExamBoard.college_id == college_id, ExamBoard.year == year
    query = select(ExamBoard).where(ExamBoard.live(), *ours).order_by(ExamBoard.id)
    return session.scalars(query.limit(1)).first()


def _board_to_write(session: Session, college_id: str, year: int) -> ExamBoard:
    """The year's board, made or taken out of the basket when it is not there.

    Its id is made of college and year, so that two stores make the same one.
    """
    board = _board(session, college_id, year)
    if board is not None:
        return board
    live_record(session, table="organization", record_id=college_id)
    ident = reference_id("exam_board", f"{college_id}:{year}")
    board = session.get(ExamBoard, ident)
    if board is None:
        board = ExamBoard(id=ident, college_id=college_id, year=year)
        session.add(board)
    else:
        board.deleted, board.deleted_by = False, None
    session.flush()
    return board


def _seats(session: Session, board_id: str) -> list[BoardSeat]:
    query = select(BoardMember).where(BoardMember.live(), BoardMember.board_id == board_id)
    seats = [
        BoardSeat(
            row.id, PersonName(row.last_name, row.first_name, row.middle_name), row.post, row.role
        )
        for row in session.scalars(query)
    ]
    return sorted(seats, key=lambda one: (ORDER.index(one.role), fold(one.name.full), one.id))


def _earlier(session: Session, college_id: str, year: int) -> ExamBoard | None:
    manned = select(BoardMember.board_id).where(BoardMember.live())
    query = (
        select(ExamBoard)
        .where(ExamBoard.live(), ExamBoard.college_id == college_id, ExamBoard.year < year)
        .where(ExamBoard.id.in_(manned))
    )
    return session.scalars(query.order_by(ExamBoard.year.desc()).limit(1)).first()


def _named(name: str) -> PersonName:
    person = written_name(name)
    if person is None or not person.first:
        raise Refused(
            "У члена комиссии нет фамилии или имени.",
            "Введите фамилию, имя и отчество полностью: Иванов Иван Иванович.",
        )
    return person


def _columns(person: PersonName) -> dict[str, object]:
    return dict(
        zip(
            ("last_name", "first_name", "middle_name"),
            (person.last, person.first, person.middle),
            strict=True,
        )
    )


def _expect_free(session: Session, board_id: str, role: BoardRole, *, but: str = "") -> None:
    if role not in ONLY_ONE:
        return
    for seat in _seats(session, board_id):
        if seat.role == role and seat.id != but:
            raise Refused(
                f"{ONLY_ONE[role]} уже есть: {seat.name.full}.",
                "Сначала смените его роль или уберите его из комиссии.",
            )


def _expect_new(session: Session, board_id: str, person: PersonName, *, but: str = "") -> None:
    for seat in _seats(session, board_id):
        if fold(seat.name.full) == fold(person.full) and seat.id != but:
            raise Refused(f"{person.full} уже в комиссии.", "Измените его строку.")
