from datetime import date, datetime

import pytest
from conftest import EXAM_DAY, Builder
from sqlalchemy import select

from demoexam.errors import NotFound, Refused
from demoexam.models.base import Record
from demoexam.models.exams import Assignment
from demoexam.models.kits import AssessmentKit
from demoexam.models.organizations import Organization
from demoexam.models.people import Expert
from demoexam.rules.terms import Answer, CountMethod, OrganizationKind, Role, Side
from demoexam.services.college.college import change_setting
from demoexam.services.directory import cards as directory_cards
from demoexam.services.directory import directory
from demoexam.services.directory import writes as directory_writes
from demoexam.services.directory.experts import FOREVER, expert_lines
from demoexam.services.experts.card import expert_card
from demoexam.services.experts.roster_index import Term, bare_index, roster_index, term_of
from demoexam.services.plan.what_if import broken_if, share_if
from demoexam.services.records import choices
from demoexam.services.share.people import people_behind

TODAY = date(2026, 5, 27)


@pytest.fixture
def session(store):
    with store.transaction("данные теста") as session:
        yield session


@pytest.fixture
def make(session):
    return Builder(session)


def numbers(*records: Record) -> list[int]:
    return [record.n for record in records]


def test_a_line_tells_the_side_of_today_and_its_turn(session, make):
    college, plant = make.college(), make.employer("ООО «Заря»")
    expert = make.expert("Семёнов Пётр Фёдорович", certified_until=None)
    make.employment(expert, college, valid_to=date(2026, 5, 31))
    make.employment(expert, plant, valid_from=date(2026, 6, 1))
    far = make.expert("Титов Илья Львович", college)
    make.employment(far, plant, valid_from=date(2027, 6, 1), is_main=False)
    lines = expert_lines(session, numbers(expert, far), today=TODAY, year=2026)
    line = lines[expert.n]
    assert (line.side, line.organization) == (Side.EDUCATION, college.short_name)
    assert line.turn is not None
    assert (line.turn.day, line.turn.side) == (date(2026, 6, 1), Side.EMPLOYER)
    assert line.certified_until == FOREVER
    assert lines[far.n].turn is None  # too far ahead, and not his main place


def test_exams_of_a_line_are_those_of_the_year_that_were_not_refused(session, make):
    expert = make.expert()
    sitting = make.sitting()
    make.assignment(sitting, expert)
    make.assignment(make.sitting(day=date(2025, 6, 18)), expert)
    make.assignment(sitting, expert, Role.CHIEF, answer=Answer.REFUSED)
    assert expert_lines(session, [expert.n], today=TODAY, year=2026)[expert.n].exams == 1
    assert expert_lines(session, [expert.n], today=TODAY, year=2024)[expert.n].exams == 0


def test_the_index_agrees_with_the_lines(session, make):
    plant, college = make.employer(), make.college()
    people = [make.expert(None, plant), make.expert(None, college), make.expert(None)]
    gone = make.expert(None, plant, deleted=True)
    make.employment(people[1], plant, is_main=False, valid_from=date(2026, 1, 1))
    index = roster_index(session, today=TODAY, year=2026)
    lines = expert_lines(session, list(index.entries), today=TODAY, year=2026)
    assert gone.n not in index.entries
    assert set(index.entries) == set(numbers(*people)) == set(bare_index(session).entries)
    for number, entry in index.entries.items():
        assert entry.side is lines[number].side
        assert entry.certified_until == lines[number].certified_until
    assert index.count(Side.EMPLOYER) == 1
    names = [lines[number].name for number in index.entries]
    assert names == sorted(names)


def test_the_filter_finds_only_present_employers(session, make):
    old, new = make.employer("АО «Старое»"), make.employer("АО «Новое»")
    expert = make.expert("Ёлкин Иван Иванович", old, since=date(2019, 1, 1))
    session.flush()
    index = roster_index(session, today=TODAY, year=2026)
    assert list(index.matching(session, "старое елк")) == [expert.n]
    assert not index.matching(session, "новое")
    assert not index.matching(session, "ёлк новое")
    make.employment(expert, new, valid_from=date(2026, 1, 1))
    index = roster_index(session, today=TODAY, year=2026)
    assert list(index.matching(session, "новое")) == [expert.n]


@pytest.mark.parametrize(
    ("until", "term"),
    [
        (None, Term.NONE),
        (date(2026, 5, 26), Term.EXPIRED),
        (date(2026, 5, 27), Term.SOON),
        (date(2026, 7, 26), Term.SOON),
        (date(2026, 7, 27), Term.VALID),
        (FOREVER, Term.VALID),
    ],
)
def test_a_certificate_is_amber_for_its_last_sixty_days(until, term):
    assert term_of(until, TODAY) is term


@pytest.mark.parametrize("method", list(CountMethod))
def test_the_card_says_of_the_share_what_the_report_says(session, make, method):
    """The sentence and `people_behind` must name the same side, whatever the settings."""
    plant, college = make.employer(), make.college()
    mover = make.expert("Дёмин Илья Львович")
    make.employment(mover, college, valid_to=date(2026, 6, 30))
    make.employment(mover, plant, valid_from=date(2026, 7, 1))
    for day in (date(2026, 6, 17), EXAM_DAY, date(2026, 9, 10)):
        make.assignment(make.sitting(day=day), mover)
    change_setting(session, key="share_count", value=method)
    words = expert_card(session, expert_id=mover.id, today=TODAY, year=2026).counted
    sides = {person.side for person in people_behind(session, year=2026, today=TODAY)}
    told = {Side.EMPLOYER: "работодатель", Side.EDUCATION: "образование"}
    for side, word in told.items():
        assert (word in words) is (side in sides), words


def test_a_technical_expert_does_not_count_and_the_card_says_so(session, make):
    expert = make.expert(None, make.employer())
    make.assignment(make.sitting(), expert, Role.TECHNICAL)
    card = expert_card(session, expert_id=expert.id, today=TODAY, year=2026)
    assert "не участвует" in card.counted
    assert [duty.role for duty in card.duties] == [Role.TECHNICAL]


def test_the_card_tells_the_last_change_of_its_parts(store):
    with store.transaction("список загружен") as session:
        make = Builder(session)
        expert = make.expert(None, make.employer())
    with store.transaction("новая компетенция") as session:
        Builder(session).competence(session.get(Expert, expert.id))
    with store.reading() as session:
        card = expert_card(session, expert_id=expert.id, today=TODAY, year=2026)
    assert card.changed is not None
    assert card.changed.what == "новая компетенция"


def test_nobody_in_the_basket_has_a_card(session, make):
    gone = make.expert(None, deleted=True)
    with pytest.raises(NotFound):
        expert_card(session, expert_id=gone.id, today=TODAY, year=2026)


def test_organizations_count_the_experts_of_the_day(session, make):
    plant = make.employer()
    make.expert(None, plant)
    left = make.expert(None)
    make.employment(left, plant, valid_to=date(2026, 1, 1))
    lines = directory.organization_lines(session, [plant.n], today=TODAY)
    assert lines[plant.n].experts == 1


def test_lines_of_workshops_kits_groups_and_students(session, make):
    workshop, kit, group = make.workshop(), make.kit(modules=(1000, 2000)), make.group(examinees=2)
    sitting = make.sitting(group, kit, workshop)
    student = make.examinee(group, "Ёлкин Пётр Львович", needs_assistant=True)
    make.place(sitting, student)
    assert directory.workshop_lines(session, [workshop.n], today=TODAY)[workshop.n].ahead == 1
    line = directory.kit_lines(session, [kit.n])[kit.n]
    assert (line.points, line.module_points, line.modules, line.experts) == (3000, 3000, 2, "2")
    told = directory.group_lines(session, [group.n])[group.n]
    assert (told.students, told.exams[0].session_id) == (3, sitting.id)
    one = directory.student_lines(session, [student.n])[student.n]
    assert (one.needs_assistant, one.exam_day) == (True, EXAM_DAY)


def test_bookings_of_exams_and_old_ones_are_not_on_the_card(session, make):
    workshop = make.workshop()
    old = datetime(2026, 1, 1, 9), datetime(2026, 1, 1, 12)
    make.booking(workshop, *old)
    new = make.booking(workshop, datetime(2026, 6, 1, 9), datetime(2026, 6, 1, 12))
    card = directory_cards.workshop_card(session, record_id=workshop.id, today=TODAY)
    assert [part.id for part in card.bookings] == [new.id]
    assert card.bookings[0].detail == "01.06.2026, 09:00–12:00"


def test_what_if_tells_the_share_and_leaves_nothing(store):
    with store.transaction("данные") as session:
        make = Builder(session)
        plant = make.employer()
        make.assignment(make.sitting(), make.expert(None, plant))
        make.assignment(make.sitting(day=date(2026, 6, 19)), make.expert(None, make.college()))

    def becomes_college(session):
        session.get(Organization, plant.id).kind = OrganizationKind.COLLEGE

    with store.reading() as session:
        change = share_if(session, becomes_college, year=2026, today=TODAY)
    assert (change.before.employers, change.after.employers) == (1, 0)
    assert "станет 0,0" in str(change)
    with store.reading() as session:
        assert session.get(Organization, plant.id).kind is OrganizationKind.EMPLOYER


def test_a_refused_change_comes_through_what_if(store):
    def refuse(_session):
        raise Refused("Так нельзя.")

    with store.reading() as session, pytest.raises(Refused):
        share_if(session, refuse, year=2026, today=TODAY)


def test_only_exams_that_are_ahead_can_break(store):
    with store.transaction("данные") as session:
        make = Builder(session)
        workshop = make.workshop(places=10)
        make.sitting(workshop=workshop, day=date(2026, 3, 18))
        ahead = make.sitting(workshop=workshop)

    def shrink(session):
        session.get(type(workshop), workshop.id).places = 3

    with store.reading() as session:
        broken = broken_if(session, shrink, workshop_id=workshop.id, today=TODAY)
    assert [one.session_id for one in broken] == [ahead.id]
    assert "3\u00a0места" in broken[0].reason


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Абрамова Анна Ильинична", ("Абрамова", "Анна", "Ильинична", "")),
        ("12. Мамин-Сибиряк Дмитрий", ("Мамин-Сибиряк", "Дмитрий", "", "")),
        ("3)\tЁлкин\tПётр\tЛьвович", ("Ёлкин", "Пётр", "Львович", "")),
        ("Алиев Рустам Ильдар оглы", ("Алиев", "Рустам", "Ильдар оглы", "")),
        ("Иванов", ("Иванов", "", "", "нет имени")),
        ("Иванов И2ан", ("Иванов", "И2ан", "", "не похоже на ФИО")),
        ("белов олег", ("белов", "олег", "", "уже есть в группе")),
    ],
)
def test_names_are_read_as_people_paste_them(line, expected):
    (name,) = directory_writes.read_names(line, ["Белов Олег"])
    assert (name.last_name, name.first_name, name.middle_name, name.problem) == expected


def test_a_double_within_the_list_is_told(session, make):
    names = directory_writes.read_names("Белов Олег\nБелов Олег\n")
    assert [name.problem for name in names] == ["", "уже есть в группе"]
    with pytest.raises(Refused):
        directory_writes.add_students(session, group_id=make.group().id, names=[])


def test_namesakes_are_found_without_regard_to_letters(session, make):
    known = make.expert("Семёнов Пётр Фёдорович", phone="+79990000000")
    make.expert("Семёнов Пётр Фёдорович", deleted=True)
    names = {"last_name": "семенов", "first_name": "ПЕТР", "middle_name": "Федорович"}
    found = directory_writes.namesakes(session, **names, phone="+79990000000")
    assert [(one.id, one.reason) for one in found] == [(known.id, "тот же телефон")]
    assert not directory_writes.namesakes(session, **names | {"middle_name": ""})


@pytest.mark.parametrize(
    ("code", "year", "following"),
    [
        ("КОД 09.02.07-2-2026", 2026, "КОД 09.02.07-2-2027"),
        ("09.02.07-2", 2026, "09.02.07-2-2027"),
    ],
)
def test_the_code_of_the_next_year(code, year, following):
    assert directory_writes.next_code(code, year) == following


def test_a_kit_is_not_copied_twice_to_the_same_year(session, make):
    kit = make.kit()
    directory_writes.duplicate_kit(session, kit_id=kit.id)
    with pytest.raises(Refused):
        directory_writes.duplicate_kit(session, kit_id=kit.id)
    with pytest.raises(Refused):
        directory_writes.duplicate_kit(session, kit_id="нет такого")
    assert len(session.scalars(select(AssessmentKit)).all()) == 2


def test_deleting_several_is_all_or_nothing(store):
    with store.transaction("данные") as session:
        make = Builder(session)
        free, busy = make.expert(), make.expert()
        make.assignment(make.sitting(), busy)
    ids = [free.id, busy.id]
    with pytest.raises(Refused), store.transaction("удаление") as session:
        directory_writes.delete_records(session, table="expert", record_ids=ids)
    with store.reading() as session:
        live = select(Expert.id).where(Expert.live())
        assert set(session.scalars(live)) == set(ids)
        assert session.scalar(select(Assignment.id).where(Assignment.live()))


def test_choices_tell_records_apart(session, make):
    college = make.college("Колледж связи", city="Казань")
    group = make.group(college, "ИС-41")
    make.employer("Колледжный буфет")
    found = choices.find_choices(session, table="organization", typed="колледж")
    assert [label for _, label in found] == [
        "Колледж связи · колледж, Казань", "Колледжный буфет · работодатель, Казань",
    ]  # fmt: skip
    assert [ident for ident, _ in choices.find_colleges(session, typed="колледж")] == [college.id]
    label = choices.label_of(session, table="study_group", record_id=group.id)
    assert label == "ИС-41 · 2026, Колледж связи"
    assert choices.label_of(session, table="study_group", record_id=None) == ""
