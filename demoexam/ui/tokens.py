"""Design tokens: the colours of the light and the dark theme, by meaning."""

from enum import StrEnum
from typing import NamedTuple


class Tone(StrEnum):
    """What a colour says; always accompanied by a word or a sign."""

    ACCENT = "accent"  # not at the target yet, planned, ordinary
    OK = "ok"  # target met, ready
    WARN = "warn"  # soon, doubtful
    BAD = "bad"  # cannot go on
    GREY = "grey"  # done, or of no weight
    TEAL = "teal"  # the other kind, beside accent


class Tokens(NamedTuple):
    """One theme. `x` draws signs and bars, `x_bg` fills behind text, `x_text` is text on it."""

    dark: bool
    bg: str
    card: str
    nav: str
    line: str
    edge: str
    field: str
    text: str
    muted: str
    faint: str
    track: str
    hover: str
    bar: str
    accent: str
    accent_bg: str
    accent_text: str
    on_accent: str
    ok: str
    ok_bg: str
    ok_text: str
    warn: str
    warn_bg: str
    warn_text: str
    bad: str
    bad_bg: str
    bad_text: str
    grey: str
    grey_bg: str
    grey_text: str
    teal: str
    teal_bg: str
    teal_text: str
    violet: str
    violet_bg: str
    violet_text: str
    pink: str
    pink_bg: str
    pink_text: str


LIGHT = Tokens(
    dark=False,
    bg="#F5F6F8", card="#FFFFFF", nav="#FFFFFF", line="#E4E7EC", edge="#CDD3DC", field="#87909F",
    text="#1A2130", muted="#5B6575", faint="#667080",
    track="#E9ECF1", hover="#F0F2F6", bar="#B9C3D3",
    accent="#2563C9", accent_bg="#E9F0FC", accent_text="#1D4FA3", on_accent="#FFFFFF",
    ok="#1E8A4C", ok_bg="#E4F4EA", ok_text="#17603A",
    warn="#B25E09", warn_bg="#FDF1DF", warn_text="#8A4706",
    bad="#CF2A1E", bad_bg="#FDEBE9", bad_text="#93190F",
    grey="#7A8495", grey_bg="#E9ECF1", grey_text="#4A5362",
    teal="#0F7B83", teal_bg="#DDF2F3", teal_text="#0B555B",
    violet="#6B45BC", violet_bg="#EFE8FB", violet_text="#4A2D8A",
    pink="#B03A7C", pink_bg="#FBE7F2", pink_text="#7D2456",
)  # fmt: skip

DARK = Tokens(
    dark=True,
    bg="#14171D", card="#1C2028", nav="#181B22", line="#2B313C", edge="#3B4350", field="#717B8C",
    text="#E8EBF1", muted="#A4ADBB", faint="#8C96A6",
    track="#2A303B", hover="#242A34", bar="#566175",
    accent="#6EA0F5", accent_bg="#22304B", accent_text="#A9C6FB", on_accent="#0F1726",
    ok="#4CC07C", ok_bg="#1A3326", ok_text="#98E0B5",
    warn="#E3A04B", warn_bg="#3A2C17", warn_text="#F3C78B",
    bad="#F0736A", bad_bg="#43211F", bad_text="#FFB4AB",
    grey="#8C96A6", grey_bg="#2A303B", grey_text="#C3CAD6",
    teal="#49B8BF", teal_bg="#15363A", teal_text="#9BDDE1",
    violet="#A58BEA", violet_bg="#2F2650", violet_text="#CDBBFA",
    pink="#E07FB5", pink_bg="#452138", pink_text="#F7BEDD",
)  # fmt: skip
