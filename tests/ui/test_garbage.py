"""Cycles are looked for on the GUI thread, but not beside a long list that is held open."""

import gc
import weakref

from demoexam.ui import garbage


class Knot:
    def __init__(self):
        self.itself = self


def test_a_postponed_look_is_made_once_the_owner_resumes():
    gc.disable()
    try:
        owner = object()
        knot = weakref.ref(Knot())
        garbage.postpone(owner)
        garbage.collect()
        assert knot() is not None

        garbage.resume(owner)
        garbage.collect()
        assert knot() is None
    finally:
        gc.enable()


def test_an_owner_who_forgets_to_resume_does_not_stop_it_for_good(monkeypatch):
    garbage.postpone(owner := object())
    late = garbage.monotonic() + garbage.LONGEST_SECONDS + 1
    monkeypatch.setattr(garbage, "monotonic", lambda: late)
    knot = weakref.ref(Knot())
    garbage.collect()
    assert knot() is None
    garbage.resume(owner)
