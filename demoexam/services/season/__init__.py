"""The season on one board: its moves, versions and reports."""
