"""The words that show and adjust the checklists by which meetings are planned."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.domain.meetings import OwnerRole
from bot.domain.model import Group
from bot.domain.templates import CALL, FACE_TO_FACE, STEERING_CALL, Anchor
from bot.errors import BadInput, Code
from bot.handlers import sentence
from bot.handlers.reading import Reading
from bot.handlers.registry import CHAIR, Clicked, Command, Invocation, Submitted
from bot.handlers.tokens import plain, tidy
from bot.services import checklists
from bot.services.access import Ask
from bot.services.checklists import Listed, When
from bot.services.inbox import Outcome, Reply
from bot.views import checklists as view
from bot.views.ids import Id

USAGE = (
    "checklist [<group>|all] [call|steering|face to face] "
    "[move <n> <days>|drop <n>|add <what> <days> [<role>]|reset]"
)
_VERB = re.compile(r"(?:^|\s)(move|drop|add|reset)(?=\s|$)", re.IGNORECASE)
_KIND = re.compile(
    r"(?:^|\s)(?:for\s+)?(steering(?:\s+calls?)?|calls?|(?:meetings?\s+)?face[- ]to[- ]face)\s*$",
    re.IGNORECASE,
)
_WHEN = re.compile(
    r"(?<![\w])(?P<sign>[-+\u2010-\u2015\u2212])?\s?(?P<days>\d{1,5})\s*(?P<working>working\s+)?days?"
    r"(?:\s+(?P<side>before|after))?(?:\s+(?:from|of)?\s*(?:the\s+)?(?P<anchor>start|end))?(?!\w)",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\s*#?(\d{1,4})(?!\w)\s*")
_ROLES = {role.value.replace("-", " "): role for role in OwnerRole if role is not OwnerRole.BOT} | {
    "member": OwnerRole.MEMBERS,
    "speaker": OwnerRole.SPEAKERS,
}
_EDGES = " \t\n,;:"


@dataclass(frozen=True, slots=True)
class Said:
    """`group` None: all together. `verb` empty: it is only shown."""

    group: Group | None
    name: str
    verb: str = ""
    number: int = 0
    when: When = When(0)  # noqa: RUF009 - frozen
    text: str = ""
    role: OwnerRole = OwnerRole.COORDINATOR


class ChecklistHandlers:
    def commands(self) -> Iterable[Command[Any]]:
        yield Command(
            "", ("checklist", "checklists"), USAGE,
            "Shows the checklist by which a group's meetings are planned, and adjusts it, "
            "as in `checklist trials call move 3 -9 days`",
            read, run, "checklist models call", CHAIR,
        )  # fmt: skip

    def clicks(self) -> Mapping[Id, Clicked]:
        return {}

    def forms(self) -> Mapping[Id, Submitted]:
        return {}


def run(ask: Ask, by: Invocation, said: Said) -> Outcome:
    found = _done(ask, said)
    message = view.template(
        found.group, found.name, found.items, own=found.own, may=found.may, changed=bool(said.verb)
    )
    return Reply(message, rewrites=True)


def _done(ask: Ask, said: Said) -> Listed:
    if said.verb == "move":
        return checklists.move(ask, said.group, said.name, said.number, said.when)
    if said.verb == "drop":
        return checklists.drop(ask, said.group, said.name, said.number)
    if said.verb == "add":
        return checklists.add(ask, said.group, said.name, said.text, said.when, said.role)
    if said.verb == "reset":
        return checklists.reset(ask, said.group, said.name)
    return checklists.opened(ask, said.group, said.name)


def read(text: str, reading: Reading) -> Said:
    """Raises BadInput where something cannot be taken as it stands."""
    line = tidy(text)
    verb = _VERB.search(line)
    before = line[: verb.start()] if verb else line
    after = line[verb.end() :].strip() if verb else ""
    kind = _KIND.search(before)
    name = _name(kind[1]) if kind else CALL
    group = _group(before[: kind.start()] if kind else before, reading)
    word = verb[1].casefold() if verb else ""
    if word in ("move", "drop"):
        return _numbered(group, name, word, after, reading)
    if word == "add":
        return _addition(group, name, after, reading)
    if after.strip(" .!"):
        raise BadInput(Code.WRONG_WORDS, None, plain(after, reading), usage=USAGE)
    return Said(group, name, word)


def _numbered(group: Group | None, name: str, verb: str, rest: str, reading: Reading) -> Said:
    number = _NUMBER.match(rest)
    left = rest[number.end() :] if number else ""
    when = _WHEN.fullmatch(left.removeprefix("to ").strip(" .!")) if verb == "move" else None
    if number is None or (verb == "move") == (when is None) or (verb == "drop" and left):
        raise BadInput(Code.WRONG_WORDS, None, plain(rest, reading), usage=USAGE)
    return Said(group, name, verb, int(number[1]), _when(when) if when else When(0))


def _addition(group: Group | None, name: str, rest: str, reading: Reading) -> Said:
    whens = [*_WHEN.finditer(rest)]
    if not whens:
        raise BadInput(Code.WRONG_WORDS, None, plain(rest, reading), usage=USAGE)
    last = whens[-1]
    said = re.sub(r"^(?:by\s+)?(?:the\s+)?", "", rest[last.end() :].strip(_EDGES + ".!"))
    role = _ROLES.get(said.casefold().replace("-", " ")) if said else OwnerRole.COORDINATOR
    if role is None:
        roles = tuple(_ROLES)
        raise BadInput(Code.TEMPLATE_WRONG, None, plain(said, reading), why="role", choices=roles)
    text = plain(rest[: last.start()], reading).strip(_EDGES)
    return Said(group, name, "add", 0, _when(last), text, role)


def _when(found: re.Match[str]) -> When:
    """Said with a minus or `before`, it is counted from the start, else from the end."""
    days = int(found["days"])
    minus = found["sign"] not in (None, "+") if found["side"] is None else False
    back = minus or (found["side"] or "").casefold() == "before"
    usual = Anchor.START if back or not days else Anchor.END
    anchor = Anchor(found["anchor"].casefold()) if found["anchor"] else usual
    return When(-days if back else days, bool(found["working"]), anchor)


def _name(words: str) -> str:
    said = words.casefold()
    if said.startswith("steering"):
        return STEERING_CALL
    return CALL if said.startswith("call") else FACE_TO_FACE


def _group(words: str, reading: Reading) -> Group | None:
    """None: all together."""
    line = words.strip(_EDGES)
    if line.casefold() in ("all", "all groups"):
        return None
    if not line:
        return reading.group()
    named = sentence.group_named(line, reading)
    if not named:
        raise BadInput(Code.GROUP_UNKNOWN, "group", plain(line, reading))
    return reading.group(named, line)
