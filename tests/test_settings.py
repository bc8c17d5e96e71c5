"""Settings of this computer: kept, and harmless when damaged."""

from demoexam import settings
from demoexam.settings import LocalSettings


def test_settings_are_kept_between_starts(home):
    first = LocalSettings.load()
    first.theme, first.font_scale = "dark", 125
    first.save()
    assert LocalSettings.load() == first


def test_a_damaged_file_gives_the_defaults(home):
    LocalSettings().save()
    for content in ("{", "[]", '{"theme": 5, "font_scale": "big", "unknown": 1}'):
        (home / "settings.json").write_text(content, encoding="utf-8")
        loaded = LocalSettings.load()
        assert (loaded.theme, loaded.font_scale) == ("system", 100)


def test_the_client_has_an_id_of_its_own():
    assert LocalSettings().client_id != LocalSettings().client_id
    assert LocalSettings.load().client_id == LocalSettings.load().client_id


def test_everything_lies_in_the_data_folder(home):
    assert settings.default_store().parent == home
    assert settings.log_file().is_relative_to(home)
    assert (settings.resources() / "reference").is_dir()
