"""How a series of meetings goes on, in words."""

from dataclasses import dataclass

from bot.domain.meetings import Meeting
from bot.domain.recurrence import Rule
from bot.domain.rescheduling import Series
from bot.views.dates import count, day_words

_NTH = {1: "first", 2: "second", 3: "third", 4: "fourth", -1: "last"}
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True)
class Course:
    """The series that a meeting belongs to; `later`: how many after it still take place."""

    series: Series
    later: int = 0


def rule_words(rule: Rule, weekday: int) -> str:
    """Such as "every month on the first Thursday until Wed 30 Jun 2027".

    `weekday`: that of its first day, for a rule that names none.
    """
    day = _DAYS[weekday if rule.weekday is None else rule.weekday]
    if rule.nth is not None:
        often = "every month" if rule.step == 1 else f"every {rule.step} months"
        often += f" on the {_NTH[rule.nth]} {day}"
    else:
        often = f"every {day}" if rule.step == 1 else f"every {rule.step} weeks on {day}"
    return often + (f" until {day_words(rule.until)}" if rule.until else "")


def sentence(course: Course, meeting: Meeting) -> str:
    """How often, how many are left, and where this one is off the rule."""
    series = course.series
    left = f"{course.later} more after this one" if course.later else "this is the last one"
    often = rule_words(series.rule, series.first.weekday())
    said = f"It takes place {often}; {left}."
    if meeting.series_day is not None and meeting.series_day != meeting.start_day:
        said += f" This one was moved off the rule, from {day_words(meeting.series_day)}."
    elif meeting.start_at != series.at or meeting.zone != series.zone:
        said += " This one is at another hour than the series."
    return said


def going_on(course: Course | None) -> str:
    """What `all` means in its forms."""
    later = course.later if course else 0
    return f"This one and the {count(later, 'meeting')} after it" if later else ""
