"""What lies in a package: which papers, in which order, how many copies, what only once."""

from datetime import timedelta
from io import BytesIO

import pytest
from conftest import EXAM_DAY, Builder
from pypdf import PdfReader

from demoexam.documents.template import Scope
from demoexam.models.exams import ExamPlace, ExamSession
from demoexam.models.groups import Examinee
from demoexam.progress import Cancelled, Progress
from demoexam.services.papers.package import NothingChosen, PackageForms, Wanted
from demoexam.services.papers.papers import (
    day_codes,
    form_list,
    made_package,
    package,
    paper_states,
    register_papers,
)
from demoexam.services.papers.scopes import keeper
from demoexam.services.papers.templates import templates_in_force


@pytest.fixture
def two(store):
    """Two sittings of one day with one kit in one center, and a third a week later."""
    with store.transaction("подготовка") as session:
        make = Builder(session)
        first = make.staffed_sitting(examinees=3)
        group = session.get(type(make.group(name="эта")), first.group_id)
        kit, shop = first.kit_id, first.workshop_id
        second = make.staffed_sitting(examinees=2, at=14)
        later = make.staffed_sitting(examinees=2, day=EXAM_DAY + timedelta(days=7))
        for one in (second, later):
            one.group_id, one.kit_id, one.workshop_id = group.id, kit, shop
        return first.id, second.id, later.id


def made(store, **wanted):
    with store.reading() as session:
        return made_package(session, Wanted(**wanted))


def titles(pdf):
    """Bookmarks of papers, in order, without the chapters above them."""

    def walk(nodes):
        for node in nodes:
            if isinstance(node, list):
                yield from walk(node)
            elif node.title[:2] == "3.":
                yield node.title.split()[0]

    return list(walk(PdfReader(BytesIO(pdf)).outline))


def all_codes(store):
    with store.reading() as session:
        return [one.code for one in form_list(session) if one.about == "sitting"]


def test_the_day_has_its_forms_in_the_order_of_the_exam(store, two):
    with store.reading() as session:
        codes = day_codes(session)
    assert codes == [f"3.{number}" for number in range(4, 13)]
    day = made(store, day=EXAM_DAY)
    assert [paper.code for paper in day.contents] == codes * 2
    assert [paper.session_id for paper in day.contents] == [two[0]] * 9 + [two[1]] * 9


def test_every_form_is_printed_when_it_is_asked_for(store, two):
    codes = all_codes(store)
    assert codes == [f"3.{number}" for number in range(1, 20)]
    whole = made(store, session_id=two[0], forms=codes[::-1])
    asked = [paper.code for paper in whole.contents]
    assert set(asked) == set(codes)
    assert titles(whole.pdf) == asked
    shared = [code for code in codes if code in {"3.1", "3.2", "3.3", "3.18"}]
    assert asked[: len(shared)] == shared


def test_a_form_about_an_examinee_is_there_for_each_with_a_number_of_its_own(store, two):
    whole = made(store, session_id=two[0], forms=["3.19"])
    assert [paper.number for paper in whole.contents] == [f"1-19-{n}/2026" for n in (1, 2, 3)]


def test_what_sittings_share_lies_in_a_package_once_and_first(store, two):
    day = made(store, day=EXAM_DAY, forms=["3.1", "3.2", "3.11", "3.18"])
    assert [paper.code for paper in day.contents] == ["3.1", "3.2", "3.18", "3.11", "3.11"]
    assert len({paper.number for paper in day.contents}) == 5


def test_a_shared_paper_keeps_its_number_whichever_sitting_asks_for_it(store, two):
    asked = [made(store, session_id=ident, forms=["3.1"]).contents[0] for ident in two]
    assert len({(paper.number, paper.content_hash) for paper in asked}) == 1
    days = [made(store, session_id=ident, forms=["3.2"]).contents[0] for ident in two]
    assert days[0].number == days[1].number
    assert days[0].session_id != days[2].session_id


def test_a_shared_paper_that_was_printed_stays_with_its_sitting(store, two):
    """An earlier exam that comes later does not take it over."""
    with store.transaction("печать") as session:
        package(session, session_id=two[0], forms=["3.1"])
        shop = session.get_one(ExamSession, two[0])
        make = Builder(session)
        earlier = make.staffed_sitting(examinees=1, day=EXAM_DAY - timedelta(days=9))
        earlier.group_id = shop.group_id
        template = templates_in_force(session)["3.1"]
        assert template.scope is Scope.SEASON
        assert keeper(session, earlier, template).id == two[0]
        (state,) = [
            one for one in paper_states(session, session_id=earlier.id) if one.code == "3.1"
        ]
    assert state.printed_at is not None


def test_copies_follow_one_another_in_the_pdf_and_count_as_one_document(store, two):
    package = made(store, session_id=two[0], forms=["3.8", "3.11"], copies={"3.11": 3})
    assert titles(package.pdf) == ["3.8", "3.11", "3.11", "3.11"]
    assert [(paper.code, paper.copies) for paper in package.contents] == [("3.8", 1), ("3.11", 3)]


def test_latecomers_get_an_extra_sheet_of_empty_rows(store, two):
    package = made(store, session_id=two[0], forms=["3.6", "3.8", "3.11"], latecomers=4)
    assert [(paper.code, paper.extra) for paper in package.contents] == [
        ("3.6", False), ("3.6", True), ("3.8", False), ("3.8", True), ("3.11", False),
    ]  # fmt: skip
    with store.reading() as session:
        forms = PackageForms(session, Wanted(session_id=two[0], forms=["3.8"], latecomers=4))
        (_, whole), (_, extra) = forms.documents()
    (filled,), (empty,) = (
        [one for one in form.body if hasattr(one, "rows")] for form in (whole, extra)
    )
    assert len(filled.rows) == 3
    assert (list(empty.rows), empty.blank_rows, empty.least_blank) == ([], 4, 4)
    assert "дополнительный лист" in extra.title
    assert extra.number == whole.number


def test_an_extra_sheet_is_no_document_of_the_register(store, two):
    with store.transaction("печать") as session:
        package(session, session_id=two[0], forms=["3.8"], latecomers=4)
        (state,) = [one for one in paper_states(session, session_id=two[0]) if one.code == "3.8"]
    assert state.printed_at is not None
    assert not state.outdated


def test_forms_are_made_only_as_they_are_taken(store, two):
    with store.reading() as session:
        forms = PackageForms(session, Wanted(day=EXAM_DAY))
        first = next(iter(forms))
        assert first.code == "3.4"
        assert [paper.code for paper in forms.papers] == ["3.4"]


def test_making_stops_when_it_is_unwanted(store, two):
    told = []
    progress = Progress(lambda done, total: (told.append((done, total)), progress.cancel()))
    with store.reading() as session, pytest.raises(Cancelled):
        made_package(session, Wanted(day=EXAM_DAY), progress=progress)
    assert told == [(1, 18)]


def test_nothing_chosen_is_refused(store, two):
    for wanted in ({"day": EXAM_DAY, "session_ids": []}, {"session_id": two[0], "forms": []}):
        with pytest.raises(NothingChosen):
            made(store, **wanted)


def test_a_copy_for_an_examinee_who_came_later_makes_the_form_outdated(store, two):
    with store.transaction("печать") as session:
        papers = made_package(session, Wanted(session_id=two[0], forms=["3.19"])).contents
        register_papers(session, papers=papers)
    assert not state_of(store, two[0], "3.19").outdated
    with store.transaction("ещё один участник") as session:
        sitting = session.get_one(ExamSession, two[0])
        late = Examinee(group_id=sitting.group_id, last_name="Яшин", first_name="Олег")
        session.add(late)
        session.flush()
        session.add(ExamPlace(session_id=sitting.id, examinee_id=late.id))
    state = state_of(store, two[0], "3.19")
    assert state.outdated
    assert state.documents == 4
    assert any("ещё один участник" in one for one in state.changes)


def state_of(store, session_id, code):
    with store.reading() as session:
        states = paper_states(session, session_id=session_id)
    return next(one for one in states if one.code == code)
