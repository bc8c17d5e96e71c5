"""Where the data lives: one SQLite file, its triggers, its journal."""
