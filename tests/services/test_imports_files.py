"""Several files of one command: any order will do; one that cannot be read stops them all."""

import json
import shutil
from pathlib import Path

import pytest
from import_lists import state_of
from import_truth import TODAY, figures, roster

from demoexam.exchange.failures import FileUnreadable
from demoexam.services.history import past_operations
from demoexam.services.imports.files import import_files, report_names
from demoexam.services.imports.imports import report_json
from demoexam.store.store import Store

LISTS = ("schedule.xlsx", "students.xlsx", "schedule_experts.xlsx", "workshops.xlsx",
         "kod_list.xlsx")  # fmt: skip


def done(store: Store) -> list[str]:
    with store.reading() as session:
        return [past.text for past in past_operations(session)][::-1][1:]


def test_files_in_any_order_give_the_same_and_every_figure_is_right(store, tmp_path):
    reports = import_files(store, [roster(name) for name in LISTS], today=TODAY)
    assert [path.name for path in reports] == [*LISTS]
    assert done(store)[0] == "загрузка kod_list.xlsx"
    assert done(store)[-1] == "загрузка schedule.xlsx"
    assert len(done(store)) == len(LISTS)
    for path, report in reports.items():
        dump = json.loads(json.dumps(report.dump()))
        wrong = {key: value for key, value in figures(path.name, dump).items() if value < 0.98}
        assert not wrong, (path.name, wrong)


def test_a_dry_run_of_several_tells_what_would_be_and_writes_nothing(store):
    before = state_of(store)
    reports = import_files(store, [roster(name) for name in LISTS], dry_run=True, today=TODAY)
    said = reports[roster("schedule.xlsx")].summary()
    assert said.startswith("Будет загружено 10\u00a0экзаменов")
    assert figures("schedule.xlsx", reports[roster("schedule.xlsx")].dump())["conflicts"] == 1
    assert state_of(store) == before
    assert done(store) == []


def test_one_unreadable_file_stops_all_and_the_report_has_the_rest(store, tmp_path):
    bad = tmp_path / "плохой.xlsx"
    bad.write_bytes(b"nothing")
    before = state_of(store)
    reports = import_files(store, [bad, roster("clean.xlsx"), roster("college_a.xlsx")])
    assert isinstance(reports[bad], FileUnreadable)
    assert state_of(store) == before
    told = report_json({path.name: report for path, report in reports.items()})["files"]
    assert [*told] == ["плохой.xlsx", "clean.xlsx", "college_a.xlsx"]
    assert len(told["clean.xlsx"]["people"]) == 40
    assert told["плохой.xlsx"]["people"] == []


@pytest.mark.parametrize(
    ("paths", "names"),
    [
        (["a.xlsx"], ["a.xlsx"]),
        (["x/a.xlsx"], ["a.xlsx"]),
        (["x/a.xlsx", "x/broken/b.xlsx"], ["a.xlsx", "broken/b.xlsx"]),
        (["x/a.xlsx", "y/b.xlsx"], ["a.xlsx", "b.xlsx"]),
        (["x/a.xlsx", "y/a.xlsx", "y/b.xlsx"], ["x/a.xlsx", "y/a.xlsx", "b.xlsx"]),
    ],
)
def test_files_of_a_report_are_told_apart(paths, names):
    assert [*report_names([Path(path) for path in paths]).values()] == names


def test_a_file_given_twice_is_loaded_once(store, tmp_path):
    path = Path(shutil.copy(roster("workshops.xlsx"), tmp_path))
    assert len(import_files(store, [path, path], today=TODAY)) == 1
    assert len(done(store)) == 1
