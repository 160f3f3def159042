"""Phrases that people type for a date and that are taken, each with the day it must mean."""

from dataclasses import dataclass, replace

NOON = "2026-11-22T12:00Z"  # A Sunday, like the demo's own first day.


@dataclass(frozen=True, slots=True)
class Phrase:
    """`refused` names a `Code`, or several joined by " or " where the rules leave it open."""

    text: str
    why: str
    day: str | None = None
    time: str | None = None
    at_zone: str | None = None
    refused: str | None = None
    choices: tuple[str, ...] = ()
    now: str = NOON
    zone: str = "Europe/London"
    group_zone: str = "Europe/London"
    next_meeting: str | None = None


def gives(
    text: str, day: str, why: str, time: str | None = None, at_zone: str | None = None
) -> Phrase:
    return Phrase(text, why, day=day, time=time, at_zone=at_zone)


def at(now: str, *phrases: Phrase) -> tuple[Phrase, ...]:
    return tuple(replace(phrase, now=now) for phrase in phrases)


def typed_in(zone: str, group_zone: str, *phrases: Phrase) -> tuple[Phrase, ...]:
    return tuple(replace(phrase, zone=zone, group_zone=group_zone) for phrase in phrases)


def before_meeting(day: str | None, *phrases: Phrase) -> tuple[Phrase, ...]:
    return tuple(replace(phrase, next_meeting=day) for phrase in phrases)


FOURTH_OF_DECEMBER = tuple(
    gives(text, "2026-12-04", "the same day, however it is written")
    for text in (
        *("2026-12-04", "4 Dec", "Dec 4", "04 Dec", "4 December", "December 4"),
        *("4 Dec 2026", "4 December 2026", "Dec 4 2026", "Dec 4, 2026", "December 4, 2026"),
        *("December 4th", "Dec 4th, 2026", "4th December", "4th December 2026", "4th Dec"),
        *("Fri 4 Dec 2026", "Dec. 4", "4 dec", "4 DEC", "dEC 4", "  4 Dec  ", "4   Dec"),
        *("4\tDec", "4\u00a0Dec", "4\u202fDec\u00a02026", "4 Dec\n", "\u00a04 Dec"),
    )
)

WRITTEN = (
    gives("2027-02-12", "2027-02-12", "ISO is never day first"),
    gives("2026-12-11", "2026-12-11", "ISO with two possible months is still ISO"),
    gives("1st Dec", "2026-12-01", "ordinal st"),
    gives("2nd Dec", "2026-12-02", "ordinal nd"),
    gives("Dec 3rd", "2026-12-03", "ordinal rd"),
    gives("Friday.", "2026-11-27", "full stop at the end of a sentence"),
    gives("12 December 2026", "2026-12-12", "day that could be a month"),
    gives("May 5", "2027-05-05", "May with a day is a month"),
    gives("5 may", "2027-05-05", "may with a day is a month, also small"),
    gives("Mar 1", "2027-03-01", "passed this year, next year"),
    gives("31 Mar 2027", "2027-03-31", "last day of a long month"),
    gives("30 Nov", "2026-11-30", "last day of a short month"),
)

YEARS = (
    gives("22 Nov", "2026-11-22", "today has not passed"),
    gives("2026-11-22", "2026-11-22", "today is not past"),
    gives("22 November 2026", "2026-11-22", "today with year is not past"),
    gives("21 Nov", "2027-11-21", "yesterday's date means next year"),
    gives("23 Nov", "2026-11-23", "tomorrow's date is this year"),
    gives("1 January", "2027-01-01", "passed this year, next year"),
    gives("25 Oct", "2027-10-25", "passed this year, next year"),
    gives("31 Dec", "2026-12-31", "last day of the year"),
    gives("28 Feb", "2027-02-28", "last of February in a common year"),
    gives("2028-02-29", "2028-02-29", "leap day"),
    gives("29 Feb 2028", "2028-02-29", "leap day in words"),
    gives("2031-11-22", "2031-11-22", "exactly five years is not more"),
    gives("22 Nov 2031", "2031-11-22", "exactly five years is not more"),
)

RELATIVE = (
    gives("today", "2026-11-22", "today"),
    gives("tomorrow", "2026-11-23", "tomorrow"),
    gives(" TOMORROW ", "2026-11-23", "capital and spaces"),
    gives("in 3 days", "2026-11-25", "days"),
    gives("In\u00a03\u00a0Days", "2026-11-25", "no-break spaces"),
    gives("in 1 day", "2026-11-23", "singular"),
    gives("in 10 days", "2026-12-02", "over the month end"),
    gives("in 40 days", "2027-01-01", "over the year end"),
    gives("in 2 weeks", "2026-12-06", "weeks keep the weekday, a Sunday is kept"),
    gives("in 1 week", "2026-11-29", "singular"),
    gives("2w", "2026-12-06", "short for weeks"),
    gives("1w", "2026-11-29", "one week"),
    gives("12W", "2027-02-14", "two digits, upper case"),
    gives("eom", "2026-11-30", "end of month"),
    gives("EOM", "2026-11-30", "upper case"),
    gives("end of month", "2026-11-30", "end of month in words"),
    gives("End of  Month", "2026-11-30", "capitals and double space"),
    gives("eow", "2026-11-27", "on a Sunday the coming Friday"),
    gives("EOW", "2026-11-27", "upper case"),
    gives("end of week", "2026-11-27", "eow in words"),
)

WEEKDAYS = (
    gives("Fri", "2026-11-27", "next such day"),
    gives("Friday", "2026-11-27", "next such day"),
    gives("friday", "2026-11-27", "lower case"),
    gives("Mon", "2026-11-23", "tomorrow's weekday"),
    gives("WED", "2026-11-25", "upper case"),
    gives("Sat", "2026-11-28", "weekends are kept"),
    gives("Sun", "2026-11-29", "today's weekday excludes today"),
    gives("sunday", "2026-11-29", "today's weekday excludes today"),
    gives("next Friday", "2026-11-27", "the week after a Sunday begins tomorrow"),
    gives("next Fri", "2026-11-27", "short"),
    gives("next Monday", "2026-11-23", "Monday of next week is tomorrow on a Sunday"),
    gives("next Sunday", "2026-11-29", "a week ends on Sunday"),
    *at(
        "2026-11-23T09:00Z",
        gives("Mon", "2026-11-30", "Monday typed on a Monday"),
        gives("Fri", "2026-11-27", "this week's"),
        gives("next Friday", "2026-12-04", "Friday of next week, not this one"),
        gives("next Monday", "2026-11-30", "Monday of next week"),
        gives("next Sunday", "2026-12-06", "Sunday of next week, not the coming one"),
        gives("Sun", "2026-11-29", "the coming one"),
        gives("eow", "2026-11-27", "this week's Friday"),
    ),
    *at(
        "2026-11-27T16:00Z",
        gives("Fri", "2026-12-04", "Friday typed on a Friday"),
        gives("next Friday", "2026-12-04", "both mean the same on a Friday"),
        gives("Thu", "2026-12-03", "yesterday's weekday"),
        gives("Sat", "2026-11-28", "tomorrow"),
        gives("next Monday", "2026-11-30", "Monday of next week"),
        gives("next Saturday", "2026-12-05", "Saturday of next week, not tomorrow"),
        gives("eow", "2026-11-27", "on a Friday it is today"),
    ),
    *at(
        "2026-11-28T10:00Z",
        gives("eow", "2026-12-04", "on a Saturday the coming Friday"),
        gives("Sat", "2026-12-05", "Saturday typed on a Saturday"),
        gives("next Friday", "2026-12-04", "Friday of next week"),
    ),
)

DEMO_DAYS = at(
    "2012-11-18T12:00Z",
    gives("Fri", "2012-11-23", "next such day"),
    gives("next Friday", "2012-11-23", "Friday of next week"),
    gives("Sun", "2012-11-25", "today excluded"),
    gives("tomorrow", "2012-11-19", "tomorrow"),
    gives("in 3 days", "2012-11-21", "days"),
    gives("2w", "2012-12-02", "a Sunday is kept"),
    gives("eow", "2012-11-23", "coming Friday"),
    gives("eom", "2012-11-30", "end of month"),
    gives("25 Oct", "2013-10-25", "passed, next year"),
    gives("19 Nov 17:00 New York", "2012-11-19", "named city", "17:00", "America/New_York"),
    gives("18 Nov 2017", "2017-11-18", "exactly five years"),
)

TURNS = (
    *at(
        "2026-12-31T12:00Z",
        gives("tomorrow", "2027-01-01", "year turns"),
        gives("Fri", "2027-01-01", "year turns"),
        gives("next Friday", "2027-01-08", "Friday of next week"),
        gives("eow", "2027-01-01", "year turns within the week"),
        gives("eom", "2026-12-31", "on the last day it is today"),
        gives("1 Jan", "2027-01-01", "the coming one"),
        gives("31 Dec", "2026-12-31", "today"),
        gives("30 Dec", "2027-12-30", "passed yesterday"),
        gives("2w", "2027-01-14", "year turns"),
        gives("2031-12-31", "2031-12-31", "exactly five years"),
    ),
    *at(
        "2028-02-28T12:00Z",
        gives("tomorrow", "2028-02-29", "into the leap day"),
        gives("in 2 days", "2028-03-01", "over the leap day"),
        gives("29 Feb", "2028-02-29", "the year has one"),
        gives("eom", "2028-02-29", "month ends with the leap day"),
        gives("28 Feb", "2028-02-28", "today"),
        gives("Mon", "2028-03-06", "today is a Monday"),
        gives("27 Feb", "2029-02-27", "passed"),
        gives("in 1 week", "2028-03-06", "a week over the leap day"),
    ),
    *at("2027-02-28T12:00Z", gives("tomorrow", "2027-03-01", "common year")),
    *at("2026-11-30T12:00Z", gives("end of month", "2026-11-30", "today")),
    *at("2028-02-29T12:00Z", gives("29 Feb", "2028-02-29", "today is the leap day")),
)

TIMES = (
    gives("4 Dec 17:00", "2026-12-04", "24 hours", "17:00"),
    gives("2026-12-04 09:05", "2026-12-04", "ISO day and time", "09:05"),
    gives("4 Dec 5pm", "2026-12-04", "12 hours", "17:00"),
    gives("4 Dec 5 pm", "2026-12-04", "space before pm", "17:00"),
    gives("Dec 4 5:30pm", "2026-12-04", "minutes and pm", "17:30"),
    gives("Fri 9am", "2026-11-27", "morning", "09:00"),
    gives("Fri 12pm", "2026-11-27", "12 pm is noon", "12:00"),
    gives("Fri 12am", "2026-11-27", "12 am is the day's start", "00:00"),
    gives("Fri 12:30am", "2026-11-27", "half past midnight", "00:30"),
    gives("Friday noon", "2026-11-27", "noon", "12:00"),
    gives("tomorrow NOON", "2026-11-23", "upper case", "12:00"),
    gives("next Friday 17:00", "2026-11-27", "relative and time", "17:00"),
    gives("in 2 weeks 9am", "2026-12-06", "relative and time", "09:00"),
    gives("in 2 weeks at 9am", "2026-12-06", "with at", "09:00"),
    gives("Friday at 17:00", "2026-11-27", "with at", "17:00"),
    gives("Fri, 17:00", "2026-11-27", "comma", "17:00"),
    gives("eow 17:00", "2026-11-27", "word and time", "17:00"),
    gives("end of month 5pm", "2026-11-30", "words and time", "17:00"),
    gives("2w 17:00", "2026-12-06", "short weeks and time", "17:00"),
    gives("today 17:00", "2026-11-22", "later today", "17:00"),
    gives("4 Dec 00:00", "2026-12-04", "first minute belongs to its day", "00:00"),
    gives("4 Dec 23:59", "2026-12-04", "last minute", "23:59"),
    gives("Dec 4, 2026 5pm", "2026-12-04", "American in full", "17:00"),
)

ZONES = (
    gives("Fri 17:00 London", "2026-11-27", "city", "17:00", "Europe/London"),
    gives("Fri 9am New York", "2026-11-27", "city of two words", "09:00", "America/New_York"),
    gives("Fri 9am new york", "2026-11-27", "lower case", "09:00", "America/New_York"),
    gives("4 Dec 17:00 UTC", "2026-12-04", "UTC", "17:00", "UTC"),
    gives("4 Dec noon Toronto", "2026-12-04", "noon in a city", "12:00", "America/Toronto"),
    gives("4 Dec 17:00 Europe/Rome", "2026-12-04", "IANA", "17:00", "Europe/Rome"),
    gives("4 Dec 5pm America/New_York", "2026-12-04", "IANA", "17:00", "America/New_York"),
    gives("tomorrow 5 pm Amsterdam", "2026-11-23", "Dutch city", "17:00", "Europe/Amsterdam"),
    gives(
        "4 Dec 17:00 Calgary", "2026-12-04", "city that names no zone", "17:00", "America/Edmonton"
    ),
    gives("2027-03-28 01:30 New York", "2027-03-28", "gap elsewhere", "01:30", "America/New_York"),
    gives("2027-03-28 01:30 UTC", "2027-03-28", "UTC has no gap", "01:30", "UTC"),
    gives("2027-03-28 00:59", "2027-03-28", "minute before the gap", "00:59"),
    gives("2027-03-28 02:00", "2027-03-28", "minute after the gap", "02:00"),
    gives("2027-10-31 01:30", "2027-10-31", "doubled: the first", "01:30"),
    gives("2027-11-07 01:30 New York", "2027-11-07", "doubled: first", "01:30", "America/New_York"),
    gives("14 Mar 02:30 Vancouver", "2027-03-14", "no more changes", "02:30", "America/Vancouver"),
    gives("2027-03-14 02:30", "2027-03-14", "New York's gap is none in London", "02:30"),
    *at("2026-10-20T12:00Z", gives("25 Oct 01:30", "2026-10-25", "doubled: the first", "01:30")),
)

WEST = at(
    "2012-11-19T01:30Z",
    *typed_in(
        "America/Vancouver",
        "Europe/London",
        gives("tomorrow", "2012-11-19", "17:30 on the 18th there"),
        gives("Mon", "2012-11-19", "still Sunday there"),
        gives("Sun", "2012-11-25", "today there is a Sunday"),
        gives("in 3 days", "2012-11-21", "from the typist's day"),
        gives("2w", "2012-12-02", "from the typist's day"),
        gives("next Friday", "2012-11-23", "week after the typist's Sunday"),
        gives("2012-11-19", "2012-11-19", "written dates do not shift"),
    ),
    *typed_in(
        "America/Vancouver",
        "America/Vancouver",
        gives("today", "2012-11-18", "still the 18th for typist and group"),
        gives("18 Nov", "2012-11-18", "still the 18th for typist and group"),
    ),
)

EAST = at(
    "2026-11-22T23:30Z",
    *typed_in(
        "Europe/Amsterdam",
        "America/New_York",
        gives("today", "2026-11-23", "00:30 on Monday there"),
        gives("tomorrow", "2026-11-24", "00:30 on Monday there"),
        gives("Mon", "2026-11-30", "today there is a Monday"),
        gives("next Friday", "2026-12-04", "week after the typist's Monday"),
        gives("eow", "2026-11-27", "this week's Friday there"),
        gives("4 Dec", "2026-12-04", "written dates do not shift"),
    ),
)

MEETING = before_meeting(
    "2026-12-17",
    gives("T-7", "2026-12-10", "days before the meeting"),
    gives("t-7", "2026-12-10", "lower case"),
    gives(" T-7 ", "2026-12-10", "spaces around"),
    gives("T-12", "2026-12-05", "a Saturday is kept"),
    gives("T-1", "2026-12-16", "the day before"),
    gives("T-25", "2026-11-22", "falls on today"),
    gives("T-7 17:00", "2026-12-10", "with a time", "17:00"),
    gives("T\u22127", "2026-12-10", "minus sign, as the reminders write it"),
)

TAKEN = (
    *(FOURTH_OF_DECEMBER + WRITTEN + YEARS + RELATIVE + WEEKDAYS + DEMO_DAYS + TURNS),
    *(TIMES + ZONES + WEST + EAST + MEETING),
    *at(
        "2012-11-18T12:00Z",
        *before_meeting("2012-11-27", gives("T-7", "2012-11-20", "call on the 27th")),
        *before_meeting("2012-11-29", gives("T-7", "2012-11-22", "call on the 29th")),
    ),
)
