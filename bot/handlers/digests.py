"""The weekly digests by word: seen in private, sent before their hour, wanted or not."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.domain.charge import in_charge
from bot.domain.digests import Wish
from bot.domain.model import Group
from bot.domain.notices import Holiday
from bot.errors import BadInput, Code
from bot.handlers import sentence
from bot.handlers.reading import Reading
from bot.handlers.registry import CHAIR, Clicked, Command, Invocation, Submitted
from bot.handlers.tokens import plain, tidy
from bot.services import digest_calls, digests, programme_readers
from bot.services.access import Ask, allowed
from bot.services.inbox import Outcome, Reply
from bot.services.rights import Op
from bot.views import digest_answers as answers
from bot.views import digests as view
from bot.views.ids import Id

USAGE = "digest [now|on|news|off] [<group>|all]"
NOW = "now"
EVERYTHING = frozenset({"all", "all groups"})
WISHES = {wish.value: wish for wish in Wish}


@dataclass(frozen=True, slots=True)
class Asked:
    """`does`: one of the words of `USAGE`, or nothing to see it. `group` None: not named."""

    reading: Reading
    does: str = ""
    group: Group | None = None
    all_groups: bool = False


class DigestHandlers:
    def __init__(self, holiday: Holiday) -> None:
        self._holiday = holiday

    def commands(self) -> Iterable[Command[Any]]:
        yield Command(
            "", ("digest",), USAGE,
            "Shows the weekly digest of your group as it stands now; sends it before Monday; "
            "says if you want it",
            read_asked, self.asked, "digest", CHAIR,
        )  # fmt: skip

    def clicks(self) -> Mapping[Id, Clicked]:
        return {}

    def forms(self) -> Mapping[Id, Submitted]:
        return {}

    def asked(self, ask: Ask, by: Invocation, asked: Asked) -> Outcome:
        group = _group_of(ask, asked)
        if asked.does in WISHES:
            return self._wished(ask, group, WISHES[asked.does])
        if asked.does == NOW:
            return self._sent(ask, group)
        if group is None:
            return Reply(programme_readers.seen_now(ask, self._holiday))
        told = digest_calls.seen(ask, group, self._holiday)
        return Reply(view.digest(told, ask.world))

    def _wished(self, ask: Ask, group: Group | None, wish: Wish) -> Outcome:
        digests.set_wish(ask, group, wish)
        next_ = digest_calls.next_of(ask, group, self._holiday)
        leads = group is None or ask.actor.user in in_charge(ask.world, group.key, ask.now)
        return Reply(answers.wished(group, wish, next_, ask.actor.zone, leads=leads))

    def _sent(self, ask: Ask, group: Group | None) -> Outcome:
        zone = ask.actor.zone
        if group is None:
            week, before = programme_readers.send_now(ask, self._holiday)
            if before is None:
                return Reply(answers.sent_of_all(week))
            next_ = digest_calls.next_of(ask, None, self._holiday)
            return Reply(answers.sent_before(None, week, before, next_, zone))
        called = digest_calls.send(ask, group, self._holiday)
        if called.to:
            reader = ask.actor.user
            return Reply(answers.sent(group, called.week, called.to, reader, ask.world))
        if called.before is not None:
            next_ = digest_calls.next_of(ask, group, self._holiday)
            ahead = called.before > ask.now
            told = answers.sent_before(group, called.week, called.before, next_, zone, ahead=ahead)
            return Reply(told)
        if called.unwanted:
            return Reply(answers.unwanted(group, called.unwanted, ask.world))
        return Reply(answers.nobody(group))


def read_asked(line: str, reading: Reading) -> Asked:
    """What is to be done before or behind the group. Raises BadInput for an unknown one."""
    words = tidy(line).rstrip(".!?").split()
    does = ""
    for at in (0, -1):
        if words and words[at].casefold() in (NOW, *WISHES):
            does = words.pop(at).casefold()
            break
    rest = " ".join(words)
    if not rest or rest.casefold().removeprefix("for ") in EVERYTHING:
        return Asked(reading, does, all_groups=bool(rest))
    named = sentence.group_named(rest, reading)
    if not named:
        reading.refuse_ended(plain(rest, reading))
        if does and (more := next((w for w in words if w.casefold() in (NOW, *WISHES)), "")):
            raise BadInput(Code.WRONG_WORDS, None, line, choices=(does, more.casefold()))
        raise BadInput(Code.GROUP_UNKNOWN, "group", plain(rest, reading))
    return Asked(reading, does, reading.group(named, rest))


def _group_of(ask: Ask, asked: Asked) -> Group | None:
    """The one named, of the channel, or that the asker leads; None: all groups.

    Raises BadInput where it may be several.
    """
    reading = asked.reading
    if asked.group is not None or asked.all_groups:
        return asked.group
    led = [group for group in reading.active if _may_see(ask, group)]
    if reading.here in led:
        return reading.here
    if _may_see(ask, None):
        return None
    if len(led) > 1:
        raise BadInput(Code.GROUP_WHICH, "group", "", choices=tuple(led))
    return led[0] if led else reading.group()


def _may_see(ask: Ask, group: Group | None) -> bool:
    key = group.key if group else None
    return allowed(ask.world, ask.actor, Op.SEE_DIGEST, key, ask.now)
