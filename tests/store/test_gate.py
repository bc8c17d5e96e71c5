"""A store's file is replaced while nobody uses it, and everybody goes on with the new one."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from threading import Event

from sqlalchemy import func, select

from demoexam.models.organizations import Organization
from demoexam.rules.terms import OrganizationKind


def test_sessions_wait_for_the_new_file_and_see_it(store, blank_store):
    with store.transaction("правка") as session:
        session.add(Organization(kind=OrganizationKind.OTHER, short_name="Музей"))
    shut, replaced = Event(), Event()

    def replace() -> None:
        with store.at_rest() as path:
            shut.set()
            assert not replaced.wait(0.2)
            path.unlink()
            for suffix in ("-wal", "-shm"):
                path.with_name(path.name + suffix).unlink(missing_ok=True)
            shutil.copyfile(blank_store, path)

    def count() -> int:
        shut.wait(5)
        with store.reading() as session:
            replaced.set()
            return session.scalar(select(func.count()).select_from(Organization))

    with ThreadPoolExecutor(2) as threads:
        work, seen = threads.submit(replace), threads.submit(count)
        work.result(10)
        assert seen.result(10) == 0


def test_a_session_within_a_session_never_waits_for_a_replacement_that_waits_for_it(store):
    started = Event()

    def replace() -> None:
        started.set()
        with store.at_rest():
            pass

    with ThreadPoolExecutor(1) as threads:
        with store.reading():
            work = threads.submit(replace)
            started.wait(5)
            with store.reading() as inner:
                assert inner.scalar(select(1)) == 1
            assert not work.done()
        work.result(10)
