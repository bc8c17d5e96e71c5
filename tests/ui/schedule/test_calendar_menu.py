"""The board's menu saves the year for a calendar."""

from PySide6.QtWidgets import QFileDialog


def test_the_year_is_saved_from_the_menu(desk, tmp_path):
    extras = {one.text: one.run for one in desk.page.extras()}
    extras["Год в календарь (ics)…"]()
    (asked,) = [one for one in desk.window.findChildren(QFileDialog) if one.isVisible()]
    asked.fileSelected.emit(str(tmp_path / "год.ics"))
    asked.reject()
    desk.settle()
    words = (tmp_path / "год.ics").read_text("utf-8")
    assert f"UID:{desk.season.first.id}-1@demoexam" in words
    assert desk.season.waiting.id not in words
    assert "В календарь: " in desk.window.status.words.text()
