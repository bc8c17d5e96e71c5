"""The merge of three images of a row: what it must hold for every row there can be."""

from hypothesis import assume, given
from hypothesis import strategies as st

from demoexam.hub.columns import form, forms
from demoexam.sync.merge import DELETION, HELD, merge

COLUMNS = ("id", "deleted", "deleted_by", "held", "phone", "starts_at", "ends_at", "workshop_id")
UNITS = {DELETION: (1, 2), HELD: (3,), "phone": (4,), "place_time": (5, 6, 7)}
EDITED = ("phone", "place_time")

value = st.sampled_from((None, "а", "б", "в"))
flag = st.sampled_from((0, 1))


@st.composite
def rows(draw, deleted=flag):
    gone = draw(deleted)
    by = draw(value) if gone else None
    return ("x", gone, by, draw(flag), *(draw(value) for _ in range(4)))


alive = rows(deleted=st.just(0))


def part(row, unit):
    return tuple(row[at] for at in UNITS[unit])


def changed(row, base):
    return {unit for unit in UNITS if part(row, unit) != part(base, unit)}


@given(rows(), rows())
def test_what_only_the_hub_changed_is_taken(base, theirs):
    assert merge(UNITS, base, base, theirs) == (theirs, ())


@given(rows(), rows())
def test_what_only_we_changed_stays(base, ours):
    assert merge(UNITS, base, ours, base) == (ours, ())


@given(st.none() | rows(), rows())
def test_the_same_written_twice_is_no_conflict(base, both):
    assert merge(UNITS, base, both, both) == (both, ())


@given(st.none() | rows(), rows(), rows())
def test_no_unit_is_torn(base, ours, theirs):
    merged, _ = merge(UNITS, base, ours, theirs)
    for unit in UNITS:
        assert part(merged, unit) in {part(ours, unit), part(theirs, unit)}


@given(st.none() | rows(), rows(), rows())
def test_every_edit_of_ours_is_in_the_row_or_named(base, ours, theirs):
    merged, contradicted = merge(UNITS, base, ours, theirs)
    for unit in EDITED:
        if base is None or part(ours, unit) != part(base, unit):
            assert part(merged, unit) == part(ours, unit) or unit in contradicted


@given(st.none() | rows(), rows(), rows())
def test_every_edit_of_the_hub_is_in_the_row(base, ours, theirs):
    merged, _ = merge(UNITS, base, ours, theirs)
    for unit in EDITED:
        if base is None or part(theirs, unit) != part(base, unit):
            assert part(merged, unit) == part(theirs, unit)


@given(rows(), rows(), rows())
def test_a_unit_is_named_only_if_both_changed_it_differently(base, ours, theirs):
    _, contradicted = merge(UNITS, base, ours, theirs)
    both = changed(ours, base) & changed(theirs, base)
    for unit in (*EDITED, HELD):
        assert (unit in contradicted) == (unit in both and part(ours, unit) != part(theirs, unit))


@given(rows(), rows())
def test_rows_made_twice_contradict_each_other_wherever_they_differ(ours, theirs):
    merged, contradicted = merge(UNITS, None, ours, theirs)
    for unit in (*EDITED, HELD):
        assert (unit in contradicted) == (part(ours, unit) != part(theirs, unit))
        assert part(merged, unit) == part(theirs, unit)
    assert (DELETION in contradicted) == (ours[1] != theirs[1])
    assert merged[1] == min(ours[1], theirs[1])


@given(st.none() | rows(), rows(), rows())
def test_both_sides_name_the_same_contradictions(base, ours, theirs):
    assert merge(UNITS, base, ours, theirs)[1] == merge(UNITS, base, theirs, ours)[1]


@given(alive, alive, rows(deleted=st.just(1)), st.booleans())
def test_an_edit_outlives_a_deletion_and_the_deletion_is_named(base, edited, deleted, we_delete):
    assume(changed(edited, base) & set(EDITED))
    sides = (deleted, edited) if we_delete else (edited, deleted)
    merged, contradicted = merge(UNITS, base, *sides)
    assert merged[1] == 0
    assert DELETION in contradicted


@given(alive, value, flag, st.booleans())
def test_a_deletion_stands_where_the_other_side_wrote_nothing(base, who, held, we_delete):
    deleted = (*base[:1], 1, who, *base[3:])
    other = (*base[:3], held, *base[4:])  # the hub held it or let it go: no edit of a person
    sides = (deleted, other) if we_delete else (other, deleted)
    merged, contradicted = merge(UNITS, base, *sides)
    assert merged == (*deleted[:3], held, *deleted[4:])
    assert contradicted == ()


@given(alive, value, value)
def test_deleted_twice_is_deleted_and_nobody_is_asked_who_did_it(base, who, other):
    ours, theirs = ((*base[:1], 1, by, *base[3:]) for by in (who, other))
    assert merge(UNITS, base, ours, theirs) == (theirs, ())


@given(rows(deleted=st.just(1)), rows(), rows())
def test_taken_back_by_one_and_deleted_again_by_the_other_is_asked(base, ours, theirs):
    assume(ours[1] != theirs[1])
    assume(part(ours, DELETION) != part(base, DELETION))
    assume(part(theirs, DELETION) != part(base, DELETION))
    merged, contradicted = merge(UNITS, base, ours, theirs)
    assert merged[1] == 0
    assert DELETION in contradicted


@given(st.lists(alive, min_size=2, max_size=5))
def test_edits_of_many_desks_end_in_one_row_and_its_conflicts(images):
    """Each desk merges its own row; the last one has every value or its name."""
    base, *desks = images
    hub, kept = base, set()
    for ours in desks:
        hub, contradicted = merge(UNITS, base, ours, hub)
        kept |= {(unit, part(ours, unit)) for unit in contradicted}
    for ours in desks:
        for unit in changed(ours, base) & set(EDITED):
            assert part(hub, unit) == part(ours, unit) or (unit, part(ours, unit)) in kept


def test_without_a_deletion_among_its_units_a_row_is_merged_like_any_other():
    assert merge({"a": (0,), "b": (1,)}, (1, 1), (2, 1), (1, 2)) == ((2, 2), ())


def test_every_column_that_travels_is_in_exactly_one_unit():
    for each in forms():
        if not each.journal:
            places = sorted(at for unit in each.units.values() for at in unit)
            assert places == list(range(1, len(each.columns))), each.name
            assert each.units[DELETION][0] == each.columns.index("deleted"), each.name


def test_times_and_workshop_of_a_sitting_are_one_unit():
    sitting = form("exam_session")
    names = {sitting.columns[at] for at in sitting.units["place_time"]}
    assert names == {"workshop_id", "starts_at", "ends_at", "second_day"}
