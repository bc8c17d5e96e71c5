"""The papers of exams: what they are filled with, their templates, packages and register."""
