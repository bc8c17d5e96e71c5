"""Single records: their rules, words, history and erasure."""
