"""Rows of a roster become people, with everything wrong about each of them listed."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from demoexam.exchange.cells import Line, Place, Value, as_text
from demoexam.exchange.dates import FOREVER, read_date
from demoexam.exchange.fields import (
    read_count,
    read_flag,
    read_kit_codes,
    read_org_kind,
    read_specialty_codes,
)
from demoexam.exchange.headings import (
    Headings,
    Meaning,
    organization_in,
    organization_of_sheet,
    role_of,
    side_of,
    split_work,
)
from demoexam.exchange.lines import data_lines
from demoexam.exchange.lost_cells import FORMULA
from demoexam.exchange.organizations import OrganizationName, read_organization, read_organizations
from demoexam.exchange.person_cells import read_certificate, split_person
from demoexam.exchange.table import Table
from demoexam.exchange.values import FIELD, INFO, ROW, Finding, PersonRow
from demoexam.rules.full_names import NameReading, read_full_name, read_name_parts
from demoexam.rules.identity import (
    Reading,
    clean,
    clean_lines,
    read_email,
    read_inn,
    read_phone,
    read_snils,
)

_ERROR: Final = re.compile(
    r"#(?:N/A|Н/Д|REF!|ССЫЛКА!|VALUE!|ЗНАЧ!|NAME\?|ИМЯ\?|DIV/0!|ДЕЛ/0!|NUM!|ЧИСЛО!|NULL!|ПУСТО!)"
)
_ADDRESS: Final = re.compile(r"[^\s,;]+@[^\s,;]+")
_QUOTES: Final = '«"“„'
_LOST: Final = frozenset({"error_cell", "formula_cell"})
LONGEST_TEXT: Final = 300


@dataclass
class RowReader:
    """Reads the cells of one line and notes what is wrong with them."""

    table: Table
    line: Line
    today: date
    findings: list[Finding] = field(default_factory=list)
    aside: str = ""  # what the cell of the name says beside it

    @property
    def place(self) -> Place:
        return Place(self.table.sheet, self.line.number, self.table.origin)

    def note(self, reason: str, name: str, bad: str = "", level: str = FIELD) -> None:
        self.findings.append(Finding(self.place, reason, level, name, bad))

    def value(self, name: str) -> Value:
        """The cell; an error of Excel in it is noted and read as nothing."""
        column = self.table.columns.get(name)
        if column is None or column >= len(self.line.cells):
            return None
        value = self.line.cells[column]
        if isinstance(value, str) and "#" in value:
            if _ERROR.match(value.strip()):
                self.note("error_cell", name, value.strip())
                return None
            if value.startswith(FORMULA):
                self.note("formula_cell", name, value.removeprefix(FORMULA).strip())
                return None
        return value

    def values(self, name: str) -> list[Value]:
        """Every cell of a field that may have several columns."""
        return [self.value(name), *self.table.values(self.line, name)[1:]]

    def text(self, name: str) -> str:
        value = self.value(name)
        text = "" if value is None else clean(as_text(value))
        if len(text) > LONGEST_TEXT:
            self.note("too_long", name, level=INFO)
        return text

    def lines(self, name: str) -> str:
        """The cell, or all cells of a field of several columns, with line breaks."""
        value = self.value(name)
        if name not in self.table.more:
            return "" if value is None else clean_lines(as_text(value))
        further = self.table.values(self.line, name)[1:]
        return clean_lines("\n".join(map(as_text, (value, *further))))

    def checked(self, reading: Reading, name: str, raw: str) -> str:
        if reading.problem:
            self.note(reading.problem, name, raw)
        return reading.value

    def day(self, name: str, *, birth: bool = False) -> date | None:
        value = self.value(name)
        if value is None or (isinstance(value, str) and FOREVER.search(value)):
            return None
        reading = read_date(value, today=self.today, birth=birth)
        if reading.problem:
            self.note(reading.problem, name, as_text(value))
        return reading.day

    def flag(self, name: str) -> bool | None:
        value = self.value(name)
        if value is None:
            return None
        answer, problem = read_flag(value)
        if problem:
            self.note(problem, name, as_text(value))
        return answer

    def name(self) -> NameReading:
        """The person's name; a row without one is noted as rejected."""
        if "full_name" in self.table.columns:
            raw = as_text(self.value("full_name"))
            written, self.aside = split_person(raw)
            reading = read_full_name(written)
        else:
            parts = [as_text(self.value(p)) for p in ("last_name", "first_name", "middle_name")]
            raw = " ".join(part for part in parts if part)
            reading = read_name_parts(parts[0], parts[1], parts[2])
        failed = [found for found in self.findings if found.reason in _LOST]
        if reading.name is None and failed:
            self.findings[:] = [replace(failed[0], level=ROW, field="fio")]
        elif reading.problem:
            level = FIELD if reading.name else ROW
            self.note(reading.problem, "fio", clean(raw)[:LONGEST_TEXT], level)
        return reading


def read_people(
    table: Table, *, today: date, specialties: Collection[str] = ()
) -> tuple[list[PersonRow], list[Finding]]:
    """People in the order of the file. `specialties` are the codes that exist."""
    people: list[PersonRow] = []
    findings: list[Finding] = []
    for line, headings in data_lines(table):
        reader = RowReader(table, line, today)
        reading = reader.name()
        if reading.name is not None:
            people.append(_person(reader, reading, headings, specialties))
        findings += reader.findings
    return people, findings


def _person(
    reader: RowReader, reading: NameReading, headings: Headings, specialties: Collection[str]
) -> PersonRow:
    assert reading.name is not None  # noqa: S101 -- the caller skips rows without a name
    phone, email = _contacts(reader)
    codes, kits = _codes(reader, headings, specialties)
    snils = as_text(reader.value("snils"))
    inn = as_text(reader.value("inn"))
    number = reader.checked(read_inn(inn), "inn", inn)
    organizations, post = _work(reader, headings, number)
    certificate = read_certificate(reader.text("certificate"), reader.today)
    return PersonRow(
        place=reader.place,
        name=reading.name,
        is_incomplete=bool(reading.problem),
        organizations=organizations,
        inn=number,
        position=post,
        phone=phone,
        email=email,
        competences=codes,
        kits=kits,
        role=reader.text("role") or role_of(headings.of(Meaning.ROLE)),
        certificate=certificate.number,
        cert_until=reader.day("cert_until") or certificate.until,
        cert_issued=reader.day("cert_issued") or certificate.issued,
        experience=read_count(reader.value("experience")),
        says_employer=_side(reader, headings),
        says_kind=read_org_kind(reader.text("org_kind")),
        consent=reader.flag("consent"),
        birth_date=reader.day("birth_date", birth=True),
        snils=reader.checked(read_snils(snils), "snils", snils),
    )


def _contacts(reader: RowReader) -> tuple[str, str]:
    """Phone and e-mail; a column that holds both gives both."""
    phone, email = reader.lines("phone"), reader.lines("email")
    both = reader.table.columns.keys() & {"phone", "email"}
    if reader.aside and not both:
        found = _ADDRESS.search(reader.aside)
        number = read_phone(_ADDRESS.sub(" ", reader.aside)).value
        return number, read_email(found[0]).value if found else ""
    if len(both) == 1:
        mixed = phone or email
        found = _ADDRESS.search(mixed)
        email = found[0] if found else ("" if "phone" in both else email)
        phone = _ADDRESS.sub(" ", mixed) if "phone" in both or found else ""
        if "phone" not in both and not any(letter.isdigit() for letter in phone):
            phone = ""
    return (
        reader.checked(read_phone(phone), "phone", phone),
        reader.checked(read_email(email), "email", email),
    )


def _codes(
    reader: RowReader, headings: Headings, specialties: Collection[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    value = reader.value("competences")
    if value is None or value == "":
        value = _marked(reader) or headings.of(Meaning.CODES) or _code_of_sheet(reader.table.sheet)
    if not value:
        return (), ()
    codes, unknown = read_specialty_codes(value, specialties)
    kits = read_kit_codes(value)
    if not kits and not unknown:
        return codes, kits
    for code in unknown:
        reader.note("unknown_specialty", "competences", code)
    whole = tuple(dict.fromkeys([*codes, *(kit.split("-")[0] for kit in kits)]))
    return tuple(code for code in whole if not specialties or code in specialties), kits


def _marked(reader: RowReader) -> str:
    """The specialties in whose columns the row has a mark."""
    cells = reader.line.cells
    marks = reader.table.marks
    return " ".join(code for i, code in marks.items() if i < len(cells) and read_flag(cells[i])[0])


def _work(
    reader: RowReader, headings: Headings, inn: str
) -> tuple[tuple[OrganizationName, ...], str]:
    """Where the person works and as what, whichever of the cells tells it."""
    text, post = reader.lines("organization"), reader.text("position")
    if not text and (post or reader.aside):
        text, post = split_work(post or reader.aside)
    if (form := reader.text("form")) and text and not text.startswith(form):
        text = f"{form} {text}" if text[0] in _QUOTES else f"{form} «{text}»"
    named = read_organizations(text)
    if named and not named[0].is_plain and not post:
        after, before = split_work(text)
        named, post = (read_organizations(after), before) if after and before else (named, "")
    if len(named) > 1 and not named[0].is_plain and named[1].is_plain:
        post, named = post or named[0].text, named[1:]
    if not named and (above := read_organization(_heading(headings) or _employer_of_sheet(reader))):
        named = (above,)
    post = post or (named[0].tail if named else "")
    return tuple(_with_inn(named, inn)) if inn else tuple(named), post


def _employer_of_sheet(reader: RowReader) -> str:
    columns = reader.table.columns
    return "" if "organization" in columns else organization_of_sheet(reader.table.sheet)


def _heading(headings: Headings) -> str:
    text = headings.of(Meaning.ORGANIZATION)
    return organization_in(text) or text


def _with_inn(named: Sequence[OrganizationName], inn: str) -> Iterator[OrganizationName]:
    for position, name in enumerate(named):
        number = inn if position == 0 and inn else name.inn
        yield name if name.inn == number else replace(name, inn=number)


def _side(reader: RowReader, headings: Headings) -> bool | None:
    """What the row says of the employer's side, or the heading above, or the sheet's name."""
    said = reader.flag("employer")
    if said is not None or "employer" in reader.table.columns:
        return said
    above = side_of(headings.of(Meaning.SIDE))
    return above if above is not None else side_of(reader.table.sheet)


def _code_of_sheet(name: str) -> str:
    return name if read_specialty_codes(name)[0] else ""
