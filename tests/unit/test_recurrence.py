"""Rules by which meetings recur: how they are typed, which days they give, what is refused."""

from datetime import UTC, date, datetime, time

import pytest

from bot.domain.due import Reading
from bot.domain.recurrence import (
    Rule,
    Wrong,
    days_of,
    find_rule,
    is_cut,
    refuse_unread,
    require_times,
)
from bot.errors import BadInput, Code
from bot.world import find_zone

DATES = Reading(
    datetime(2012, 10, 16, 9, tzinfo=UTC), "Europe/London", "Europe/London", find_zone=find_zone
)
THURSDAY = 3


def refused(why: Wrong, rule: Rule, first: date) -> BadInput:
    with pytest.raises(BadInput) as error:
        days_of(rule, first)
    assert (error.value.code, error.value.facts["why"]) == (Code.RULE_WRONG, why)
    return error.value


@pytest.mark.parametrize(
    ("typed", "rule"),
    [
        ("every week", Rule()),
        ("every Thursday", Rule(weekday=THURSDAY)),
        ("Every thu", Rule(weekday=THURSDAY)),
        ("every 2 weeks", Rule(2)),
        ("every other week", Rule(2)),
        ("every 3 weeks on Thursday", Rule(3, THURSDAY)),
        ("every month on the first Thursday", Rule(1, THURSDAY, 1)),
        ("every month on the second Monday", Rule(1, 0, 2)),
        ("every month on the third Tue", Rule(1, 1, 3)),
        ("every month on the fourth Friday", Rule(1, 4, 4)),
        ("every month on the last Sunday", Rule(1, 6, -1)),
        ("every 2 months on the 1st Thursday", Rule(2, THURSDAY, 1)),
        ("every last Thursday", Rule(1, THURSDAY, -1)),
        ("every Thursday until 8 Nov", Rule(1, THURSDAY, None, date(2012, 11, 8))),
        ("every 2 weeks, until 2012-12-20", Rule(2, until=date(2012, 12, 20))),
    ],
)
def test_a_rule_is_found_behind_other_words(typed: str, rule: Rule) -> None:
    line = f"Every voice counts 25 Oct 15:00 {typed} for 1h"
    found = find_rule(line, DATES)
    assert found is not None
    assert (found.rule, line[found.start : found.end]) == (rule, typed)


def test_every_in_other_words_is_text_before_the_date_and_refused_behind_it() -> None:
    assert find_rule("Every voice counts", DATES) is None
    with pytest.raises(BadInput) as error:
        refuse_unread("for 1h every blue moon")
    assert (error.value.code, error.value.typed) == (Code.RULE_WRONG, "every blue moon")
    refuse_unread("everyday matters")


def test_an_end_that_is_no_date_is_refused_as_one() -> None:
    with pytest.raises(BadInput) as error:
        find_rule("Call 25 Oct 15:00 every week until 12/11/2012", DATES)
    assert error.value.code is Code.DATE_AMBIGUOUS


@pytest.mark.parametrize(
    ("rule", "first", "days"),
    [
        (Rule(weekday=THURSDAY), date(2012, 10, 25), "2012-10-25 2012-11-01 2012-11-08"),
        (Rule(2), date(2026, 10, 22), "2026-10-22 2026-11-05 2026-11-19"),
        (Rule(1, THURSDAY, 1), date(2012, 10, 25), "2012-11-01 2012-12-06 2013-01-03"),
        (Rule(1, 1, 2), date(2012, 10, 25), "2012-11-13 2012-12-11 2013-01-08"),
        (Rule(1, 6, 3), date(2012, 10, 25), "2012-11-18 2012-12-16 2013-01-20"),
        (Rule(1, 4, 4), date(2012, 10, 26), "2012-10-26 2012-11-23 2012-12-28"),
        (Rule(1, THURSDAY, -1), date(2012, 10, 25), "2012-10-25 2012-11-29 2012-12-27"),
        (Rule(3, 1), date(2012, 10, 25), "2012-10-30 2012-11-20 2012-12-11"),
        (Rule(2, THURSDAY, 1), date(2012, 10, 25), "2012-11-01 2013-01-03 2013-03-07"),
    ],
)
def test_the_days_begin_with_the_first_that_the_rule_gives(
    rule: Rule, first: date, days: str
) -> None:
    assert [day.isoformat() for day in days_of(rule, first)[:3]] == days.split()


def test_the_last_day_counts_and_a_long_series_is_cut() -> None:
    ends = Rule(weekday=THURSDAY, until=date(2012, 11, 8))
    assert days_of(ends, date(2012, 10, 25))[-1] == ends.until
    assert not is_cut(ends, days_of(ends, date(2012, 10, 25)))
    weekly = days_of(Rule(until=date(2015, 1, 1)), date(2012, 10, 25))
    assert (len(weekly), is_cut(Rule(until=date(2015, 1, 1)), weekly)) == (60, True)
    assert days_of(Rule(1, 0, 1), date(2012, 10, 25))[-1] == date(2014, 4, 7)


def test_a_rule_that_never_occurs_or_ends_before_it_begins_is_refused() -> None:
    first = date(2012, 10, 26)
    refused(Wrong.ENDED, Rule(until=date(2012, 10, 25)), first)
    refused(Wrong.NEVER, Rule(1, THURSDAY, 1, until=date(2012, 10, 31)), first)
    refused(Wrong.NEVER, Rule(0), first)
    refused(Wrong.NEVER, Rule(30, 0, 1, until=date(2012, 10, 30)), first)


def test_a_skipped_hour_names_both_neighbours_and_a_doubled_one_is_taken() -> None:
    sundays = days_of(Rule(until=date(2027, 4, 4)), date(2027, 3, 21))
    with pytest.raises(BadInput) as error:
        require_times(sundays, time(1, 30), "Europe/London")
    assert error.value.facts["day"] == date(2027, 3, 28)
    near = error.value.facts["choices"]
    assert isinstance(near, tuple)
    assert [one.isoformat() for one in near] == ["2027-03-28T00:30:00", "2027-03-28T02:30:00"]
    require_times((date(2027, 10, 31),), time(1, 30), "Europe/London")
    require_times(sundays, time(2, 30), "Europe/London")
