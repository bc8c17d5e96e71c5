"""Tables of the store: columns and keys only; no queries, no rules."""
