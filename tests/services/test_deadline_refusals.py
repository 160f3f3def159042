"""What is wrong with a deadline is said exactly, with a way on; and what Undo takes back."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest

from bot.domain.deadlines import Deadline, Kind, NewDeadline, Stage
from bot.domain.items import Due, NewItem, Source
from bot.domain.model import ChannelId, GroupKey, Ref, UserId
from bot.domain.outbox import Message
from bot.errors import Code, UserError
from bot.handlers import items as item_words
from bot.handlers import sentence
from bot.handlers.reading import reading_of
from bot.handlers.registry import Invocation
from bot.services import deadlines, items
from bot.services.access import Ask
from bot.services.deadlines import Told
from bot.services.inbox import Reply
from bot.services.undo import undo
from bot.views import deadline_answers as answers
from bot.views import errors
from bot.views.undone import undone_line
from tests.services.conftest import (
    CHAIR,
    COORDINATOR,
    MEMBER,
    MODELS,
    MODELS_CHANNEL,
    OUTSIDER,
    TRIALS,
    TRIALS_CHANNEL,
    Office,
)

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)  # the policy alone

DAY = date(2026, 12, 4)


def add(office: Office, days: int = 0, *needs: Ref, group: GroupKey = MODELS) -> Told:
    made = NewDeadline("Abstracts", DAY + timedelta(days=days), (group,), needs=needs)
    return office.do(COORDINATOR, lambda ask: deadlines.add(ask, made))


def action(office: Office, days: int, *needs: Ref) -> Ref:
    made = NewItem("Scans", TRIALS, Due(DAY + timedelta(days=days)), (OUTSIDER,), needs)
    return office.do(OUTSIDER, lambda ask: items.add(ask, made), TRIALS_CHANNEL).item.ref


def refusal(
    office: Office, by: UserId, work: Callable[[Ask], object]
) -> tuple[Code, str, list[str]]:
    """Its code, its sentence, the labels of its buttons."""
    with pytest.raises(UserError) as refused:
        office.do(by, work)
    world = office.db.read_now(lambda store: store.groups.world())
    said = errors.words(refused.value, "", "", world)
    return refused.value.code, said.text, labels(said)


def labels(said: Message) -> list[str]:
    rows: list[Any] = [block["elements"] for block in said.blocks if "elements" in block]
    return [one["text"]["text"] for row in rows for one in row if "action_id" in one]


def test_a_deadline_before_what_it_needs_is_kept_and_told_when_it_can_be(office: Office) -> None:
    slow = action(office, 9)
    told = add(office, 0, slow)
    assert told.earliest == DAY + timedelta(days=9)
    world = office.db.read_now(lambda store: store.groups.world())
    notes = answers.consequences(told.late, told.hits, world)
    assert notes == ("It falls before what it needs: PC-1 cannot be met before Sun 13 Dec 2026.",)
    said = answers.added(told.deadline, world, notes, "r", told.earliest, aloud=False)
    assert labels(said) == ["Undo", "Move to Sun 13 Dec 2026", "Details"]


def test_circles_are_named_also_through_actions_of_other_groups(office: Office) -> None:
    first = add(office).deadline
    second = add(office, 0, first.ref).deadline
    scans = NewItem("Scans", TRIALS, Due(DAY), (OUTSIDER,), (second.ref,))
    through = office.db.write_now(
        lambda store: store.items.create(scans, OUTSIDER, office.clock())
    ).ref
    for refs, said in (
        ((first.ref,), "DL-1 cannot wait for itself."),
        (
            (through,),
            "DL-1 waits for PC-1, and PC-1 waits for DL-2, and DL-2 waits for DL-1: that would be"
            " a circle.",
        ),
        ((second.ref,), "DL-1 waits for DL-2, and DL-2 waits for DL-1: that would be a circle."),
    ):
        wait = partial(deadlines.needs, ref=first.ref, refs=refs)
        assert refusal(office, COORDINATOR, wait)[:2] == (Code.CIRCLE, said)
    unknown = partial(deadlines.needs, ref=first.ref, refs=(second.ref, Ref("DL-99")))
    assert refusal(office, COORDINATOR, unknown)[:2] == (Code.NO_SUCH_ID, "I know no DL-99.")


def test_what_is_closed_holds_nothing_up_and_what_waits_for_the_dropped_is_told(
    office: Office,
) -> None:
    done, one = action(office, 0), add(office).deadline
    office.do(OUTSIDER, lambda ask: items.done(ask, done))
    told = office.do(COORDINATOR, partial(deadlines.needs, ref=one.ref, refs=(done,)))
    assert [step.ref for step in told.closed] == [done]
    other = add(office, 1, one.ref).deadline
    dropped = office.do(COORDINATOR, partial(deadlines.drop, ref=one.ref, reason="Covered"))
    assert answers.needless(told.closed, dropped.waiting, one.ref) == (
        "PC-1 is closed already, so it holds nothing up.",
        f"{other.ref} waits for {one.ref} no longer.",
    )


def test_each_refusal_says_what_is_so_and_how_to_go_on(office: Office) -> None:
    made = add(office).deadline
    later = DAY + timedelta(days=7)
    move = partial(deadlines.move, ref=made.ref, due=later, reason="")
    assert refusal(office, CHAIR, move) == (
        Code.REASON_NEEDED,
        "Why does DL-1 move to Fri 11 Dec 2026? A date only moves with a reason.",
        ["Say why"],
    )
    same = partial(deadlines.move, ref=made.ref, due=DAY, reason="")
    reopen = partial(deadlines.reopen, ref=made.ref)
    as_it_is = "without an owner: Abstracts, due Fri 4 Dec 2026, in Models."
    for work, said in ((same, "due that day"), (reopen, "open")):
        told = f"DL-1 is {said} already: {as_it_is}"
        assert refusal(office, CHAIR, work)[1:] == (told, ["Open"])
    office.do(CHAIR, partial(deadlines.met, ref=made.ref))
    closed = refusal(office, CHAIR, partial(deadlines.met, ref=made.ref))
    assert (closed[0], closed[2]) == (Code.ALREADY_DONE, ["Reopen", "Open"])
    assert closed[1].startswith("DL-1 is already met by ")
    assert closed[1].endswith(" on Sun 22 Nov 2026: Abstracts.")
    opened = office.do(CHAIR, reopen).deadline
    assert (opened.stage, opened.closed_at, opened.closed_by) == (Stage.OPEN, None, None)


Act = Callable[..., Told]
CHANGES: tuple[tuple[str, Act], ...] = (
    ("move", lambda ask, ref: deadlines.move(ask, ref, DAY + timedelta(days=3), "Late")),
    ("met", lambda ask, ref: deadlines.met(ask, ref, "Agreed")),
    ("drop", lambda ask, ref: deadlines.drop(ask, ref, "Covered")),
    ("stage", lambda ask, ref: deadlines.stage(ask, ref, "review")),
    ("needs", lambda ask, ref: deadlines.needs(ask, ref, (Ref("DL-1"),))),
    ("edit", lambda ask, ref: deadlines.edit(ask, ref, "Slides")),
    ("give", lambda ask, ref: deadlines.give(ask, ref, MEMBER)),
)


def test_undo_takes_back_each_change_and_the_adding(office: Office) -> None:
    add(office)
    new = NewDeadline("Page", DAY, (MODELS,), Kind.DELIVERABLE, CHAIR)
    before = office.do(CHAIR, lambda ask: deadlines.add(ask, new)).deadline
    world = office.db.read_now(lambda store: store.groups.world())
    for verb, act in CHANGES:
        office.do(CHAIR, partial(act, ref=before.ref))
        (change,) = office.do(CHAIR, undo)
        now = change.before
        assert isinstance(now, Deadline)
        assert replace(now, version=1, updated_at=before.updated_at) == before, verb
        assert undone_line(change, world).words.startswith("Taken back: ")


def test_undo_is_ones_own_in_time_and_of_what_nobody_changed_since(office: Office) -> None:
    made = add(office).deadline
    later = partial(deadlines.move, ref=made.ref, due=DAY + timedelta(days=3), reason="Late")
    office.do(CHAIR, later)
    assert refusal(office, MEMBER, undo)[0] is Code.NOTHING_TO_UNDO
    office.do(COORDINATOR, partial(deadlines.edit, ref=made.ref, text="Slides"))
    code, said, _ = refusal(office, CHAIR, undo)
    assert code is Code.CHANGED_MEANWHILE
    assert said == (
        "DL-1 changed meanwhile, so I left it alone. It is now: without an owner: Slides, due"
        " Mon 7 Dec 2026, in Models."
    )
    office.do(COORDINATOR, undo)
    office.clock.forward(minutes=11)
    assert refusal(office, CHAIR, undo)[0] is Code.NOTHING_TO_UNDO
    fresh = add(office).deadline
    (change,) = office.do(COORDINATOR, undo)
    assert change.before is None
    gone = refusal(office, COORDINATOR, partial(deadlines.find, ref=fresh.ref))
    assert gone[:2] == (Code.GONE, f"{fresh.ref} no longer exists: it was taken back.")


def test_a_message_that_became_a_deadline_makes_no_second_one(office: Office) -> None:
    source = Source(ChannelId("C1"), "1.1")
    new = NewDeadline("Page", DAY, (MODELS,))
    assert office.do(CHAIR, partial(deadlines.captured, source=source)) is None
    made = office.do(CHAIR, lambda ask: deadlines.add(ask, new, source)).deadline
    assert office.do(CHAIR, partial(deadlines.captured, source=source)) == made
    assert office.do(OUTSIDER, partial(deadlines.captured, source=source)) is None
    office.do(CHAIR, undo)
    assert office.do(CHAIR, partial(deadlines.captured, source=source)) is None


def test_a_new_action_due_before_what_it_needs_is_told_when_it_can_be(office: Office) -> None:
    slow = action(office, 9)
    by = Invocation("command", "1", MEMBER, MODELS_CHANNEL)

    def work(ask: Ask) -> Reply:
        line = f"Table by {DAY} needs {slow}"
        said = item_words.add(ask, by, sentence.read_new(line, reading_of(ask)))
        assert isinstance(said, Reply)
        return said

    text = office.do(MEMBER, work).message.text
    assert "It falls before what it needs: PC-1 cannot be met before Sun 13 Dec 2026." in text
