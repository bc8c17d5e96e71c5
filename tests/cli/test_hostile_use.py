"""The command line in clumsy hands: one sentence, the right exit code, nothing half done."""

from pathlib import Path

import pytest
from shell import Shell

ROSTERS = Path(__file__).parents[1] / "data" / "rosters"
LONG = "я" * 300


@pytest.fixture
def shell(tmp_path):
    shell = Shell(tmp_path / "s.db")
    shell("init")
    return shell


@pytest.mark.parametrize("words", [("share",), ("check",), ("report", "share", "-o", "r.csv")])
@pytest.mark.parametrize("year", ["0", "-1", "10000", "9" * 30])
def test_a_year_that_never_was_is_wrong_usage(shell, words, year):
    shell(*words, "--year", year, code=2)


def test_the_last_year_of_the_calendar_is_checked_like_any_other(shell):
    assert shell.json("check", "--year", "9999") == []


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_sample_data_of_an_impossible_season_are_refused(shell, day):
    assert "Учебных данных на" in shell("sample", "--today", day, code=1)
    assert shell.json("get", "organization") == []


def test_a_folder_is_no_store(tmp_path):
    assert "папка" in Shell(tmp_path)("share", code=1)


@pytest.mark.parametrize("name", [".", f"{LONG}.db"])
def test_a_copy_needs_a_file_name(shell, tmp_path, name):
    place = tmp_path / "копии"
    place.mkdir()
    said = shell("backup", "-o", place / name, code=1)
    assert "папка" in said or "слишком длинное" in said
    assert list(place.iterdir()) == []


def test_a_report_needs_a_name_the_disk_can_hold(shell, tmp_path):
    assert "слишком длинное" in shell("report", "share", "-o", tmp_path / f"{LONG}.csv", code=1)


def test_an_import_whose_report_has_no_place_is_not_begun(shell, tmp_path):
    report = tmp_path / "нет такой" / "report.json"
    said = shell("import", ROSTERS / "clean.xlsx", "--report", report, code=1)
    assert "нет такой" in said
    assert shell.json("get", "expert") == []


def test_a_record_is_deleted_by_the_command_alone(shell):
    plant = shell("add", "organization", "kind=employer", "short_name=Завод").strip()
    expert = shell("add", "expert", "last_name=Ким", "first_name=Ян").strip()
    shell("add", "employment", f"expert_id={expert}", f"organization_id={plant}", "is_main=да")
    assert "deleted" in shell("set", "organization", plant, "deleted=да", code=1)
    assert "нужна другим" in shell("delete", "organization", plant, code=1)


@pytest.mark.parametrize(
    "field",
    [
        "starts_at=2026-06-03T09:00+03:00", "second_day=9999-12-31", "second_day=0001-01-01",
        "head_count=99999999999999999999999", "head_count=-5",
    ],
)  # fmt: skip
def test_a_value_no_exam_can_have_is_refused(shell, field):
    ident = _sitting(shell)
    before = shell.json("get", "exam_session", ident)
    shell("set", "exam_session", ident, field, code=1)
    assert shell.json("get", "exam_session", ident) == before


def _sitting(shell):
    college = shell("add", "organization", "kind=college", "short_name=Колледж").strip()
    specialty = shell.json("get", "specialty")[0]
    group = shell(
        "add", "study_group", f"college_id={college}", f"specialty_id={specialty['id']}",
        "name=А-1", "year=2026",
    ).strip()  # fmt: skip
    kit = shell(
        "add", "assessment_kit", f"code={specialty['code']}-1-2026",
        f"specialty_id={specialty['id']}", "level=profile", "year=2026", "minutes=150",
    ).strip()  # fmt: skip
    return shell("add", "exam_session", f"group_id={group}", f"kit_id={kit}").strip()


@pytest.mark.parametrize("operation", ["", "нет такого"])
def test_only_the_named_operation_is_undone(shell, operation):
    shell("add", "cluster", "name=Первый")
    assert "в журнале нет" in shell("undo", operation, code=1)
    assert len(shell.json("get", "cluster")) == 1


@pytest.mark.parametrize(
    "points", ["[]", '"x"', "null", "[" * 9000, '{"1": "a"}', '{"1": -5}', '{"a": 5}']
)
def test_points_that_no_protocol_can_print_are_refused(shell, points):
    sitting = _sitting(shell)
    group = shell.json("get", "exam_session", sitting)["group_id"]
    examinee = shell("add", "examinee", f"group_id={group}", "last_name=Ли", "first_name=Ян")
    keys = [f"session_id={sitting}", f"examinee_id={examinee.strip()}"]
    shell("add", "exam_place", *keys, f"points={points}", code=1)
    shell("add", "exam_place", *keys, "workplace=0", code=1)
    shell("add", "exam_place", *keys, 'points={"1": 500}', "workplace=1")


def test_an_empty_list_is_a_value_of_a_setting(shell):
    ident = shell("add", "setting", "key=favourites", "value=[]").strip()
    assert shell.json("get", "setting", ident)["value"] == []
