"""Rows of a roster become people, with everything wrong about each of them listed."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from demoexam.exchange.cells import as_text
from demoexam.exchange.content import TESTS
from demoexam.exchange.dates import DateReading
from demoexam.exchange.fields import (
    read_flag,
    read_kit_codes,
    read_org_kind,
    read_specialty_codes,
    read_years,
)
from demoexam.exchange.headings import (
    Headings,
    Meaning,
    organization_in,
    organization_of_sheet,
    organization_of_title,
    role_of,
    role_told,
    side_of,
    side_of_title,
    split_work,
)
from demoexam.exchange.organizations import OrganizationName, read_organization, read_organizations
from demoexam.exchange.person_cells import read_certificate, read_span, years_later
from demoexam.exchange.row_reader import RowReader
from demoexam.exchange.table import Table
from demoexam.exchange.values import Finding, PersonRow
from demoexam.rules.full_names import NameReading
from demoexam.rules.identity import read_email, read_inn, read_phone, read_snils

_ADDRESS: Final = re.compile(r"[^\s,;]+@[^\s,;]+")
_INN_OF_PAIR: Final = re.compile(r"(\d{9,12})\s*/\s*\d{9}\b")  # with the tax office's number
_QUOTES: Final = '«"“„'


def read_people(
    table: Table, *, today: date, specialties: Collection[str] = ()
) -> tuple[list[PersonRow], list[Finding]]:
    """People in the order of the file. `specialties` are the codes that exist."""
    people: list[PersonRow] = []
    reader = RowReader(table, today)
    above = _Above(table, Headings())
    for headings in reader.rows():
        if headings is not above.headings:
            above = _Above(table, headings)
        reading = reader.name()
        if reading.name is not None:
            people.append(_person(reader, reading, above, specialties))
    return people, reader.findings


class _Above:
    """What the headings, or the sheet by its name, say of every row below them."""

    def __init__(self, table: Table, headings: Headings) -> None:
        self.headings = headings
        role = headings.of(Meaning.ROLE)
        self.role = role_of(role) if role else role_told((table.sheet, *table.heading))
        side = side_of(headings.of(Meaning.SIDE))
        self.side = _side_told(table) if side is None else side
        self.codes = headings.of(Meaning.CODES) or _code_of_sheet(table.sheet)
        self.employer = read_organization(_heading(headings) or _employer_of_sheet(table))


def _person(
    reader: RowReader, reading: NameReading, above: _Above, specialties: Collection[str]
) -> PersonRow:
    assert reading.name is not None  # noqa: S101 -- the caller skips rows without a name
    phone, email = _contacts(reader)
    codes, kits = _codes(reader, above, specialties)
    columns = reader.table.columns
    snils = as_text(reader.value("snils")) if "snils" in columns else ""
    inn = as_text(reader.value("inn")) if "inn" in columns else ""
    if inn and (found := _INN_OF_PAIR.search(inn)):
        inn = found[1]
    number = reader.checked(read_inn(inn), "inn", inn) if inn else ""
    organizations, post = _work(reader, above, number)
    paper = "certificate" if "certificate" in columns else "cert_until"
    certificate = read_certificate(reader.text(paper), reader.today, alone=paper == "certificate")
    issued = reader.day("cert_issued") or certificate.issued
    years = read_span(reader.value("cert_until")) if issued else 0
    term = DateReading(last=years_later(issued, years)) if years else reader.term("cert_until")
    experience = reader.value("experience") if "experience" in columns else None
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
        role=reader.text("role") or above.role,
        certificate=certificate.number,
        cert_until=term.last or certificate.until,
        cert_issued=issued or _begins(term),
        experience=None if experience is None else read_years(experience, reader.today.year),
        says_employer=_side(reader, above),
        says_kind=read_org_kind(reader.text("org_kind")),
        consent=reader.flag("consent"),
        birth_date=reader.day("birth_date", birth=True) or reader.born,
        snils=reader.checked(read_snils(snils), "snils", snils) if snils else "",
    )


def _begins(term: DateReading) -> date | None:
    return term.day if term.day != term.last else None


def _contacts(reader: RowReader) -> tuple[str, str]:
    """Phone and e-mail; a column that holds both gives both."""
    phone, email = reader.lines("phone"), reader.lines("email")
    columns = reader.table.columns
    has_phone, has_email = "phone" in columns, "email" in columns
    if reader.reach and not phone and not email:
        found = _ADDRESS.search(reader.reach)
        number = read_phone(_ADDRESS.sub(" ", reader.reach)).value
        return number, read_email(found[0]).value if found else ""
    if has_phone != has_email:
        mixed = phone or email
        found = _ADDRESS.search(mixed)
        dialled = has_phone or bool(found) or bool(mixed and read_phone(mixed).value)
        email = found[0] if found else ("" if dialled else email)
        phone = _ADDRESS.sub(" ", mixed) if dialled else ""
        if has_email and not any(letter.isdigit() for letter in phone):
            phone = ""
    elif not email and "@" in phone and (found := _ADDRESS.search(phone)):
        email = found[0]
    return (
        reader.checked(read_phone(phone), "phone", phone),
        reader.checked(read_email(email), "email", email),
    )


def _codes(
    reader: RowReader, above: _Above, specialties: Collection[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    value = reader.carried("competences", reader.value("competences"))
    if value is None:
        value = _marked(reader) or above.codes
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
    cells, marks = reader.cells, reader.table.marks
    return " ".join(code for i, code in marks.items() if i < len(cells) and read_flag(cells[i])[0])


def _work(reader: RowReader, above: _Above, inn: str) -> tuple[tuple[OrganizationName, ...], str]:
    """Where the person works and as what, whichever of the cells tells it."""
    text = as_text(reader.carried("organization", reader.lines("organization")))
    post = as_text(reader.carried("position", reader.text("position")))
    if not text and post:
        text, post = split_work(post)
    if reader.aside and not (text and post):
        text, post = _with_aside(reader.aside, text, post)
    if (form := reader.text("form")) and text and not text.startswith(form):
        text = f"{form} {text}" if text[0] in _QUOTES else f"{form} «{text}»"
    named = read_organizations(text)
    if named and not named[0].is_plain and not post:
        after, before = split_work(text)
        named, post = (read_organizations(after), before) if after and before else (named, "")
    if len(named) > 1 and not named[0].is_plain and named[1].is_plain:
        post, named = post or named[0].text, named[1:]
    if not named and above.employer:
        named = (above.employer,)
    post = post or (named[0].tail if named else "")
    return tuple(_with_inn(named, inn)) if inn else tuple(named), post


def _with_aside(aside: str, text: str, post: str) -> tuple[str, str]:
    """The place of work and the post with what the cell of the name tells of them."""
    organization, before = split_work(aside)
    if text and not TESTS["position"](None, before):
        before = ""  # any remark
    return text or organization, post or before


def _side_told(table: Table) -> bool | None:
    """The side that the sheet's name or the title of the table tells."""
    side = side_of(table.sheet)
    return side_of_title(table.heading) if side is None else side


def _employer_of_sheet(table: Table) -> str:
    if "organization" in table.columns:
        return ""
    return organization_of_sheet(table.sheet) or organization_of_title(table.heading)


def _heading(headings: Headings) -> str:
    text = headings.of(Meaning.ORGANIZATION)
    return organization_in(text) or text


def _with_inn(named: Sequence[OrganizationName], inn: str) -> Iterator[OrganizationName]:
    for position, name in enumerate(named):
        number = inn if position == 0 and inn else name.inn
        yield name if name.inn == number else replace(name, inn=number)


def _side(reader: RowReader, above: _Above) -> bool | None:
    """What the row says of the employer's side, or what is said above it."""
    said = reader.flag("employer")
    if said is not None or "employer" in reader.table.columns:
        return said
    return above.side


def _code_of_sheet(name: str) -> str:
    return name if read_specialty_codes(name)[0] else ""
