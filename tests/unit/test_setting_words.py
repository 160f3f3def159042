"""What is typed about one's own hours, days and absence, and about a group's settings."""

from datetime import date, time

import pytest

from bot.errors import BadInput, Code
from bot.handlers import setting_words as words
from bot.handlers.registry import Command, Registry
from bot.handlers.setting_words import AwaySaid, HoursSaid
from bot.services.inbox import Silent
from bot.views.settings import days_words
from tests.unit.programme import MODELS, TRIALS, reading

NINE, FIVE = time(9), time(17)
WEEK = frozenset(range(5))

# line, hours, days
HOURS = [
    ("08:00-18:00", (time(8), time(18)), None),
    ("9-17", (NINE, FIVE), None),
    ("9am to 5pm", (NINE, FIVE), None),
    ("9 am - 5:30 p.m.", (NINE, time(17, 30)), None),
    ("from 9:00 to 17:00", (NINE, FIVE), None),
    ("9\u201317", (NINE, FIVE), None),
    ("09:00 until noon", (NINE, time(12)), None),
    ("13:00-24:00", (time(13), time(23, 59)), None),
    ("8-18 Sun-Thu", (time(8), time(18)), frozenset({6, 0, 1, 2, 3})),
    ("09:00-17:00 Mon,Tue,Thu", (NINE, FIVE), frozenset({0, 1, 3})),
    ("09:00-17:00, Monday to Wednesday and Friday", (NINE, FIVE), frozenset({0, 1, 2, 4})),
    ("9-17 on Mondays", (NINE, FIVE), frozenset({0})),
    ("9-17 Mon \u2013 Fri.", (NINE, FIVE), WEEK),
    ("Tue, Wed", None, frozenset({1, 2})),
    ("fri-mon", None, frozenset({4, 5, 6, 0})),
]


@pytest.mark.parametrize(("line", "hours", "days"), HOURS, ids=[line for line, *_ in HOURS])
def test_hours_and_days_are_read(
    line: str, hours: tuple[time, time] | None, days: frozenset[int] | None
) -> None:
    assert words.read_hours(line, reading()) == HoursSaid(hours, days)


@pytest.mark.parametrize("line", ["usual", "Usual.", "as usual"])
def test_the_usual_hours_come_back(line: str) -> None:
    assert words.read_hours(line, reading()) == HoursSaid(usual=True)


@pytest.mark.parametrize(
    ("line", "code", "typed"),
    [
        ("25:00", Code.HOURS_WRONG, "25:00"),
        ("9-25", Code.HOURS_WRONG, "9-25"),
        ("9", Code.HOURS_WRONG, "9"),
        ("13pm-14pm", Code.HOURS_WRONG, "13pm-14pm"),
        ("whenever", Code.HOURS_WRONG, "whenever"),
        ("9-17 sometimes", Code.DAYS_WRONG, "sometimes"),
        ("9-17 Mon-Funday", Code.DAYS_WRONG, "mon-funday"),
        ("9-171", Code.HOURS_WRONG, "9-171"),
    ],
)
def test_hours_that_cannot_be_read_say_what_was_not_understood(
    line: str, code: Code, typed: str
) -> None:
    with pytest.raises(BadInput) as refusal:
        words.read_hours(line, reading())
    assert (refusal.value.code, refusal.value.typed) == (code, typed)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("", AwaySaid()),
        ("off", AwaySaid(ends=True)),
        ("Back!", AwaySaid(ends=True)),
        ("until Fri", AwaySaid(date(2026, 11, 27))),
        ("till 4 Dec", AwaySaid(date(2026, 12, 4))),
        ("next Monday", AwaySaid(date(2026, 11, 23))),
        ("until in 2 weeks", AwaySaid(date(2026, 12, 6))),
        ("2w", AwaySaid(date(2026, 12, 6))),
    ],
)
def test_an_absence_is_read_by_its_first_day_back(line: str, said: AwaySaid) -> None:
    assert words.read_away(line, reading()) == said


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("until yesterday", Code.DATE_PAST),
        ("until 1 Nov 2026", Code.DATE_PAST),
        ("until 1 Dec 2031", Code.DATE_FAR),
        ("until", Code.DATE_NEEDED),
        ("until 12/11/2026", Code.DATE_AMBIGUOUS),
        ("from 1 Dec to whenever", Code.DATE_UNREADABLE),
        ("until Fri 17:00", Code.WRONG_WORDS),
        ("for a while", Code.DATE_UNREADABLE),
    ],
)
def test_an_absence_without_a_clear_end_is_refused(line: str, code: Code) -> None:
    with pytest.raises(BadInput) as refusal:
        words.read_away(line, reading())
    assert refusal.value.code is code


@pytest.mark.parametrize("line", ["from 1 Dec to 4 Dec", "From Tue \u2013 4 December."])
def test_an_absence_to_come_is_told_in_the_words_that_can_be_typed(line: str) -> None:
    with pytest.raises(BadInput) as refusal:
        words.read_away(line, reading())
    assert refusal.value.facts["until"] == "5 Dec 2026"


@pytest.mark.parametrize(
    ("line", "code"),
    [("", Code.ID_NEEDED), ("everything", Code.ID_NEEDED), ("EM-2 please", Code.WRONG_WORDS)],
)
def test_muting_takes_one_id_and_nothing_else(line: str, code: Code) -> None:
    assert words.read_muted("em2", reading()) == "EM-2"
    with pytest.raises(BadInput) as refusal:
        words.read_muted(line, reading())
    assert refusal.value.code is code


@pytest.mark.parametrize("line", ["trials", "for Trials", "PC"])
def test_the_group_of_settings_is_named_in_any_way(line: str) -> None:
    assert words.read_group(line, reading(MODELS)) == (TRIALS,)


@pytest.mark.parametrize(
    ("line", "usage", "rest"),
    [
        ("me", "me", ""),
        ("Me!", "me", ""),
        ("me export", "me export", ""),
        ("me erase please", "me erase", "please"),
        ("me too", "me", "too"),
    ],
)
def test_me_alone_is_not_what_stands_behind_it(line: str, usage: str, rest: str) -> None:
    def command(noun: str, word: str) -> Command[str]:
        usage = f"{noun} {word}".strip()
        return Command(noun, (word,), usage, "", lambda text, _: text, lambda *_: Silent())

    table = Registry([command("", "me"), command("me", "export"), command("me", "erase")])
    route = table.route(line)
    assert (route.command.usage, route.rest) == (usage, rest)


def test_numbers_of_days_are_read_each_once() -> None:
    assert words.read_numbers("7, 2 7", "before") == (7, 2)
    assert words.read_numbers(" ", "before") == ()
    with pytest.raises(BadInput) as refusal:
        words.read_numbers("a week", "before")
    assert (refusal.value.code, refusal.value.field) == (Code.NUMBER_WRONG, "before")


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (range(5), "Mon\u2013Fri"),
        ((6, 0, 1, 2, 3), "Sun\u2013Thu"),
        ((0, 1, 3), "Mon, Tue, Thu"),
        ((4, 5), "Fri, Sat"),
        (range(7), "every day"),
        ((2,), "Wed"),
    ],
)
def test_working_days_are_said_as_people_say_them(days: tuple[int, ...], said: str) -> None:
    assert days_words(days) == said
