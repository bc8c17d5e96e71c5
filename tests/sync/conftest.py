"""Fixtures of the shared store's tests."""

from sync.postgres import postgres_hub, postgres_server  # noqa: F401 -- fixtures by name
