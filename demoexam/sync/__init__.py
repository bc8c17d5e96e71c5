"""Our copy and the shared one: what each has that the other has not, merged and nothing lost."""
