"""The college's own facts and calendar."""
