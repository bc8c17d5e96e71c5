"""Any two people, whatever their parts: merged and parted again they leave no trace."""

from datetime import date
from itertools import combinations
from random import Random

import pytest
from conftest import Builder
from services.merging import content, merge

from demoexam.rules.terms import Role
from demoexam.services.duplicates.cards import duplicate_card
from demoexam.services.duplicates.duplicates import chosen_pairs
from demoexam.services.duplicates.fields import FIELDS, MAIN_JOB, OTHER, THIS
from demoexam.services.history import bring_back, take_back

PHONES = ("", "+79120000001", "+79120000002")


def random_people(make, pick):
    """Two people whose parts agree or contradict; each alone breaks no rule of the plan."""
    places = [make.employer(), make.college(), make.college("Лицей")]
    groups = [make.group(place, "А-1") for place in places[1:]]
    kit = make.kit()
    sittings = [
        make.sitting(groups[day % 2], kit, make.workshop(name=f"М-{number}"),
                     day=date(2026, 6, day))
        for number, day in enumerate((18, 18, 23, 24))
    ]  # fmt: skip
    days = (None, date(2022, 9, 1), date(2024, 9, 1), date(2025, 6, 1))
    people = []
    for _ in range(2):
        one = make.expert(
            pick.choice(("Ёлкин Артём Олегович", "ЕЛКИН Артем Олегович")), certified=False,
            phone=pick.choice(PHONES), note=pick.choice(("", "раз", "два")),
        )  # fmt: skip
        people.append(one)
        works = pick.sample(places, pick.randint(0, 2))
        for number, place in enumerate(works):
            begin, end = sorted(pick.choices(days[1:], k=2))
            make.employment(
                one, place, is_main=number == 0, valid_from=pick.choice((None, begin)),
                valid_to=pick.choice((None, end)), post=pick.choice(("", "мастер")),
            )  # fmt: skip
        for _ in range(pick.randint(0, 2)):
            make.certificate(one, number=pick.choice(("", "01")), issued_on=pick.choice(days))
            make.competence(one, roles=pick.sample([role.value for role in Role], 2))
            make.teaching(one, pick.choice(groups), note=pick.choice(("", "вёл практику")))
        for sitting in sittings[pick.randint(0, 1) :: pick.randint(2, 3)]:
            if groups[sitting.starts_at.day % 2].college_id not in {work.id for work in works}:
                make.assignment(sitting, one, pick.choice((Role.SCORING, Role.TECHNICAL)))
    return [one.id for one in people]


@pytest.mark.parametrize("seed", range(6))
def test_any_two_people_are_merged_and_parted_without_a_trace(store, seed):
    pick = Random(seed)  # noqa: S311 -- test data
    with store.transaction("данные") as session:
        ids = random_people(Builder(session), pick)
    before, fields = content(store), [*FIELDS["expert"], MAIN_JOB]
    choices = {key: pick.choice((THIS, OTHER)) for key in pick.sample(fields, 4)}
    with store.reading() as session:
        duplicate_card(session, chosen_pairs(session, table="expert", record_ids=ids)[0])
    merge(store, ids, **choices)
    after = content(store)
    assert ids[1] not in str(after)
    mains = [job for job in after["employment"] if job["is_main"] and job["expert_id"] == ids[0]]
    spans = [(job["valid_from"] or "", job["valid_to"] or "9") for job in mains]
    assert not any(one[0] <= two[1] and two[0] <= one[1] for one, two in combinations(spans, 2))
    for _ in range(2):
        assert take_back(store).kept == []
        assert content(store) == before
        assert bring_back(store).kept == []
        assert content(store) == after
