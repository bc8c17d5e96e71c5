"""Bugs put into a copy of the program on purpose: each must break an assertion of these tests."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
COPIED = ("demoexam", "tests/sync", "tests/conftest.py", "pyproject.toml", "resources/reference")
MACHINE = ("test_machine.py",)
FIXED = (
    "test_merge.py", "test_exchange.py", "test_exchange_rules.py", "test_exchange_accidents.py",
    "test_found.py",
)  # fmt: skip
EXAMPLES = 20
SECONDS = 240.0
ON_FILE = "not postgresql"


@dataclass(frozen=True)
class Mutant:
    """`file` of demoexam in which `old`, found exactly once, becomes `new`."""

    name: str
    file: str
    old: str
    new: str


@dataclass(frozen=True)
class Verdict:
    caught: bool
    by: str
    seconds: float


MERGE, SYNCHRONIZER, APPLYING = "sync/merge.py", "sync/synchronizer.py", "sync/applying.py"
RULES, FIRST = "hub/cross_rules.py", "sync/first_sync.py"
MUTANTS: Sequence[Mutant] = (
    Mutant("a contradiction of a field is not recorded, the hub's value wins", MERGE,
           "contradicted.append(name)", "pass"),
    Mutant("our value wins without a word", MERGE,
           "contradicted.append(name)", "_take(units[name], ours, merged)"),
    Mutant("a deletion beats an edit without a word", MERGE,
           "if gone != there and DELETION in deleting and keeping - {HELD}:", "if False:"),
    Mutant("a deletion against an edit is undone without a word", MERGE,
           "            contradicted.append(DELETION)\n", ""),
    Mutant("the merge takes a unit whole from us when only the hub changed it", MERGE,
           "_differ(at, ours, base)}", "True}"),
    Mutant("times and workshop are merged one by one", "models/exams.py",
           'PLACE_TIME = {"unit": "place_time"}', "PLACE_TIME = {}"),
    Mutant("an acknowledgement clears rows edited meanwhile", "sync/batches.py",
           "row_id = ? AND lsn = ?", "row_id = ? AND lsn >= ?"),
    Mutant("nothing is taken under the lock before sending", SYNCHRONIZER,
           "while not self._take(self._fetch(far)):", "while False:"),
    Mutant("the cursor passes what the rules wrote", SYNCHRONIZER,
           "refused, complete=not more)", "refused, complete=True)"),
    Mutant("the rules are not asked", SYNCHRONIZER,
           "more = self.hub.apply_rules(far, rev, self.store.client)", "more = False"),
    Mutant("the ledger is not asked after a lost answer", SYNCHRONIZER,
           "rev = self.hub.commit_of(far, sent.id)", "rev = None"),
    Mutant("what is sent is not noted down before", SYNCHRONIZER,
           "(sent.id, sent.payload())", "(sent.id, Batch(sent.id, {}, {}).payload())"),
    Mutant("the cursor is moved in a transaction of its own before the rows", SYNCHRONIZER,
           "            arrival = Arrival(near, self.store.client)\n",
           "            reached(near, news.state.rev, news.head)\n"
           "        with self.store.applying() as near:\n"
           "            arrival = Arrival(near, self.store.client)\n"),
    Mutant("contradictions found here are not sent", APPLYING,
           '"INSERT INTO dirty (table_name, row_id, lsn, is_new) VALUES (?, ?, 1, 1)"',
           '"DELETE FROM dirty WHERE table_name = ? AND row_id = ?"'),
    Mutant("what came is captured as an edit of ours", "store/capture.py",
           'f" WHEN {IDLE} AND ({differs}) BEGIN"', 'f" WHEN ({differs}) BEGIN"'),
    Mutant("the image before the first edit is overwritten by the second", "store/capture.py",
           "DO UPDATE SET lsn = lsn + 1, rejected",
           "DO UPDATE SET base = excluded.base, lsn = lsn + 1, rejected"),
    Mutant("a second edit is not counted", "store/capture.py",
           "DO UPDATE SET lsn = lsn + 1, rejected", "DO UPDATE SET rejected"),
    Mutant("a deleted parent's child stays in the plan", RULES,
           "AND p.deleted = 1", "AND p.deleted = 2"),
    Mutant("a workshop may be double-booked", RULES,
           "sb.workshop_id = sa.workshop_id AND sb.id <> sa.id", "sb.workshop_id = sa.id"),
    Mutant("an expert's other sitting is not looked at when a sitting moves", RULES,
           '("exam_session", "exam_session AS sa{touched} CROSS JOIN assignment AS a", "sa"),', ""),
    Mutant("an expert's new employer is not held against his duties", RULES,
           '("e", "easg"), ', ""),
    Mutant("the later of two rows that clash is told of, and stays in the plan", RULES,
           "SET held = 1, rev = ? WHERE id = ?", "SET held = 0, rev = ? WHERE id = ?"),
    Mutant("a row is held and nobody is told", RULES,
           "wrote |= _told(commit, rule, (table, row_id, code, other_table, other_id))",
           "wrote = True"),
    Mutant("a held row waits on when the other one moves", RULES,
           "(row_id IN ({came}) OR other_id IN ({came}))", "row_id IN ({came})"),
    Mutant("likely duplicates are not told of", RULES, "*_DUPLICATES,", ""),
    Mutant("a copy taken anew forgets what was not sent", FIRST,
           "_carry_over(old, fresh, keep=keep)", "pass"),
    Mutant("after a restored hub nothing is sent again", FIRST,
           "                    _unsend(near, each, rev, hub, far)", "                    pass"),
    Mutant("after a restored hub what others wrote since is overwritten", FIRST,
           "common = theirs is not None and int(str(theirs[-1])) <= rev",
           "common = theirs is not None"),
)  # fmt: skip


def main() -> int:
    """Try them, some at once; the exit code is the number of those that nobody noticed."""
    wanted = [each for each in MUTANTS if all(word in each.name for word in sys.argv[1:])]
    if (verdict := try_out(None)).caught:
        say(f"The program as it is does not pass: {verdict.by}")
        return 1
    missed = 0
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        for mutant, verdict in zip(wanted, pool.map(try_out, wanted), strict=True):
            word = "CAUGHT" if verdict.caught else "MISSED"
            missed += not verdict.caught
            say(f"{word} {verdict.seconds:4.0f} s  {mutant.name}\n        {verdict.by}")
    say(f"{len(wanted) - missed} of {len(wanted)} caught")
    return missed


def say(words: str) -> None:
    print(words, flush=True)  # noqa: T201 -- a script, not a test


def try_out(mutant: Mutant | None) -> Verdict:
    """First the oracle alone, then the fixed cases. Without a mutant nothing may be found."""
    start = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="mutant-") as name:
        folder = Path(name)
        for part in COPIED:
            _copy(ROOT / part, folder / part)
        if mutant:
            put_in(mutant, folder / "demoexam" / mutant.file)
        tried = ((MACHINE, "oracle"), (FIXED, "fixed case"))
        said = next(filter(None, (_broken(folder, files, kind) for files, kind in tried)), "")
    return Verdict(bool(said), said or "-", time.monotonic() - start)


def put_in(mutant: Mutant, file: Path) -> None:
    source = file.read_text(encoding="utf-8")
    assert source.count(mutant.old) == 1, f"not found once in {mutant.file}: {mutant.old}"
    file.write_text(source.replace(mutant.old, mutant.new), encoding="utf-8")


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        ignored = shutil.ignore_patterns("__pycache__", "ui", "documents")
        shutil.copytree(source, target, ignore=ignored)
    else:
        shutil.copy(source, target)


def _broken(folder: Path, files: Sequence[str], kind: str) -> str:
    """The assertion that failed, if one did; a checker that merely crashed has caught nothing."""
    command = [
        sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "-k", ON_FILE,
        "--tb=short", *(f"tests/sync/{name}" for name in files),
    ]  # fmt: skip
    env = os.environ | {"DEMOEXAM_EXAMPLES": str(EXAMPLES), "DEMOEXAM_SHRINK": "0"}
    env.pop("PYTHONPATH", None)
    try:
        run = subprocess.run(
            command, cwd=folder, env=env, capture_output=True, encoding="utf-8", timeout=SECONDS,
            check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return ""
    if found := re.search(r"^E +(?:AssertionError:? ?|(?=assert ))(.*)$", run.stdout, re.MULTILINE):
        test = re.search(r"^FAILED \S+::(\S+)", run.stdout, re.MULTILINE)
        return f"{kind} {test[1] if test else ''}: {found[1][:110]}"
    return ""


if __name__ == "__main__":
    sys.exit(main())
