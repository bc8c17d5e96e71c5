"""Study groups of a file by any spelling of their names."""

from import_lists import csv_file
from import_truth import TODAY
from sqlalchemy import select

from demoexam.exchange.reading import read_book
from demoexam.models.groups import StudyGroup
from demoexam.services.imports.imports import import_file


def test_one_group_in_several_spellings_is_one(store, tmp_path):
    path = csv_file(
        tmp_path / "группы.csv",
        ("Студент", "Группа"),
        ("Абрамов Илья Сергеевич", "ПКД-41"),
        ("Белова Анна Олеговна", "пкд 41"),
        ("Ким Дарья Ильинична", "ПКД41"),
        ("Орлов Олег Олегович", "ПКД 4-1"),
    )
    import_file(store, path, today=TODAY, read=read_book)
    with store.reading() as session:
        found = session.scalars(select(StudyGroup)).all()
        assert sorted((each.name, each.head_count) for each in found) == [
            ("ПКД 4-1", 1),
            ("ПКД-41", 3),
        ]
