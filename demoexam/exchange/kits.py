"""Rows of lists of assessment kits: codes, levels side by side, modules below their kit."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date

from demoexam.exchange.cells import as_text
from demoexam.exchange.fields import (
    read_count,
    read_minutes,
)
from demoexam.exchange.headings import Headings
from demoexam.exchange.kit_cells import KitReader, hundredths, levels_of, listed, upper_bound
from demoexam.exchange.table import Table
from demoexam.exchange.values import ROW, Finding, KitModule, KitRow
from demoexam.rules.terms import ExamLevel


def read_kits(
    table: Table, *, today: date, specialties: Collection[str] = ()
) -> tuple[list[KitRow], list[Finding]]:
    reader = KitReader(table, today)
    kits: list[KitRow] = []
    above: tuple[str, ...] = ()
    under: Headings | None = None  # the headings above that code
    waiting: Finding | None = None  # a code alone, until a row below tells its level
    for headings in reader.rows():
        if not reader.bounds and reader.tells_bounds():
            continue
        codes, module = reader.codes(), reader.module()
        if module and kits and (not codes or codes[0] == kits[-1].code):
            kits[-1] = _with_module(kits[-1], module)
            continue
        if codes:
            reader.findings += [waiting] if waiting is not None else []
            above, under = codes, headings
            waiting = reader.code_alone(codes, headings)
            if waiting is not None:
                continue
        elif told_above := reader.code_above(headings, above if headings == under else ()):
            codes, waiting = told_above, None
        told = _kits(reader, codes, headings, specialties)
        kits += [replace(kit, modules=(module,)) if module else kit for kit in told]
    reader.findings += [waiting] if waiting is not None else []
    return kits, reader.findings


def _with_module(kit: KitRow, module: KitModule) -> KitRow:
    """The kit with one module more; one that began as a module is all of them together."""
    number = module.number or len(kit.modules) + 1
    modules = (*kit.modules, replace(module, number=number))
    if not kit.modules or not kit.modules[0].is_first_row:
        return replace(kit, modules=modules)
    return replace(
        kit,
        modules=modules,
        minutes=kit.minutes + module.minutes,
        max_points=kit.max_points + module.points,
    )


def _kits(
    reader: KitReader, codes: Sequence[str], headings: Headings, specialties: Collection[str]
) -> Iterator[KitRow]:
    """The kits of a row: one for each level that it tells."""
    levels = levels_of(reader, headings)
    if not codes or not levels:
        reason = "no_level" if codes else "no_code"
        reader.note(reason, "code", reader.text("code"), ROW)
        return
    specialty, _, _ = codes[0].partition("-")
    if specialties and specialty not in specialties:
        reader.note("unknown_specialty", "code", specialty, ROW)
        return
    reader.levels = levels
    for level in levels:
        reader.level = level
        if len(levels) == 1 or reader.of_level("minutes") not in {None, ""}:
            yield from _staffed(reader, _kit(reader, codes[0], level))
    reader.levels, reader.level = (), None


def _staffed(reader: KitReader, kit: KitRow) -> Iterator[KitRow]:
    """The kit, once for each number of workplaces for which its row tells experts."""
    told = {
        most: experts
        for column, most in reader.bounds.items()
        if column < len(reader.cells)
        if (experts := read_count(reader.cells[column])) is not None
    }
    if not told:
        yield kit
    for most, experts in told.items():
        yield replace(kit, workplaces=most, experts=experts)


def _kit(reader: KitReader, code: str, level: ExamLevel) -> KitRow:
    specialty, _, _ = code.partition("-")
    minutes = read_minutes(reader.of_level("minutes"))
    if minutes is None:
        reader.note("no_minutes", "minutes", as_text(reader.value("minutes")))
    return KitRow(
        place=reader.place,
        code=code,
        specialty=specialty,
        level=level,
        minutes=minutes or 0,
        max_points=hundredths(reader.of_level("points")),
        core_points=hundredths(reader.of_level("core_points")),
        variable_points=hundredths(reader.of_level("variable_points")),
        workplaces=upper_bound(reader.value("workplaces")),
        experts=read_count(reader.of_level("experts")),
        recommended=read_count(reader.of_level("recommended")),
        days=read_count(reader.value("days")) or 1,
        specialty_title=reader.text("specialty").replace(specialty, "").strip(" -–—."),
        equipment=listed(reader),
    )
