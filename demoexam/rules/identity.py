"""Who is who: normal forms and checks of texts, INN, SNILS, phones and e-mail addresses."""

import re
import unicodedata
from functools import lru_cache
from operator import mul
from typing import Final, NamedTuple

_LATIN: Final = "AaBCcEeHKMOoPpTXxyukmt"
_CYRILLIC: Final = "АаВСсЕеНКМОоРрТХхуикмт"
LOOKALIKES: Final = str.maketrans(_LATIN, _CYRILLIC)
_FOLDED_LOOKALIKES: Final = str.maketrans("aeopcxyktmhb", "аеорсхуктмнв")
_CYRILLIC_LETTER: Final = re.compile("[А-Яа-яЁё]")
_LATIN_LETTER: Final = re.compile("[A-Za-z]")
_EXCEL_ESCAPE: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
_PLAIN_WORDS: Final = re.compile("[А-Яа-яЁё]+(?: [А-Яа-яЁё]+)*")
_USUAL_PHONE: Final = re.compile(
    r"(?:\+7|8)[ -]?\(?([0-9]{3})\)?[ -]?([0-9]{3})[ -]?([0-9]{2})[ -]?([0-9]{2})"
)
_USUAL_EMAIL: Final = re.compile(
    r"[A-Za-z0-9][A-Za-z0-9._+-]*@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}"
)
_USUAL_SNILS: Final = re.compile("[0-9]{3}-[0-9]{3}-[0-9]{3} [0-9]{2}")
_NOT_DIGITS: Final = re.compile("[^0-9]+")
_QUOTES: Final = re.compile("[«»\"“”„‟'`’‘]")
_NOT_WORD: Final = re.compile(r"[^\w@+№]+")

_INN_WEIGHTS: Final = {
    10: ((2, 4, 10, 3, 5, 9, 4, 6, 8),),
    12: ((7, 2, 4, 10, 3, 5, 9, 4, 6, 8), (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)),
}
_SNILS_LENGTH: Final = 11
_SNILS_WEIGHTS: Final = (9, 8, 7, 6, 5, 4, 3, 2, 1)
_SNILS_ZEROS: Final = ord("0") * sum(_SNILS_WEIGHTS)  # digits are weighed as characters
_SNILS_CHECKED_ABOVE: Final = 1_001_998
_PHONE_DIGITS: Final = 10
_FOREIGN_PHONE: Final = range(10, 16)
_EMAIL: Final = re.compile(r"[^@\s,;<>()]+@[^@\s,;<>()]+")
_LABEL: Final = re.compile(r"[^\W_](?:[\w-]*[^\W_])?")


class Reading(NamedTuple):
    """What a text meant: its normal form, or the code of what is wrong with it."""

    value: str = ""
    problem: str = ""


_NOTHING: Final = Reading()


def clean_lines(text: str) -> str:
    """Composed letters, no invisible characters, single spaces; line breaks are kept."""
    if _is_clean(text):
        return text  # as most cells are
    text = _EXCEL_ESCAPE.sub(lambda code: chr(int(code[1], 16)), text)
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    kept = (
        " " if letter.isspace() and letter != "\n" else letter
        for letter in text
        if letter in "\n\t" or unicodedata.category(letter) not in ("Cf", "Cc", "Cs")
    )
    lines = (re.sub(" +", " ", line).strip() for line in "".join(kept).split("\n"))
    return "\n".join(line for line in lines if line)


def _is_clean(text: str) -> bool:
    return (
        text.isprintable()  # of all spaces and invisible characters only " " counts as such
        and "  " not in text
        and "_x" not in text
        and text == text.strip()
        and (text.isascii() or unicodedata.is_normalized("NFC", text))
    )


def clean(text: str) -> str:
    """`clean_lines` on one line."""
    if _is_clean(text):
        return text
    return clean_lines(text).replace("\n", " ")


def cyrillic(word: str) -> str:
    """The word with Latin look-alikes replaced, if it is a Russian word at heart."""
    if not _LATIN_LETTER.search(word):
        return word
    replaced = word.translate(LOOKALIKES)
    if _LATIN_LETTER.search(replaced) and not _CYRILLIC_LETTER.search(word):
        return word
    return replaced


@lru_cache(maxsize=65_536)
def fold_key(text: str) -> str:
    """The form in which names are compared: lower case, ё as е, look-alikes Cyrillic, no marks."""
    if _PLAIN_WORDS.fullmatch(text):
        return text.lower().replace("ё", "е")
    folded = clean(text).lower().replace("ё", "е").translate(_FOLDED_LOOKALIKES)
    return " ".join(_NOT_WORD.sub(" ", _QUOTES.sub("", folded)).split())


def one_slip(left: str, right: str) -> bool:
    """Whether the words differ by one letter: changed, lost, added, or two swapped."""
    if left == right or abs(len(left) - len(right)) > 1:
        return False
    start = next((i for i, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), None)
    if start is None:
        return True
    a, b = left[start:], right[start:]
    swapped = a[:2] == b[1::-1] and a[2:] == b[2:] and len(a) > 1
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or swapped


def _digits(text: str) -> str:
    return _NOT_DIGITS.sub("", text)


def valid_inn(inn: str) -> bool:
    """Length and control digits of an organization's (10) or a person's (12) number."""
    if not inn.isdecimal() or len(inn) not in _INN_WEIGHTS or int(inn) == 0:
        return False
    return all(
        sum(int(digit) * weight for digit, weight in zip(inn, weights, strict=False)) % 11 % 10
        == int(inn[len(weights)])
        for weights in _INN_WEIGHTS[len(inn)]
    )


def read_inn(text: str) -> Reading:
    """An INN; the leading zero that a spreadsheet lost is put back when the sum agrees."""
    if not text:
        return _NOTHING
    digits = _digits(text)
    if not digits:
        return Reading(problem="inn_length" if clean(text).strip("-–—… .") else "")
    for length in _INN_WEIGHTS:
        if len(digits) in (length - 1, length) and valid_inn(digits.zfill(length)):
            return Reading(digits.zfill(length))
    return Reading(problem="inn_checksum" if len(digits) in _INN_WEIGHTS else "inn_length")


def valid_snils(snils: str) -> bool:
    """Control number of eleven digits; low old numbers have none (domain.md 5.2)."""
    if not snils.isdecimal() or len(snils) != _SNILS_LENGTH:
        return False
    number, control = snils[:9], int(snils[9:])
    if int(number) <= _SNILS_CHECKED_ABOVE:
        return int(number) > 0
    plain = number if number.isascii() else f"{int(number):09}"
    total: int = sum(map(mul, plain.encode(), _SNILS_WEIGHTS)) - _SNILS_ZEROS
    return total % 101 % 100 == control


def read_snils(text: str) -> Reading:
    """Eleven digits. A number cell may have lost its leading zeros."""
    if not text:
        return _NOTHING
    if _USUAL_SNILS.fullmatch(text):
        digits = text.replace("-", "").replace(" ", "")
        return Reading(digits) if valid_snils(digits) else Reading(problem="snils_checksum")
    digits = _digits(text)
    if not digits:
        return Reading(problem="snils_length" if clean(text).strip("-–—… .") else "")
    bare = digits == clean(text)
    padded = digits.zfill(_SNILS_LENGTH) if bare and len(digits) >= _SNILS_LENGTH - 2 else digits
    if len(padded) != _SNILS_LENGTH:
        return Reading(problem="snils_length")
    return Reading(padded) if valid_snils(padded) else Reading(problem="snils_checksum")


def _one_phone(text: str) -> str:
    digits = _digits(text)
    if text.lstrip(" (").startswith("+") and not digits.startswith("7"):
        return f"+{digits}" if len(digits) in _FOREIGN_PHONE else ""
    if len(digits) > _PHONE_DIGITS and digits[0] in "78":
        digits = digits[1:]
    if len(digits) > _PHONE_DIGITS + 1 and digits[_PHONE_DIGITS] in "78":
        digits = digits[:_PHONE_DIGITS]  # two numbers written in one breath
    return f"+7{digits}" if len(digits) == _PHONE_DIGITS else ""


def read_phone(text: str) -> Reading:
    """+7XXXXXXXXXX of the first number in the cell, without its extension."""
    if usual := _USUAL_PHONE.fullmatch(text):
        return Reading(f"+7{''.join(usual.groups())}")
    cleaned = clean_lines(text)
    if not cleaned.strip("-–—… ."):
        return _NOTHING
    for part in re.split(r"[;,\n/]|\s(?=\+)", cleaned):
        number = re.split(r"доб|вн\.|ext", part, flags=re.IGNORECASE)[0]
        if phone := _one_phone(re.sub(r"^[^\d+(]*", "", number)):
            return Reading(phone)
    return Reading(problem="phone_invalid")


def _good_domain(domain: str) -> bool:
    labels = domain.split(".")
    return len(labels) > 1 and all(
        _LABEL.fullmatch(label)
        and not (_LATIN_LETTER.search(label) and _CYRILLIC_LETTER.search(label))
        for label in labels
    )


def read_email(text: str) -> Reading:
    """The first address in the cell; Cyrillic domains are allowed, mixed scripts are not."""
    if _USUAL_EMAIL.fullmatch(text):
        return Reading(text)
    cleaned = clean(text)
    if not cleaned.strip("-–—… ."):
        return _NOTHING
    first = re.split(r"[;,\s]", cleaned.removeprefix("mailto:").strip("<> "))[0].rstrip(".")
    if not _EMAIL.fullmatch(first) or not _good_domain(first.rpartition("@")[2]):
        return Reading(problem="email_invalid")
    return Reading(first)
