from threading import Event, Timer, current_thread

from sqlalchemy import select

from demoexam.errors import Refused
from demoexam.models.organizations import Organization
from demoexam.rules.terms import OrganizationKind
from demoexam.ui.workspace import Workspace


def found(session, *, name):
    organization = Organization(kind=OrganizationKind.EMPLOYER, short_name=name)
    session.add(organization)
    session.flush()
    return organization.id


def names(workspace):
    query = select(Organization.short_name).where(Organization.live())
    return workspace.read(lambda session: session.scalars(query).all())


def test_a_write_is_committed_and_its_tables_are_told(workspace, qtbot):
    answers = []
    with qtbot.waitSignal(workspace.changed) as changed, qtbot.waitSignal(workspace.performed):
        workspace.perform(
            found, operation="новая организация", on_done=answers.append, name="АО «Вектор»"
        )
    assert "organization" in changed.args[0]
    assert "АО «Вектор»" in names(workspace)
    assert len(answers[0]) == 36


def test_a_refusal_changes_nothing_and_is_told_with_its_advice(workspace, qtbot):
    def refuse(session):
        found(session, name="АО «Лишнее»")
        raise Refused("Так нельзя.", "Сделайте иначе.")

    with (
        qtbot.assertNotEmitted(workspace.changed),
        qtbot.waitSignal(workspace.refused) as refused,
    ):
        workspace.perform(refuse, operation="лишнее")

    (error,) = refused.args
    assert (str(error), error.hint) == ("Так нельзя.", "Сделайте иначе.")
    assert "АО «Лишнее»" not in names(workspace)


def test_a_bug_reaches_the_exception_hook(workspace, qtbot):
    def broken(session):
        raise ZeroDivisionError

    with qtbot.captureExceptions() as caught:
        workspace.perform(broken, operation="ошибка")
        qtbot.waitUntil(lambda: bool(caught))

    assert caught[0][0] is ZeroDivisionError


def test_writes_run_one_after_another_on_the_store_worker(workspace, qtbot):
    order = []

    def note(session, *, number):
        order.append((number, current_thread().name))

    for number in range(5):
        workspace.perform(note, operation="запись", number=number)
    qtbot.waitUntil(lambda: len(order) == 5)

    assert [number for number, _ in order] == [0, 1, 2, 3, 4]
    assert len({thread for _, thread in order}) == 1


def test_of_several_loads_in_a_slot_only_the_last_answers(workspace, qtbot):
    shown, first_runs, go_on = [], Event(), Event()

    def slow(session):
        first_runs.set()
        go_on.wait(2)
        return "late"

    workspace.load(slow, shown.append, slot="rows")
    first_runs.wait(2)
    workspace.load(lambda session: "fresh", shown.append, slot="rows")
    go_on.set()
    qtbot.waitUntil(lambda: bool(shown))
    qtbot.wait(20)

    assert shown == ["fresh"]


def test_undo_and_redo_take_back_and_bring_back(workspace, qtbot):
    with qtbot.waitSignal(workspace.performed):
        workspace.perform(found, operation="новая организация", name="АО «Заря»")
    with qtbot.waitSignal(workspace.performed) as told, qtbot.waitSignal(workspace.changed):
        workspace.undo()
    assert told.args == ["Отменено: новая организация"]
    assert "АО «Заря»" not in names(workspace)

    with qtbot.waitSignal(workspace.performed):
        workspace.redo()
    assert "АО «Заря»" in names(workspace)


def test_undo_of_nothing_says_so(workspace, qtbot):
    with qtbot.waitSignal(workspace.refused) as refused:
        workspace.undo()
    assert str(refused.args[0]) == "Отменять нечего."


def test_closing_writes_what_still_waits_to_be_written(store, qapp):
    workspace, first = Workspace(store), Event()

    def add(session, name):
        first.wait(2)
        session.add(Organization(kind=OrganizationKind.EMPLOYER, short_name=name))

    for number in range(3):
        workspace.perform(add, operation="новая организация", name=f"АО «{number}»")
    Timer(0.2, first.set).start()
    workspace.close()
    with store.reading() as session:
        assert {"АО «0»", "АО «1»", "АО «2»"} <= set(
            session.scalars(select(Organization.short_name))
        )


def test_closing_cancels_the_running_work_and_waits_for_it(store, qapp):
    workspace, started, steps = Workspace(store), Event(), []

    def job(progress):
        for step in progress.each(range(10_000)):
            started.set()
            steps.append(step)
            Event().wait(0.001)

    workspace.run(job, title="долгая работа")
    assert started.wait(2)
    workspace.close()

    assert 0 < len(steps) < 10_000


def test_of_several_looks_in_one_slot_those_nobody_waits_for_are_left_out(workspace, qtbot):
    first, looked, told = Event(), [], []
    workspace.load(lambda _session: first.wait(5), told.append)
    for number in range(3):
        workspace.load(lambda _session, n=number: looked.append(n) or n, told.append, slot="one")
    first.set()
    qtbot.waitUntil(lambda: not workspace._running)
    assert (looked, told) == ([2], [True, 2])
