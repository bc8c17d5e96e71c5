"""The ledger of the employers' share, from which the effect of a move on its years is told."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from demoexam.rules.shares import Share
from demoexam.rules.terms import CountMethod
from demoexam.rules.year_shares import ShareLedger, Turn
from demoexam.services.college.college import college_settings, targets
from demoexam.services.share.counting import count_of, counted
from demoexam.services.share.units import seated


def share_ledger(session: Session, years: Iterable[int]) -> ShareLedger:
    """The shares of these years as the college counts them; without a target there are none."""
    settings, known = college_settings(session), targets(session)
    if settings.share_count is CountMethod.ROSTER or not known:
        return ShareLedger({})
    shares: dict[int, Share] = {}
    turns: dict[str, list[Turn]] = defaultdict(list)
    for year in years:
        count = count_of(session, year=year)
        shares[year] = counted(session, count).get("", Share())
        seats = seated(count)
        query = select(seats.c.expert_id, seats.c.moment, seats.c.session_id)
        for expert, moment, ident in session.execute(query):
            turns[expert].append(Turn(date.fromisoformat(moment[:10]), ident))
    return ShareLedger(
        known, shares, turns, settings.share_count, settings.share_side,
        settings.share_count_chief,
    )  # fmt: skip
