from concurrent.futures import ThreadPoolExecutor
from threading import Event, get_ident

import pytest

from demoexam.ui.tasks import Task


@pytest.fixture
def executor():
    with ThreadPoolExecutor(max_workers=1) as executor:
        yield executor


def finished(task, executor, qtbot):
    """Run to the end; returns what was told, in order, with the thread that told it."""
    told = []
    for name in ("succeeded", "failed", "ended"):
        getattr(task, name).connect(lambda *facts, name=name: told.append((name, *facts)))
    task.start(executor)
    qtbot.waitUntil(lambda: bool(told) and told[-1] == ("ended",))
    return told


def test_result_and_progress_arrive_on_the_gui_thread(executor, qtbot):
    seen = []
    task = Task(lambda progress: sum(progress.each([1, 2, 3])))
    task.progressed.connect(lambda done, total: seen.append((done, total, get_ident())))

    assert finished(task, executor, qtbot) == [("succeeded", 6), ("ended",)]
    assert seen[-1] == (3, 3, get_ident())


def test_cancelled_task_ends_without_a_result(executor, qtbot):
    started = Event()

    def job(progress):
        for _ in progress.each(range(100_000)):
            started.set()
            Event().wait(0.001)

    task, told = Task(job), []
    task.succeeded.connect(lambda _result: told.append("succeeded"))
    task.ended.connect(lambda: told.append("ended"))
    task.start(executor)
    started.wait(1)
    task.cancel()
    qtbot.waitUntil(lambda: bool(told))

    assert told == ["ended"]


def test_failure_reaches_the_gui_with_its_cause(executor, qtbot):
    def job(progress):
        raise OSError("disk full")

    (failed, error), ended = finished(Task(job), executor, qtbot)

    assert (failed, str(error), ended) == ("failed", "disk full", ("ended",))


def test_a_thousand_tasks_leave_nothing_behind(executor, qtbot):
    done = []
    for number in range(1000):
        task = Task(lambda _progress, number=number: number)
        task.succeeded.connect(done.append)
        task.start(executor)
    qtbot.waitUntil(lambda: len(done) == 1000)

    assert done == list(range(1000))
