"""What somebody left behind: seen, tried out and handed over."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.domain.departures import DepartureId, HandOver, Left
from bot.domain.model import Group, Ref, Role, UserId
from bot.domain.outbox import Message
from bot.errors import BadInput, Code
from bot.handlers import sentence
from bot.handlers.item_clicks import origin_of
from bot.handlers.reading import Reading
from bot.handlers.registry import CHAIR, Click, Clicked, Command, Form, Invocation, Submitted
from bot.handlers.tokens import plain, tidy
from bot.services import handovers
from bot.services.access import Ask
from bot.services.inbox import OpenModal, Outcome, Reply, Silent
from bot.views import handover_answers as answers
from bot.views import handovers as view
from bot.views.blocks import Field, Id, parse_value
from bot.views.item_forms import origin
from bot.views.text import mention

USAGE = "handover [@person [to @person] [in <group>] [dry run]]"
_DRY = re.compile(r"[\s,.;]*\bdry[\s-]?run\b[\s.!]*", re.IGNORECASE)
_TO = re.compile(r"(?<!\S)to(?!\S)", re.IGNORECASE)
_IN = re.compile(r"\s+(?:in|of|from|for)\s+(?![@<]@?)(\S.*)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class HandoverSaid:
    """`left` None: whoever it was; `to` None: only look."""

    left: UserId | None = None
    to: UserId | None = None
    group: Group | None = None
    dry: bool = False


class HandoverHandlers:
    def commands(self) -> Iterable[Command[Any]]:
        yield Command(
            "", ("handover",), USAGE, "Shows and hands over what somebody left behind.",
            read_handover, said, "handover @name to @other dry run", CHAIR,
        )  # fmt: skip

    def clicks(self) -> Mapping[Id, Clicked]:
        return {
            Id.HANDOVER_OPEN: opened,
            Id.HANDOVER_DETAILS: details,
            Id.HANDOVER_BACK: given_back,
        }

    def forms(self) -> Mapping[Id, Submitted]:
        return {Id.HANDOVER_TRY: tried, Id.HANDOVER_DO: done}


def read_handover(line: str, reading: Reading) -> HandoverSaid:
    """Who has left, to whom, and in which group: all of it may be missing."""
    words = _DRY.sub(" ", tidy(line)).strip()
    dry = _DRY.search(tidy(line)) is not None
    where = _IN.search(f" {words}")
    group = _group(where[1], reading) if where else None
    people = words[: where.start()] if where else words
    users, rest = sentence.people_in(people, reading)
    between = _TO.search(people)
    if len(users) == 1 and between and _after(people, between, reading) == users:
        users += users
    rest = re.sub(r"^(?:from\s+)?(?:to)?$", "", rest, flags=re.IGNORECASE)
    if rest.strip(" ,.") or len(users) > 2 or (len(users) != 2 and dry):
        raise BadInput(Code.WRONG_WORDS, None, plain(line, reading), usage=USAGE)
    left, to = (*users, None, None)[:2]
    return HandoverSaid(left, to, group, dry)


def _after(line: str, word: re.Match[str], reading: Reading) -> tuple[UserId, ...]:
    return sentence.people_in(line[word.end() :], reading)[0]


def said(ask: Ask, by: Invocation, wanted: HandoverSaid) -> Outcome:
    key = wanted.group.key if wanted.group else None
    found = handovers.waiting(ask, wanted.left, key)
    if wanted.left is not None and wanted.left == wanted.to:
        return Reply(answers.to_oneself(wanted.left, ask.world))
    if wanted.left is not None and not found:
        return Reply(answers.nothing_left(wanted.left, ask.world, handovers.meant(ask, key)))
    if wanted.to is None:
        return Reply(view.details(found, ask.world))
    parts = [_all_to(ask, left, wanted.to, dry=wanted.dry) for left in found]
    answer = answers.joined(parts)
    if wanted.dry and any(left.items for left in found):
        where = f" in {key}" if key else ""
        line = f"handover {mention(wanted.left or '')} to {mention(wanted.to)}{where}"
        answer = answers.to_be_done(answer, line)
    return Reply(answer)


def _all_to(ask: Ask, left: Left, user: UserId, *, dry: bool) -> Message:
    """All the actions; roles are named by the form, or by `role`."""
    wanted = HandOver(tuple((item.ref, user) for item in left.items))
    if dry:
        left, outcome = handovers.try_out(ask, left.departure.id, wanted)
        return answers.tried(left, outcome, ask.world)
    left, outcome = handovers.hand_over(ask, left.departure.id, wanted)
    return answers.done(left, outcome, ask.world, ask.key)


def opened(ask: Ask, click: Click) -> Outcome:
    left = handovers.find(ask, _id(click.value.ref))
    if not left.items and not left.free:
        return Reply(view.details((), ask.world))
    people = handovers.offered(ask, left)
    suggested = handovers.suggestions(ask, left)
    where = origin_of(click.by)
    return OpenModal(view.form(left, people, suggested, ask.world, where).payload)


def details(ask: Ask, click: Click) -> Outcome:
    return Reply(view.details((handovers.find(ask, _id(click.value.ref)),), ask.world))


def given_back(ask: Ask, click: Click) -> Outcome:
    before = handovers.find(ask, _id(click.value.ref))
    if before.back and not before.waits:
        return Silent()  # Given back already, as the message itself says by now.
    left, items, roles = handovers.give_back(ask, _id(click.value.ref))
    return Reply(answers.given_back(left, items, roles, ask.world, ask.key))


def tried(ask: Ask, form: Form) -> Outcome:
    """The form's answer is another form, which says what would happen."""
    plan = _plan(form.fields)
    left = handovers.find(ask, _id(parse_value(form.metadata).ref))
    left, outcome = handovers.try_out(ask, left.departure.id, _wanted(plan, left))
    where = origin(form.metadata)
    return OpenModal(answers.trial(left, outcome, plan, ask.world, where).payload)


def done(ask: Ask, form: Form) -> Outcome:
    carried = parse_value(form.metadata)
    left = handovers.find(ask, _id(carried.ref))
    wanted = _wanted(carried.get("plan"), left)
    if handovers.is_done(ask, left, wanted):
        return Silent()  # Pressed again: the first press has the answer.
    left, outcome = handovers.hand_over(ask, left.departure.id, wanted)
    return Reply(answers.done(left, outcome, ask.world, ask.key))


def _id(ref: str) -> DepartureId:
    return DepartureId(int(ref) if ref.isdecimal() and len(ref) < 10 else 0)


def _plan(fields: Mapping[str, str]) -> str:
    """What was picked, as the second form carries it: `EM-2=U0ABC chair=U0DEF *=U0GHI`."""
    every = [f"*={fields[Field.OWNER]}"] if fields.get(Field.OWNER) else []
    picked = ((name.partition("#"), user) for name, user in fields.items() if user)
    wanted = {Field.HOLDER} if every else {Field.HOLDER, Field.GIVE}
    single = [f"{what}={user}" for (kind, _, what), user in picked if kind in wanted]
    return " ".join([*every, *single])


def _wanted(plan: str, left: Left) -> HandOver:
    pairs = [(what, UserId(user)) for what, _, user in (p.partition("=") for p in plan.split())]
    roles = tuple((Role(what), user) for what, user in pairs if what in set(Role))
    gives = [(Ref(what), user) for what, user in pairs if what not in {*set(Role), "*"}]
    gives += [(item.ref, user) for what, user in pairs if what == "*" for item in left.items]
    return HandOver(tuple(gives), roles)


def _group(words: str, reading: Reading) -> Group:
    named = sentence.group_named(words.strip(" .!"), reading)
    if not named:
        reading.refuse_ended(plain(words, reading))
        raise BadInput(Code.GROUP_UNKNOWN, "group", plain(words, reading))
    return reading.group(named, words)
