"""Fixtures of the shared store's tests."""

from sync.furnished import (  # noqa: F401 -- fixtures by name
    both,
    first_state,
    furnished,
    hindered,
    known,
    office,
    widely,
)
from sync.postgres import postgres_hub, postgres_server  # noqa: F401 -- fixtures by name
from sync.two_desks import (  # noqa: F401 -- fixtures by name
    empty_server,
    small_hub,
    small_store,
    two,
    world,
)
