"""Opening a store for the window: the store, and the few facts its frame shows at once."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from demoexam.services.college.college import found_college, set_target
from demoexam.services.plan.overview import college_name, is_sample, working_year
from demoexam.store.opening import create_store, open_store
from demoexam.store.store import Store
from demoexam.store.undo import CREATION

Opened = tuple[Store, int, str, bool]  # the store, the year to show, the college, invented data?


def open_for_window(path: Path, *, client: str) -> Opened:
    """Open an existing store."""
    return _facts(open_store(path, client=client))


def create_for_window(
    path: Path, *, client: str, college: str, targets: Mapping[int, int]
) -> Opened:
    """Make a store; the college may stay unnamed until the first file names it."""
    store = create_store(path, client=client)
    try:
        with store.transaction(CREATION) as session:
            if college:
                found_college(session, name=college)
            for year, percent in targets.items():
                set_target(session, year=year, percent=percent)
    except BaseException:
        store.close()
        raise
    return _facts(store)


def sample_for_window(path: Path, *, client: str) -> Opened:
    """Open the store of invented data, making it on first use."""
    if path.exists():
        return open_for_window(path, client=client)
    from demoexam.services.sample.sample import fill_sample

    store = create_store(path, client=client)
    try:
        with store.transaction(CREATION) as session:
            fill_sample(session, today=date.today())
    except BaseException:
        store.close()
        path.unlink(missing_ok=True)
        raise
    return _facts(store)


def _facts(store: Store) -> Opened:
    with store.reading() as session:
        year = working_year(session, date.today())
        return store, year, college_name(session), is_sample(session)
