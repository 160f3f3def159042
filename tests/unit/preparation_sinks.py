"""The places where checklists and cards of meetings are shown, each by one line."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.local_times import Clock, Shift
from bot.domain.meetings import MeetingState, OwnerRole, PrepItem, PrepState
from bot.domain.minutes import MinutesState
from bot.domain.model import UserId
from bot.domain.outbox import Message
from bot.domain.templates import CALL, TemplateItem
from bot.errors import BadInput, Code, Conflict
from bot.views import checklists, errors, meeting_cards, preparation
from bot.views.blocks import View
from bot.views.item_forms import Origin
from bot.views.preparation import Row, Sheet
from bot.views.preparation_form import add_form
from tests.unit.hostile_world import DAY, Given
from tests.unit.meeting_sinks import upcoming
from tests.unit.screens import CHAIR, NOW, OWNER


def sheet(it: Given, times: int = 1) -> Sheet:
    """Of every state one, or more of them."""
    todo = PrepItem(1, "announce", it.text, OwnerRole.CHAIR, DAY)
    done = replace(todo, state=PrepState.DONE, done_by=OWNER, done_at=NOW)
    skipped = replace(todo, key="", state=PrepState.SKIPPED, why=it.text)
    rows = (
        Row(todo, (OWNER, CHAIR), late=True, may=True),
        Row(replace(todo, key=""), (OWNER, CHAIR, UserId("U0OTHER01")), may=True),
        Row(done, (OWNER,), may=True),
        Row(skipped),
    )
    numbered = [replace(row, item=replace(row.item, n=n)) for n, row in enumerate(rows * times, 1)]
    shifts = (Shift(DAY, "America/New_York", NOW, timedelta(hours=1)),)
    clocks = (Clock("America/New_York", NOW),)
    meeting = upcoming(it).meeting
    return Sheet(meeting, tuple(numbered), 1, 3, clocks, shifts, (it.text,), minds=True)


def _card(it: Given, state: MeetingState) -> Message:
    known, meeting = sheet(it), replace(upcoming(it).meeting, state=state)
    card = meeting_cards.Card(
        meeting, (), known.clocks, known.odd, known.notes, 1, 3, 2, 25, NOW,
        MinutesState.PUBLISHED, datetime(2026, 1, 1, 9),  # noqa: DTZ001 - on its own clock
    )  # fmt: skip
    return meeting_cards.card(card, it.world)


def _refused(it: Given) -> Message:
    done = sheet(it).rows[2].item
    error = Conflict(Code.PREP_DONE, ref="MT-1", prep=done, zone="Europe/Rome")
    return errors.words(error, f"tick {it.text}", "/wg", it.world)


def _no_role(it: Given) -> Message:
    error = BadInput(Code.TEMPLATE_WRONG, None, it.text, why="role")
    return errors.words(error, f"checklist {it.text}", "/wg", it.world)


PREPARATION_SINKS: dict[str, Callable[[Given], Message | View | str]] = {
    "checklist": lambda it: preparation.checklist(sheet(it), it.world, OWNER, NOW),
    "checklist, page of many": lambda it: preparation.checklist(
        sheet(it, 20), it.world, OWNER, NOW, 2
    ),
    "channel, checklist": lambda it: preparation.public(sheet(it, 20), it.world, NOW),
    "ticked": lambda it: preparation.ticked(
        sheet(it), [sheet(it).rows[0].item], "done", "r", it.world
    ),
    "form, checklist": lambda it: add_form(upcoming(it).meeting, (OWNER,), it.world, Origin()),
    "tick refused": _refused,
    "channel, meeting": lambda it: _card(it, MeetingState.ANNOUNCED),
    "channel, meeting held": lambda it: _card(it, MeetingState.HELD),
    "channel, meeting called off": lambda it: _card(it, MeetingState.CANCELLED),
    "channel, meeting never planned": lambda it: meeting_cards.gone(upcoming(it).meeting),
    "announced": lambda it: meeting_cards.announced(upcoming(it).meeting, ("C0MODELS",)),
    "group's checklist": lambda it: checklists.template(
        it.group, CALL, (TemplateItem("own-1", -5, OwnerRole.CHAIR, it.text),), own=True, may=True
    ),
    "group's checklist refused": _no_role,
}
