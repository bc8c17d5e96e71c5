"""The command line as scripts use it: files in, figures and papers out, exit codes."""

import csv
import json
import shutil
from datetime import date
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from conftest import Builder
from openpyxl import load_workbook
from pypdf import PdfReader
from shell import Shell

from demoexam.store.opening import open_store

DATA = Path(__file__).parents[1] / "data"
ROSTERS = (
    "clean.xlsx", "college_a.xlsx", "college_b.csv", "kod_list.xlsx", "workshops.xlsx",
    "students.xlsx", "schedule_experts.xlsx", "schedule.xlsx",
)  # fmt: skip
PLANTED = {
    "holiday", "weekend", "expert_from_same_college", "expert_double_booked",
    "more_students_than_places", "too_few_experts",
}  # fmt: skip


@pytest.fixture
def shell(tmp_path):
    return Shell(tmp_path / "s.db")


@pytest.fixture(scope="module")
def loaded_file(tmp_path_factory):
    """A store with the eight files in, made once."""
    shell = Shell(tmp_path_factory.mktemp("loaded") / "s.db")
    shell("init")
    for name in ROSTERS:
        shell("import", DATA / "rosters" / name)
    return shell.path


@pytest.fixture
def loaded(loaded_file, tmp_path):
    path = tmp_path / "loaded.db"
    path.write_bytes(loaded_file.read_bytes())
    return Shell(path)


def test_the_store_s_share_is_the_one_counted_from_its_bare_rows(loaded):
    experts = {row["id"] for row in loaded.json("get", "expert")}
    kinds = {row["id"]: row["kind"] for row in loaded.json("get", "organization")}
    days = {row["id"]: row["starts_at"][:10] for row in loaded.json("get", "exam_session")
            if not row["held"]}  # fmt: skip
    last: dict[str, str] = {}
    for duty in loaded.json("get", "assignment"):
        if duty["session_id"] in days and duty["role"] != "technical" and not duty["held"]:
            day = days[duty["session_id"]]
            last[duty["expert_id"]] = max(day, last.get(duty["expert_id"], ""))
    jobs = [job for job in loaded.json("get", "employment") if job["is_main"]]
    side = {
        job["expert_id"]: kinds[job["organization_id"]]
        for job in jobs
        if (job["valid_from"] or "") <= last.get(job["expert_id"], "") <= (job["valid_to"] or "9")
    }
    employers = sum(side.get(person) == "employer" for person in last)
    (row,) = loaded.json("share", "--year", 2026)
    assert set(last) <= experts
    assert (row["experts"], row["employers"]) == (len(last), employers)
    assert row["share"] == f"{employers}/{len(last)}"
    assert row["target"] == 70


def test_check_finds_the_six_planted_defects(loaded):
    found = loaded.json("check", "--today", "2026-02-02")
    assert {finding["code"] for finding in found} >= PLANTED
    by_code = {code: [f for f in found if f["code"] == code] for code in PLANTED}
    assert all("ТМ-222" in f["text"] for f in by_code["expert_from_same_college"])
    assert all(f["level"] == "contradiction" for f in by_code["expert_double_booked"])
    assert {f["level"] for f in by_code["holiday"] + by_code["weekend"]} == {"warning"}
    assert {f["level"] for f in by_code["too_few_experts"]} == {"incomplete"}
    assert all({"code", "rule", "level", "session", "subjects", "text", "fixes"} <= set(f)
               for f in found)  # fmt: skip


def test_the_report_is_the_same_in_three_formats(loaded, tmp_path):
    for suffix in ("xlsx", "csv", "pdf"):
        loaded("report", "share", "--year", 2026, "-o", tmp_path / f"доля.{suffix}")
    (row,) = loaded.json("share", "--year", 2026)
    percent = str(row["percent"]).replace(".", ",")
    book = load_workbook(tmp_path / "доля.xlsx")
    cells = [cell for sheet in book for line in sheet.values for cell in line]
    assert row["experts"] in cells
    assert row["employers"] in cells
    body = (tmp_path / "доля.csv").read_bytes()
    assert body.startswith(b"\xef\xbb\xbf")
    lines = list(csv.reader(StringIO(body.decode("utf-8-sig")), delimiter=";"))
    assert any(percent in line for line in lines)
    pages = PdfReader(BytesIO((tmp_path / "доля.pdf").read_bytes())).pages
    assert percent in "".join(page.extract_text() for page in pages)


def test_papers_of_a_day_are_printed_and_a_free_day_is_told(loaded, tmp_path):
    target = tmp_path / "день.pdf"
    said = loaded("print", "--day", "2026-06-01", "-o", target)
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(target.read_bytes())).pages)
    assert "ИС-221" in text
    assert "Не хватает" in said
    refusal = loaded("print", "--day", "2026-01-01", "-o", tmp_path / "нет.pdf", code=1)
    assert "экзаменов нет" in refusal
    assert not (tmp_path / "нет.pdf").exists()


def test_an_import_is_one_step_back(shell):
    shell("init")
    shell("import", DATA / "rosters" / "clean.xlsx")
    assert len(shell.json("get", "expert")) == 40
    assert "загрузка clean.xlsx" in shell("undo")
    assert shell.json("get", "expert") == []
    shell("undo", shell("undo", "--list").splitlines()[1].split()[0])
    assert len(shell.json("get", "expert")) == 40


def test_a_dry_run_writes_nothing(shell):
    shell("init")
    assert "40" in shell("import", DATA / "rosters" / "clean.xlsx", "--dry-run")
    assert shell.json("get", "expert") == []


def test_an_unreadable_file_stops_the_others_and_is_told(shell, tmp_path):
    bad, report = tmp_path / "плохой.xlsx", tmp_path / "report.json"
    bad.write_bytes(b"nothing")
    good = shutil.copy(DATA / "rosters" / "clean.xlsx", tmp_path)
    told = shell("import", bad, good, "--report", report, code=1)
    assert "плохой.xlsx" in told
    assert "Уберите из команды файлы, которые не читаются" in told
    assert shell.json("get", "expert") == []
    files = json.loads(report.read_text(encoding="utf-8"))["files"]
    assert [*files] == ["плохой.xlsx", "clean.xlsx"]
    assert files["плохой.xlsx"]["error"]
    assert len(files["clean.xlsx"]["people"]) == 40


def test_records_are_written_by_the_rules(loaded):
    factory = loaded("add", "organization", "kind=employer", "short_name=ООО «Новый»").strip()
    row = loaded.json("add", "expert", "last_name=Новиков", "first_name=Пётр")
    loaded("add", "employment", f"expert_id={row['id']}", f"organization_id={factory}")
    loaded("set", "expert", row["id"], "phone=8 912 000 00 09")
    assert loaded.json("get", "expert", row["id"])["phone"] == "+79120000009"
    loaded("delete", "expert", row["id"])
    assert row["id"] not in {each["id"] for each in loaded.json("get", "expert")}
    assert row["id"] in {each["id"] for each in loaded.json("get", "expert", "--deleted")}


def test_wrong_words_are_exit_code_two(shell):
    shell("init")
    assert "Usage" in shell("set", "expert", "1", "слово", code=2)
    assert "Usage" in shell("неизвестно", code=2)


def test_sample_is_the_same_for_the_same_seed(tmp_path):
    dumps = []
    for name in ("a", "b"):
        shell = Shell(tmp_path / f"{name}.db")
        shell("sample", "--seed", 3, "--today", "2026-05-20")
        dumps.append([shell.json("get", table) for table in ("expert", "exam_session")])
    assert dumps[0] == dumps[1]
    assert len(dumps[0][0]) > 100


def test_sample_refuses_a_store_with_data(loaded):
    assert "уже есть" in loaded("sample", code=1)


def test_backup_restore_and_doctor(loaded, tmp_path):
    copy = tmp_path / "копия.db"
    loaded("backup", "-o", copy)
    before = len(loaded.json("get", "expert"))
    loaded("undo")
    loaded("restore", copy)
    assert len(loaded.json("get", "expert")) == before
    assert loaded.json("doctor")["sound"] is True
    assert "не база" in loaded("restore", DATA / "rosters" / "clean.xlsx", code=1)


def test_forms_are_listed_with_their_codes(shell):
    codes = {form["code"] for form in json.loads(shell("forms", "--json"))}
    assert {"3.4", "3.5", "3.6", "3.8", "3.9", "3.11", "3.20"} <= codes


def test_a_missing_store_is_told_with_advice(shell):
    assert "нет" in shell("share", code=1)


def test_share_without_data_says_so(shell):
    shell("init", "--college", "Колледж связи")
    assert "нет данных" in shell("share", "--year", 2026)
    (row,) = shell.json("share", "--year", 2026)
    assert (row["share"], row["percent"], row["add"]) == (None, None, None)


def test_help_names_every_command(shell):
    said = shell("--help")
    for word in ("init", "sample", "import", "undo", "share", "report", "check", "print", "forms",
                 "get", "set", "add", "delete", "backup", "restore", "doctor"):  # fmt: skip
        assert word in said


def test_builder_sitting_prints_by_its_id(store, tmp_path):
    with store.transaction("экзамен") as session:
        sitting = Builder(session).staffed_sitting(day=date(2026, 6, 18))
    Shell(store.path)("print", "--session", sitting.id, "--forms", "3.11", "-o", tmp_path / "п.pdf")
    assert len(PdfReader(BytesIO((tmp_path / "п.pdf").read_bytes())).pages) >= 1
    open_store(store.path).close()
