"""Two desks edit the same things: what each fixed case ends in, on either hub."""

import pytest
from sqlalchemy import text
from sync.desks import Crash

from demoexam.sync.memory import pending
from demoexam.sync.synchronizer import Exchanger


@pytest.fixture
def expert(two):
    return two.ids("expert")[0]


@pytest.fixture
def sitting(two):
    return two.ids("exam_session")[0]


def test_other_fields_of_one_row_are_both_kept(two, expert):
    two.write(two.anna, "expert", expert, phone="+7 1")
    two.write(two.boris, "expert", expert, email="b@example.org")
    two.at_rest()
    row = two.row(two.anna, "expert", expert)
    assert (row["phone"], row["email"]) == ("+7 1", "b@example.org")
    assert two.conflicts(two.boris, expert) == []


def test_what_came_from_others_is_no_edit_of_ones_own(two, expert):
    two.write(two.anna, "expert", expert, phone="+7 1")
    two.sync(two.anna, two.boris)
    assert two.row(two.boris, "expert", expert)["phone"] == "+7 1"
    assert not pending(two.boris.store), "what was received waits to be sent"
    with two.anna.store.reading() as here, two.boris.store.reading() as there:
        journal = text("SELECT id FROM change WHERE row_id = :id ORDER BY id")
        told = [list(each.scalars(journal, {"id": expert})) for each in (here, there)]
    assert told[0] == told[1], "the journal has an entry that nobody made"


def test_the_same_field_stays_as_the_hub_has_it_and_the_other_value_is_told(two, expert):
    before = two.row(two.anna, "expert", expert)["phone"]
    two.write(two.anna, "expert", expert, phone="+7 1")
    two.write(two.boris, "expert", expert, phone="+7 2")
    two.sync(two.anna, two.boris, two.anna)
    for desk in (two.anna, two.boris):
        assert two.row(desk, "expert", expert)["phone"] == "+7 1"
        told = two.told(desk, expert)
        assert (told["kind"], told["unit"], told["status"]) == ("field", "phone", "open")
        assert told["base"] == {"phone": before}
        assert told["ours"] == {"phone": "+7 2"}
        assert told["theirs"] == {"phone": "+7 1"}
        assert told["client"] == two.boris.name
        assert told["who"] is not None
    two.at_rest()


def test_a_room_and_another_hour_of_one_sitting_are_one_contradiction(two, sitting):
    room = two.ids("workshop")[1]
    was = two.row(two.anna, "exam_session", sitting)
    two.write(two.anna, "exam_session", sitting, workshop_id=room)
    two.write(
        two.boris, "exam_session", sitting,
        starts_at="2026-06-16T13:00", ends_at="2026-06-16T16:00",
    )  # fmt: skip
    two.at_rest()
    row = two.row(two.boris, "exam_session", sitting)
    assert (row["workshop_id"], row["starts_at"]) == (room, was["starts_at"])
    told = two.told(two.anna, sitting)
    assert told["unit"] == "place_time"
    assert told["ours"] == {
        "workshop_id": was["workshop_id"], "starts_at": "2026-06-16T13:00",
        "ends_at": "2026-06-16T16:00", "second_day": None,
    }  # fmt: skip


@pytest.mark.parametrize("editor_first", [True, False])
def test_an_edit_outlives_a_deletion(two, expert, editor_first):
    two.write(two.anna, "expert", expert, phone="+7 1")
    two.delete(two.boris, "expert", expert)
    two.sync(*((two.anna, two.boris) if editor_first else (two.boris, two.anna)))
    two.at_rest()
    row = two.row(two.boris, "expert", expert)
    assert (row["deleted"], row["phone"]) == (0, "+7 1")
    told = two.told(two.boris, expert)
    assert (told["kind"], told["unit"]) == ("deletion", "deletion")
    gone, alive = ("ours", "theirs") if editor_first else ("theirs", "ours")
    assert (told[gone]["deleted"], told[gone]["deleted_by"]) == (1, two.boris.name)
    assert told[alive]["deleted"] == 0


def test_deleted_twice_is_deleted_once(two, expert):
    for desk in (two.anna, two.boris):
        two.delete(desk, "expert", expert)
    two.at_rest()
    assert two.row(two.boris, "expert", expert)["deleted"] == 1
    assert two.conflicts(two.anna, expert, kind="deletion") == []


def test_the_same_value_typed_twice_is_no_contradiction(two, expert):
    for desk in (two.anna, two.boris):
        two.write(desk, "expert", expert, phone="+7 1")
    two.at_rest()
    assert two.conflicts(two.anna, expert) == []


def test_brought_back_by_one_and_edited_by_the_other_is_no_contradiction(two, expert):
    two.delete(two.anna, "expert", expert)
    two.sync(two.anna, two.boris)
    two.write(two.anna, "expert", expert, deleted=0, deleted_by=None, email="a@example.org")
    two.write(two.boris, "expert", expert, phone="+7 2")
    two.at_rest()
    row = two.row(two.anna, "expert", expert)
    assert (row["deleted"], row["email"], row["phone"]) == (0, "a@example.org", "+7 2")
    assert two.conflicts(two.anna, expert, kind="deletion") == []


@pytest.mark.parametrize(
    "step", ["pulled", "collected", "pushed", "ruled", "before commit", "after commit"]
)
def test_what_is_typed_during_an_exchange_is_sent_with_the_next(two, expert, step):
    """... and what the exchange sends is what was there when it was collected."""
    steps = {step if step != "collected" else "pushed"}
    two.write(two.boris, "expert", expert, email="b@example.org")
    two.sync(two.boris)
    two.write(two.anna, "expert", expert, phone="+7 1")

    def typing(now):
        if now in steps:
            steps.clear()
            two.write(two.anna, "expert", expert, phone="+7 2", note="сразу после")

    two.sync(two.anna, on=typing)
    assert not steps
    two.at_rest()
    row = two.row(two.boris, "expert", expert)
    assert (row["phone"], row["note"], row["email"]) == ("+7 2", "сразу после", "b@example.org")
    assert two.conflicts(two.boris, expert) == []


def test_an_edit_of_the_other_that_comes_between_the_exchanges_is_not_overwritten(two, expert):
    """Whoever waits for the hub's lock looks once more before he sends."""
    two.write(two.anna, "expert", expert, phone="+7 1")
    two.write(two.boris, "expert", expert, phone="+7 2", email="b@example.org")
    anna = Exchanger(two.anna.store, two.world.hub)
    before = two.world.rev()
    anna.progress.check = _once(lambda: two.sync(two.boris))
    anna.run()
    assert two.world.rev() == before + 2
    two.at_rest()
    row = two.row(two.anna, "expert", expert)
    assert (row["phone"], row["email"]) == ("+7 2", "b@example.org")
    told = two.told(two.boris, expert)
    assert told["ours"] == {"phone": "+7 1"}


def _once(act):
    todo = [act]
    return lambda: todo and todo.pop()()


def test_an_answer_that_is_lost_costs_no_second_row_and_no_contradiction(two, expert):
    two.write(two.anna, "expert", expert, phone="+7 1")
    made = two.add(two.anna, "expert", last_name="Новиков", first_name="Пётр")
    before = two.world.rev()

    def die(now):
        if now == "after commit":
            raise Crash

    two.sync(two.anna, on=die)
    assert two.world.rev() == before + 1
    two.write(two.anna, "expert", expert, phone="+7 3")  # works on before he hears of it
    two.sync(two.boris)
    two.write(two.boris, "expert", expert, email="b@example.org")
    two.sync(two.boris, two.anna)
    two.at_rest()
    row = two.row(two.boris, "expert", expert)
    assert (row["phone"], row["email"]) == ("+7 3", "b@example.org")
    assert two.conflicts(two.anna, expert) == []
    with two.boris.store.reading() as session:
        query = text("SELECT id FROM expert WHERE last_name = 'Новиков'")
        assert session.scalars(query).all() == [made]


def test_a_batch_that_never_arrived_is_sent_again(two, expert):
    two.write(two.anna, "expert", expert, phone="+7 1")

    def die(now):
        if now == "before commit":
            raise Crash

    before = two.world.rev()
    two.sync(two.anna, on=die)
    assert two.world.rev() == before
    assert pending(two.anna.store)
    two.at_rest()
    assert two.row(two.boris, "expert", expert)["phone"] == "+7 1"


def test_small_batches_carry_everything(two):
    made = [
        two.add(two.anna, "expert", last_name=f"Новый {n}", first_name="Пётр") for n in range(10)
    ]
    before = two.world.rev()
    two.sync(two.anna, batch=3)
    assert two.world.rev() >= before + 4
    two.at_rest()
    assert set(made) <= set(two.ids("expert"))
    assert two.row(two.boris, "expert", made[-1])["last_name"] == "Новый 9"


def test_an_exchange_with_nothing_to_tell_leaves_no_commit(two):
    before = two.world.rev()
    two.sync(two.anna, two.boris)
    assert two.world.rev() == before


def test_a_contradiction_is_settled_by_either_desk_and_heard_of_by_the_other(two, expert):
    two.write(two.anna, "expert", expert, phone="+7 1")
    two.write(two.boris, "expert", expert, phone="+7 2")
    two.sync(two.anna, two.boris, two.anna)
    two.world.resolve(two.anna, 0, mine=True)
    two.at_rest()
    assert two.row(two.boris, "expert", expert)["phone"] == "+7 2"
    assert two.conflicts(two.boris, expert, status="open") == []


def test_a_contradiction_settled_differently_by_two_desks_makes_no_endless_row(two, expert):
    """The first choice stands; the edit that the other choice made is one more contradiction."""
    two.write(two.anna, "expert", expert, phone="+7 1")
    two.write(two.boris, "expert", expert, phone="+7 2")
    two.sync(two.anna, two.boris, two.anna)
    two.write(two.anna, "expert", expert, phone="+7 3")
    two.world.resolve(two.anna, 0, mine=False)
    two.world.resolve(two.boris, 0, mine=True)
    two.at_rest()
    first, *later = two.conflicts(two.boris, expert)
    assert (first["status"], first["choice"]) == ("resolved", "hub")
    assert [told["ours"] for told in later] == [{"phone": "+7 2"}]
    assert two.row(two.boris, "expert", expert)["phone"] == "+7 3"


def test_the_journal_arrives_with_the_data(two, expert):
    two.write(two.anna, "expert", expert, phone="+7 1")
    two.sync(two.anna, two.boris)
    with two.boris.store.reading() as session:
        query = text(
            "SELECT o.client, o.text, c.after FROM change AS c JOIN operation AS o"
            " ON o.id = c.operation_id WHERE c.row_id = :id ORDER BY c.n DESC LIMIT 1"
        )
        found = session.execute(query, {"id": expert}).one()
    assert found == (two.anna.name, "правка", '{"phone":"+7 1"}')


def test_an_undo_takes_back_only_what_nobody_changed_since(two, expert):
    two.write(two.anna, "expert", expert, phone="+7 1", note="от Анны")
    two.sync(two.anna, two.boris)
    two.write(two.boris, "expert", expert, phone="+7 2")
    two.sync(two.boris, two.anna)
    was = two.row(two.anna, "expert", expert)
    two.world.undo(two.anna, 0)
    two.at_rest()
    row = two.row(two.boris, "expert", expert)
    assert row["phone"] == "+7 2"
    assert row["note"] != was["note"]
