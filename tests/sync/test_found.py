"""What the state machine has found, each as short as it could be made."""

import pytest


@pytest.fixture
def expert(two):
    return two.ids("expert")[0]


def test_an_undo_in_a_deleted_row_leaves_nothing_that_its_deleter_did_not_know(two):
    """The older value returns to a row that is deleted, and is seen to be."""
    group = two.ids("study_group")[1]
    two.write(two.anna, "study_group", group, name="ИС-42")
    two.delete(two.anna, "study_group", group)
    two.sync(two.anna, two.boris)
    two.world.undo(two.anna, 1)
    two.at_rest()
    assert two.row(two.boris, "study_group", group)["name"] != "ИС-42"


def test_an_undo_of_a_merged_edit_takes_back_that_edit_alone(two, expert):
    two.write(two.anna, "expert", expert, phone="+7 1")
    two.write(two.boris, "expert", expert, email="b@example.org")
    two.sync(two.anna, two.boris, two.anna)
    was = two.row(two.anna, "expert", expert)
    two.world.undo(two.anna, 0)
    two.at_rest()
    row = two.row(two.boris, "expert", expert)
    assert row["phone"] != was["phone"]
    assert row["email"] == "b@example.org"


def test_a_desk_that_only_ever_sent_knows_which_hub_it_is(two, expert):
    """The first one at an empty hub takes nothing: it is told by what it sends."""
    from demoexam.sync.memory import recall

    ids = {recall(desk.store).get("hub_id") for desk in two.world.desks}
    with two.world.hub.reading() as far:
        assert ids == {two.world.hub.state(far).hub_id}


def test_a_desk_that_joins_late_with_rows_of_its_own_hides_nothing(two, expert):
    """It has the same rows and was never connected: where they differ it asks."""
    late = two.world.join("late")
    two.write(two.anna, "expert", expert, phone="+7 1")
    two.write(late, "expert", expert, email="late@example.org")
    two.sync(two.anna)
    two.at_rest()
    row = two.row(late, "expert", expert)
    assert row["phone"] == "+7 1"
    asked = {told["unit"] for told in two.conflicts(two.anna, expert)}
    assert asked == {"phone", "email"}
