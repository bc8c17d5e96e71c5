"""Sample data: believable, labelled, the same for the same seed, and within the rules."""

import shutil
from collections import Counter
from datetime import date

import pytest
from sqlalchemy import func, select
from stdnum.ru import inn

from demoexam.errors import Refused
from demoexam.models.base import Record
from demoexam.models.catalog import entities
from demoexam.models.exams import Assignment, ExamPlace, ExamSession, Incident, WorkplaceDraw
from demoexam.models.groups import Examinee, StudyGroup
from demoexam.models.kits import AssessmentKit, TaskModule
from demoexam.models.organizations import Organization
from demoexam.models.people import Employment, Expert
from demoexam.models.places import Workshop
from demoexam.rules.draw import drawn_workplaces
from demoexam.rules.terms import IncidentKind, Level, OrganizationKind, Role, SessionState
from demoexam.services.college.college import college_settings
from demoexam.services.plan import check
from demoexam.services.sample.sample import fill_sample
from demoexam.services.share import share
from demoexam.store.store import Store

TODAY = date(2026, 11, 23)


def filled(blank, path, **options) -> Store:
    shutil.copyfile(blank, path)
    store = Store(path)
    with store.transaction("учебные данные") as session:
        fill_sample(session, **{"today": TODAY} | options)
    return store


@pytest.fixture(scope="module")
def sample(blank_store, tmp_path_factory):
    store = filled(blank_store, tmp_path_factory.mktemp("sample") / "sample.db")
    yield store
    store.close()


def count(session, entity: type[Record], *conditions) -> int:
    return session.scalar(select(func.count()).select_from(entity).where(*conditions))


def test_a_college_has_the_promised_size(sample):
    with sample.reading() as session:
        sizes = {each: count(session, each) for each in (Expert, StudyGroup, Workshop)}
    assert sizes == {Expert: 120, StudyGroup: 40, Workshop: 10}


def test_it_is_labelled(sample):
    with sample.reading() as session:
        own = session.get(Organization, college_settings(session).own_college)
        notes = set(session.scalars(select(Expert.note)))
    assert own.kind is OrganizationKind.COLLEGE
    assert "учебные данные" in own.short_name
    assert notes == {"Учебные данные: человек вымышлен."}


def test_half_the_season_is_over(sample):
    with sample.reading() as session:
        rows = session.execute(select(ExamSession.starts_at, ExamSession.state)).all()
    states = Counter(state for _, state in rows)
    assert states[SessionState.DONE] > 15
    assert states[SessionState.ANNOUNCED] + states[SessionState.PLANNED] > 15
    assert {start.date() < TODAY for start, state in rows if state is SessionState.DONE} == {True}
    assert states[SessionState.DRAFT] == 2


def test_nothing_contradicts_and_the_planted_troubles_are_found(sample):
    with sample.reading() as session:
        found = check.findings(session, today=TODAY)
    assert [str(each) for each in found if each.level is Level.CONTRADICTION] == []
    codes = Counter(each.code for each in found)
    assert {"too_few_experts", "certificate_expired", "consent_missing", "taught_group"} <= {*codes}
    assert {"no_board_member", "fewer_than_recommended", "date_missing"} <= {*codes}
    assert sum(codes.values()) < 25


def test_three_earlier_years_and_this_one_show_a_share_below_its_target(sample):
    with sample.reading() as session:
        rows = [
            share.shares(session, year=year, today=TODAY)[0].share
            for year in range(TODAY.year - 3, TODAY.year + 1)
        ]
    assert all(each.experts > 10 for each in rows)
    assert [each.value < 1 for each in rows] == [True] * 4
    assert rows[0].value < rows[1].value < rows[2].value


def test_two_experts_went_from_a_college_to_a_plant_in_june(sample):
    with sample.reading() as session:
        jobs = session.execute(
            select(Employment.expert_id, Organization.kind)
            .join(Organization, Organization.id == Employment.organization_id)
            .where(Employment.valid_to == date(2026, 5, 31))
        ).all()
        later = session.scalars(
            select(Organization.kind)
            .join(Employment, Employment.organization_id == Organization.id)
            .where(Employment.valid_from == date(2026, 6, 1))
        ).all()
    assert [kind for _, kind in jobs] == [OrganizationKind.COLLEGE] * 2
    assert later == [OrganizationKind.EMPLOYER] * 2


def test_the_recorded_draw_gives_the_places_that_stand(sample):
    with sample.reading() as session:
        draws = session.execute(select(WorkplaceDraw.session_id, WorkplaceDraw.seed)).all()
        for sitting, seed in draws:
            places = session.scalars(
                select(ExamPlace.workplace)
                .join(Examinee, Examinee.id == ExamPlace.examinee_id)
                .where(ExamPlace.session_id == sitting)
                .order_by(Examinee.skey)
            ).all()
            assert places == drawn_workplaces(seed, len(places))
    assert len(draws) > 30


def test_points_stay_within_their_modules_and_steps(sample):
    with sample.reading() as session:
        limits = {
            (kit, number): most
            for kit, number, most in session.execute(
                select(TaskModule.kit_id, TaskModule.number, TaskModule.max_points)
            )
        }
        rows = session.execute(
            select(ExamSession.kit_id, ExamPlace.points).join(
                ExamSession, ExamSession.id == ExamPlace.session_id
            )
        ).all()
    given = [
        (limits[kit, int(number)], points)
        for kit, places in rows
        for number, points in places.items()
    ]
    assert len(given) > 500
    assert all(0 <= points <= most for most, points in given)


def test_modules_add_up_to_their_kit(sample):
    with sample.reading() as session:
        sums = session.execute(
            select(
                AssessmentKit.core_points + AssessmentKit.variable_points,
                AssessmentKit.minutes,
                func.sum(TaskModule.max_points),
                func.sum(TaskModule.minutes),
            )
            .join(TaskModule, TaskModule.kit_id == AssessmentKit.id)
            .group_by(AssessmentKit.id)
        ).all()
    assert len(sums) > 50
    assert [row for row in sums if (row[0], row[1]) != (row[2], row[3])] == []


def test_every_inn_is_right_and_its_own(sample):
    with sample.reading() as session:
        numbers = session.scalars(select(Organization.inn)).all()
    assert [each for each in numbers if not inn.is_valid(each)] == []
    assert len(set(numbers)) == len(numbers)


def test_every_sitting_that_is_over_had_a_chief_and_every_examinee_a_place(sample):
    with sample.reading() as session:
        sittings = session.scalars(
            select(ExamSession.id).where(ExamSession.state == SessionState.DONE)
        ).all()
        chiefs = count(
            session, Assignment, Assignment.role == Role.CHIEF, Assignment.session_id.in_(sittings)
        )
        unseated = count(
            session,
            ExamPlace,
            ExamPlace.session_id.in_(sittings),
            ExamPlace.workplace.is_(None),
        )
        assert count(session, Examinee) == count(session, ExamPlace)
    assert (chiefs, unseated) == (len(sittings), 0)


def test_equal_seeds_give_equal_data_and_other_seeds_other_data(blank_store, tmp_path):
    images = []
    for name, seed in (("a", 7), ("b", 7), ("c", 8)):
        store = filled(blank_store, tmp_path / f"{name}.db", seed=seed)
        with store.reading() as session:
            tables = [entity.__table__ for entity in entities().values()]
            images.append(
                [
                    session.execute(select(table).order_by(table.c.id)).all()
                    for table in tables
                    if table.name not in {"coordinator", "setting"}
                ]
            )
        store.close()
    assert images[0] == images[1]
    assert images[0] != images[2]


def test_the_season_never_holds_an_exam_on_a_day_off_whenever_it_is_made(blank_store, tmp_path):
    for number, today in enumerate((date(2026, 1, 3), date(2026, 5, 10), date(2026, 12, 31))):
        store = filled(blank_store, tmp_path / f"{number}.db", today=today)
        with store.reading() as session:
            found = check.findings(session, today=today)
        store.close()
        codes = {each.code for each in found}
        assert {each.level for each in found} <= {Level.WARNING, Level.INCOMPLETE}
        assert not codes & {"holiday", "weekend", "preparation_day_wrong", "kit_of_other_year"}


def test_a_used_store_and_an_unknown_size_are_refused(blank_store, tmp_path):
    store = filled(blank_store, tmp_path / "used.db")
    with pytest.raises(Refused, match="уже есть записи"), store.transaction("ещё раз") as session:
        fill_sample(session, today=TODAY)
    store.close()
    empty = tmp_path / "empty.db"
    shutil.copyfile(blank_store, empty)
    store = Store(empty)
    with pytest.raises(Refused, match="world"), store.transaction("мир") as session:
        fill_sample(session, size="world", today=TODAY)
    store.close()


def test_a_cluster_is_four_colleges(blank_store, tmp_path):
    store = filled(blank_store, tmp_path / "cluster.db", size="cluster")
    with store.reading() as session:
        assert count(session, Expert) == 480
        assert len(set(session.scalars(select(StudyGroup.college_id)))) == 4
        found = check.findings(session, today=TODAY)
    store.close()
    assert [each for each in found if each.level is Level.CONTRADICTION] == []


def test_something_went_wrong_at_an_exam_now_and_then(sample):
    """Every kind of incident is there, within the hours of its exam, and agrees with the points."""
    with sample.reading() as session:
        query = select(Incident, ExamSession).join(
            ExamSession, ExamSession.id == Incident.session_id
        )
        found = list(session.execute(query))
        assert {row.kind for row, _ in found} == set(IncidentKind)
        for row, sitting in found:
            assert sitting.state is SessionState.DONE
            assert f"{sitting.starts_at:%H:%M}" < row.started < f"{sitting.ends_at:%H:%M}"
            place = session.scalars(
                select(ExamPlace).where(
                    ExamPlace.session_id == row.session_id, ExamPlace.examinee_id == row.examinee_id
                )
            ).first()
            if row.kind is IncidentKind.REMOVAL:
                assert (place.points, place.attended) == ({}, True)
            if row.kind is IncidentKind.EARLY_END:
                assert place.points
