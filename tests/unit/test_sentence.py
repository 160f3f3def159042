"""Owners, date, group, ids and text are taken out of one line, in any order."""

from datetime import date, time

import pytest

from bot.domain.items import Due
from bot.domain.model import UserId
from bot.errors import BadInput, Code, UserError
from bot.handlers import sentence
from bot.handlers.sentence import Said
from bot.views import errors
from bot.views.blocks import parse_value
from tests.unit.programme import (
    COCHAIR,
    ME,
    OUTCOMES,
    SHERLOCK,
    SHERPA,
    SYMPTOMS,
    TARGETS,
    TRIALS,
    reading,
)

FRIDAY = date(2026, 11, 27)
USUAL = date(2026, 11, 29)
CO = "<@U0COCHAIR>"


def said(line: str) -> Said:
    found = sentence.read_new(line, reading())
    assert found is not None
    return found


# line, text, owners (the adder when empty), due day (the usual one when None), group
LINES = [
    ("Draft agenda", "Draft agenda", (), None, "models"),
    (f"Draft agenda {CO}", "Draft agenda", (COCHAIR,), None, "models"),
    ("Draft agenda <@U0COCHAIR|models-cochair>", "Draft agenda", (COCHAIR,), None, "models"),
    (f"Draft agenda {CO} by fri", "Draft agenda", (COCHAIR,), FRIDAY, "models"),
    (f"Draft agenda by fri {CO}", "Draft agenda", (COCHAIR,), FRIDAY, "models"),
    (f"{CO} Draft agenda by fri", "Draft agenda", (COCHAIR,), FRIDAY, "models"),
    (f"{CO}: Draft agenda", "Draft agenda", (COCHAIR,), None, "models"),
    (f"by fri {CO} Draft agenda", "Draft agenda", (COCHAIR,), FRIDAY, "models"),
    ("Draft agenda due 2026-12-04", "Draft agenda", (), date(2026, 12, 4), "models"),
    ("Draft agenda due by 4 Dec", "Draft agenda", (), date(2026, 12, 4), "models"),
    ("Draft agenda by next Friday", "Draft agenda", (), date(2026, 11, 27), "models"),
    ("Draft agenda by tomorrow", "Draft agenda", (), date(2026, 11, 23), "models"),
    ("Draft agenda for trials", "Draft agenda", (), None, "trials"),
    ("Draft agenda for Trials by fri", "Draft agenda", (), FRIDAY, "trials"),
    ("Draft agenda by fri for trials", "Draft agenda", (), FRIDAY, "trials"),
    (f"Draft agenda for trials {CO}", "Draft agenda", (COCHAIR,), None, "trials"),
    (f"for trials {CO} Draft agenda", "Draft agenda", (COCHAIR,), None, "trials"),
    ("for trials Draft agenda", "Draft agenda", (), None, "trials"),
    ("Draft agenda for PC", "Draft agenda", (), None, "trials"),
    ("Draft agenda for pc.", "Draft agenda", (), None, "trials"),
    ("Draft agenda for Proof of Concept", "Draft agenda", (), None, "trials"),
    ("Draft agenda for clinical outcome measures", "Draft agenda", (), None, "outcomes"),
    ("Draft agenda for rehab by fri", "Draft agenda", (), FRIDAY, "symptoms"),
    ("Draft agenda for mod", "Draft agenda", (), None, "models"),
    ("Draft agenda for endpoints", "Draft agenda", (), None, "outcomes"),
    ("Draft agenda for <#C0TRIALS|wg-trials>", "Draft agenda", (), None, "trials"),
    ("Draft agenda for <#C0TRIALS|> by fri", "Draft agenda", (), FRIDAY, "trials"),
    ("Draft agenda <#C0TRIALS|wg-trials>", "Draft agenda", (), None, "trials"),
    ("<#C0TRIALS> Draft agenda", "Draft agenda", (), None, "trials"),
    ("Post it in <#C0TRIALS|wg-trials>", "Post it in #Trials", (), None, "models"),
    ("Post it in <#C0RANDOM|random>", "Post it in #C0RANDOM", (), None, "models"),
    ("Call for papers", "Call for papers", (), None, "models"),
    ("Call for papers by fri", "Call for papers", (), FRIDAY, "models"),
    ("Search for models that work", "Search for models that work", (), None, "models"),
    ("Search for models for trials", "Search for models", (), None, "trials"),
    ("Draft for tr for targets", "Draft", (), None, "targets"),
    ("Draft for tr by fri for trials", "Draft", (), FRIDAY, "trials"),
    ("Draft for tr for models", "Draft for tr", (), None, "models"),
    ("Book a room for me", "Book a room for me", (), None, "models"),
    ("Book a room for all", "Book a room for all", (), None, "models"),
    ("Ask for m", "Ask for m", (), None, "models"),
    ("Stand by for news", "Stand by for news", (), None, "models"),
    (f"Draft agenda {CO} and <@U0SHERPA1>", "Draft agenda", (COCHAIR, SHERPA), None, "models"),
    (f"Draft agenda {CO}, <@U0SHERPA1>", "Draft agenda", (COCHAIR, SHERPA), None, "models"),
    (f"Draft agenda {CO} &amp; <@U0SHERPA1>", "Draft agenda", (COCHAIR, SHERPA), None, "models"),
    (f"Draft agenda {CO} {CO}", "Draft agenda", (COCHAIR,), None, "models"),
    (f"Draft agenda for {CO}", "Draft agenda", (COCHAIR,), None, "models"),
    (f"Draft agenda for {CO} by fri", "Draft agenda", (COCHAIR,), FRIDAY, "models"),
    ("Draft agenda @sherpa", "Draft agenda", (SHERPA,), None, "models"),
    ("Draft agenda @Sherpa.", "Draft agenda.", (SHERPA,), None, "models"),
    ("Draft agenda @models-cochair by fri", "Draft agenda", (COCHAIR,), FRIDAY, "models"),
    ("Draft agenda @Sam Sherpa by fri", "Draft agenda", (SHERPA,), FRIDAY, "models"),
    ("Draft agenda @Sam Lock", "Draft agenda", (SHERLOCK,), None, "models"),
    ("Write to office@example.org", "Write to office@example.org", (), None, "models"),
    ("Tell @channel about it", "Tell @channel about it", (), None, "models"),
    ("Tell <!channel> about it", "Tell @channel about it", (), None, "models"),
    ("Tell <!here|here> about it", "Tell here about it", (), None, "models"),
    ("Tell <!subteam^S0AB|@chairs> about it", "Tell @chairs about it", (), None, "models"),
    ("Compare A &amp; B", "Compare A & B", (), None, "models"),
    ("Compare A &lt; B", "Compare A < B", (), None, "models"),
    ("Compare &amp;lt; B", "Compare &lt; B", (), None, "models"),
    (
        "Read <https://example.org/a?b=1&amp;c=2|this>",
        "Read https://example.org/a?b=1&c=2", (), None, "models",
    ),
    ("Read <https://example.org>", "Read https://example.org", (), None, "models"),
    (
        "Mail <mailto:office@example.org|office@example.org>",
        "Mail office@example.org", (), None, "models",
    ),
    ("Draft\u00a0agenda\u00a0by\u00a0fri", "Draft agenda", (), FRIDAY, "models"),
    ("Draft \u201cthe\u201d agenda\u2019s end", "Draft \"the\" agenda's end", (), None, "models"),
    ("Draft\n  the   agenda", "Draft the agenda", (), None, "models"),
    ("Réviser le résumé \U0001f9e0 by fri", "Réviser le résumé \U0001f9e0", (), FRIDAY, "models"),
    ("סקירה של הפרוטוקול", "סקירה של הפרוטוקול", (), None, "models"),
    ("This needs 2 reviewers", "This needs 2 reviewers", (), None, "models"),
    ("Study needs COVID-19 data", "Study needs COVID-19 data", (), None, "models"),
    ("Pay by committee", "Pay by committee", (), None, "models"),
    ("Meet on Friday", "Meet", (), FRIDAY, "models"),
    ("Draft agenda, by fri", "Draft agenda", (), FRIDAY, "models"),
    ("Draft agenda (v2) by fri", "Draft agenda (v2)", (), FRIDAY, "models"),
    ("<script>alert(1)", "<script>alert(1)", (), None, "models"),
    ("*bold* _and_ ~not~", "*bold* _and_ ~not~", (), None, "models"),
    ("a" * 10_000, "a" * 10_000, (), None, "models"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "text", "owners", "due", "group"), LINES)
def test_a_line_is_taken_apart(
    line: str, text: str, owners: tuple[UserId, ...], due: date | None, group: str
) -> None:
    new = said(line).new
    assert new.text == text
    assert new.owners == (owners or (ME,))
    assert new.due == Due(due or USUAL)
    assert new.group == group


def test_what_was_not_said_is_known() -> None:
    assert (said("Draft").owner_said, said("Draft").when) == (False, None)
    spoken = said(f"Draft {CO} by fri")
    assert spoken.owner_said
    assert spoken.when is not None


@pytest.mark.parametrize("line", ["", "  ", "\n", "\u00a0\u200b"])
def test_nothing_said_is_nothing(line: str) -> None:
    assert sentence.read_new(line, reading()) is None


@pytest.mark.parametrize("line", [CO, "by fri", "for trials", f"{CO} by fri for trials"])
def test_all_but_the_text_leaves_an_empty_text(line: str) -> None:
    assert said(line).new.text == ""


@pytest.mark.parametrize(
    ("line", "needs"),
    [
        ("Draft needs EM-2", ("EM-2",)),
        ("Draft needs em2", ("EM-2",)),
        ("Draft needs EM 2", ("EM-2",)),
        ("Draft needs EM-02, TR-3", ("EM-2", "TR-3")),
        ("Draft needs EM-2 TR-3 and PC-4", ("EM-2", "TR-3", "PC-4")),
        ("Draft needs EM-2 EM-2", ("EM-2",)),
        (f"Draft needs EM-2 by fri {CO}", ("EM-2",)),
        ("needs EM-2 Draft", ("EM-2",)),
        ("Draft by fri needs: EM-2", ("EM-2",)),
    ],
)
def test_what_it_waits_for_is_read(line: str, needs: tuple[str, ...]) -> None:
    new = said(line).new
    assert (new.text, new.needs) == ("Draft", needs)


def test_a_time_keeps_its_zone() -> None:
    assert said("Draft by fri 17:00").new.due == Due(FRIDAY, time(17), "Europe/London")


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("Draft by 12/11/2027", Code.DATE_AMBIGUOUS),
        ("Draft by soon", Code.DATE_UNREADABLE),
        ("Draft by 31 Apr", Code.DATE_MISSING_DAY),
        ("Draft by 2020-01-01", Code.DATE_PAST),
        ("Draft by 2099-01-01", Code.DATE_FAR),
        ("Draft @nobody", Code.PERSON_UNKNOWN),
        ("Draft @sam", Code.PERSON_TWO),
        ("Draft for tr", Code.GROUP_WHICH),
        ("Draft for TR by fri", Code.GROUP_WHICH),
        ("Draft needs DC-3", Code.WRONG_WORDS),
    ],
)
def test_what_cannot_be_taken_is_refused(line: str, code: Code) -> None:
    with pytest.raises(UserError) as refusal:
        sentence.read_new(line, reading())
    assert refusal.value.code is code


def test_tr_may_be_targets_or_trials() -> None:
    with pytest.raises(BadInput) as refusal:
        sentence.read_new("Draft for tr", reading())
    assert refusal.value.facts["choices"] == (TARGETS, TRIALS)


def test_a_group_chosen_leaves_a_name_with_the_same_letters_alone() -> None:
    line = "Draft for tr <@U0TRIALS1|trials-chair> by fri"
    with pytest.raises(BadInput) as refusal:
        sentence.read_new(line, reading())
    button = errors.words(refusal.value, line, "/action", reading().world).blocks[-1]
    carried = [parse_value(element["value"]).get("line") for element in button["elements"]]  # type: ignore[attr-defined]  # blocks are Slack's JSON
    found = sentence.read_new(sentence.without_command(carried[0]), reading())
    assert found is not None
    assert (found.new.text, found.new.group) == ("Draft", "targets")
    assert found.new.owners == ("U0TRIALS1",)


def test_two_of_one_name_are_both_offered() -> None:
    with pytest.raises(BadInput) as refusal:
        sentence.read_new("Draft @sam", reading())
    people = refusal.value.facts["choices"]
    assert isinstance(people, tuple)
    assert [person.user for person in people] == [SHERLOCK, SHERPA]


def test_elsewhere_the_only_group_is_meant() -> None:
    found = sentence.read_new("Draft", reading(None, OUTCOMES))
    assert found is not None
    assert found.new.group == "outcomes"


def test_of_several_groups_it_is_asked_which() -> None:
    with pytest.raises(BadInput) as refusal:
        sentence.read_new("Draft", reading(None, OUTCOMES, SYMPTOMS))
    assert refusal.value.code is Code.GROUP_WHICH
    assert refusal.value.facts["choices"] == (OUTCOMES, SYMPTOMS)


def test_a_coordinator_is_asked_among_all() -> None:
    with pytest.raises(BadInput) as refusal:
        sentence.read_new("Draft", reading(None, coordinator=True))
    assert len(refusal.value.facts["choices"]) == 5  # type: ignore[arg-type]  # facts are objects


def test_somebody_in_no_group_is_told() -> None:
    with pytest.raises(BadInput) as refusal:
        sentence.read_new("Draft", reading(None))
    assert refusal.value.code is Code.GROUP_NONE
