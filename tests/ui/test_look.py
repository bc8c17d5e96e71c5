"""Tokens, icons, charts, the crash dialog and the guide: what the window is made of."""

import re
from fractions import Fraction
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from demoexam import settings
from demoexam.ui import crash_dialog, icons, theme
from demoexam.ui.charts import Bar, Columns, Gauge, HBars, MonthLoad, Years, YearShare
from demoexam.ui.help_window import HelpWindow
from demoexam.ui.tokens import DARK, LIGHT, Tone
from demoexam.ui.widgets import Button, Chip, IconLabel, Segments

ICONS = settings.resources() / "icons"
SOURCES = Path(__file__).parents[2] / "demoexam"


def luminance(colour):
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_text_is_legible_on_its_ground(tokens):
    for text in (tokens.text, tokens.muted, tokens.faint):
        assert contrast(text, tokens.card) >= 4.5
        assert contrast(text, tokens.bg) >= 4.5
    for tone in Tone:
        text, ground = getattr(tokens, f"{tone}_text"), getattr(tokens, f"{tone}_bg")
        assert contrast(text, ground) >= 4.5, tone
    assert contrast(tokens.on_accent, tokens.accent) >= 4.5
    assert contrast(tokens.field, tokens.card) >= 3


def test_every_icon_named_in_the_window_is_shipped():
    shipped = {file.stem for file in ICONS.glob("*.svg")}
    calls = re.compile(
        r'(?:IconLabel|Sign|show_icon|EmptyState|icons\.(?:icon|pixmap))\(\s*"([a-z0-9-]+)"'
    )
    used = set()
    for source in SOURCES.rglob("*.py"):
        used |= set(calls.findall(source.read_text(encoding="utf-8")))
    assert len(used) > 15
    assert used <= shipped


def test_icons_take_the_colour_of_the_theme(qapp):
    def ink():
        image = icons.pixmap("house", "accent", 24).toImage()
        places = ((x, y) for x in range(image.width()) for y in range(image.height()))
        return max((image.pixelColor(*place) for place in places), key=lambda c: c.alpha()).name()

    assert ink().upper() == LIGHT.accent
    theme.apply(qapp, "dark")
    try:
        assert ink().upper() == DARK.accent
    finally:
        theme.apply(qapp, "light")


def test_the_size_of_letters_is_the_users(qapp):
    theme.apply(qapp, "light", 130)
    try:
        label = QLabel("Обзор")
        label.ensurePolished()
        assert label.font().pixelSize() == 17
    finally:
        theme.apply(qapp, "light")


def test_charts_say_their_numbers(qtbot):
    gauge, years, bars, columns = Gauge(), Years(), HBars("Доля по отраслям"), Columns()
    for chart in (gauge, years, bars, columns):
        qtbot.addWidget(chart)
        chart.resize(500, 180)
    gauge.show_share(Fraction(418, 651), 70)
    years.show_years([YearShare(2022, Fraction(1, 2), 50), YearShare(2023, None, 60, running=True)])
    bars.show_bars([Bar("Металлургия", Fraction(91, 122), "91 / 122"), Bar("Прочие", None)], 70)
    columns.show_months([MonthLoad("май", 58, 14, current=True), MonthLoad("июн", 0, 78)])

    assert gauge.accessibleName() == "Доля 64,2\u00a0%, цель 70 %"
    assert "2022: 50,0\u00a0% при цели 50 %; 2023: нет данных" in years.accessibleName()
    assert "Металлургия 74,6\u00a0%; Прочие нет данных" in bars.accessibleName()
    assert columns.accessibleName() == "Экзамены по месяцам: май 72; июн 78"


def test_a_met_target_is_green_and_a_missed_one_is_hatched(qtbot):
    gauge = Gauge()
    qtbot.addWidget(gauge)
    gauge.resize(400, 60)

    def colours():
        image = gauge.grab().toImage()
        return {image.pixelColor(x, 29).name().upper() for x in range(image.width())}

    gauge.show_share(Fraction(8, 10), 70)
    assert LIGHT.ok in colours()
    gauge.show_share(Fraction(5, 10), 70)
    assert LIGHT.ok not in colours()
    assert LIGHT.accent in colours()


def test_empty_charts_are_drawn_too(qtbot):
    for chart in (Gauge(), Years(), HBars("Доля"), Columns()):
        qtbot.addWidget(chart)
        chart.resize(300, 150)
        chart.grab()


def test_segments_and_chips_tell_what_was_taken(qtbot):
    segments = Segments([("a", "По лицам"), ("b", "По реестру")])
    chip = Chip("Сторона", [(None, "все"), ("e", "Работодатель")])
    for widget in (segments, chip):
        qtbot.addWidget(widget)
    taken = []
    segments.chosen.connect(taken.append)
    chip.chosen.connect(taken.append)
    segments._group.button(1).click()
    chip.menu().actions()[1].trigger()
    assert taken == ["b", "e"]
    assert chip.text().strip() == "Сторона: Работодатель"
    chip.reset()
    assert (chip.value(), chip.text().strip()) == (None, "Сторона: все")


def test_buttons_and_icons_follow_the_theme(qtbot, qapp):
    button, sign = Button("Печать", "printer"), IconLabel("clock", "warn")
    for widget in (button, sign):
        qtbot.addWidget(widget)
    before = sign.pixmap().cacheKey()
    theme.apply(qapp, "dark")
    try:
        assert sign.pixmap().cacheKey() != before
    finally:
        theme.apply(qapp, "light")


def test_a_bug_is_logged_without_the_words_that_may_hold_a_name(qtbot):
    with pytest.raises(ValueError, match="Иванов") as raised:
        int("Иванов Иван Иванович, +7 900 000-00-00")
    caught = raised.value
    crash_dialog.write_log(crash_dialog.trace(caught))
    box = crash_dialog.show_crash(caught)
    qtbot.addWidget(box)

    log = settings.log_file().read_text(encoding="utf-8")
    assert "ValueError" in log
    assert "test_look.py" in log
    assert "Иванов" not in log
    assert "Иванов" not in box.detailedText()
    assert "Сохранённые данные целы" in box.informativeText()
    box.close()


def test_a_log_that_cannot_be_written_stops_nobody(home):
    home.parent.mkdir(exist_ok=True)
    home.write_text("not a folder", encoding="utf-8")
    crash_dialog.write_log("entry")
    assert home.read_text(encoding="utf-8") == "not a folder"


def test_the_guide_shows_every_chapter(qtbot):
    guide = HelpWindow()
    qtbot.addWidget(guide)
    assert guide.list.count() >= 5
    for number in range(guide.list.count()):
        guide.list.setCurrentRow(number)
        assert guide.list.item(number).text() in guide.text.toPlainText()


def test_the_application_is_the_same_for_all_tests(qapp):
    assert isinstance(qapp, QApplication)
    assert not theme.tokens().dark
