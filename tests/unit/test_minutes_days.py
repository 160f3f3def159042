"""The days of minutes fall on days on which people work, and in their order."""

from datetime import date

from bot.domain.days import Calendar
from bot.domain.minutes_days import of_draft, of_published

CLOSED = Calendar(closures=((date(2012, 12, 22), date(2013, 1, 1)),))


def test_comments_and_acceptance_wait_till_a_closure_is_over_one_after_the_other() -> None:
    out = date(2012, 12, 17)
    assert of_published(out, out, out, CLOSED) == (date(2013, 1, 2), date(2013, 1, 3))
    assert of_published(out, out, date(2012, 12, 13), CLOSED) == (
        date(2012, 12, 20),
        date(2013, 1, 2),
    )


def test_what_the_checklist_says_stays_where_it_leaves_enough_time() -> None:
    due = {
        "actions-out": date(2012, 11, 28),
        "minutes-draft": date(2012, 11, 29),
        "comments-close": date(2012, 12, 6),
        "minutes-accepted": date(2012, 12, 10),
    }
    assert of_draft(due, date(2012, 11, 27), CLOSED) == tuple(due.values())
