"""What the words about groups, channels and roles ask for; pure."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from bot.domain.meetings import PREFIX
from bot.domain.model import Group, GroupKey, Ref, Role, UserId
from bot.errors import BadInput, Code
from bot.handlers import sentence
from bot.handlers.reading import Reading
from bot.handlers.registry import as_ref
from bot.handlers.tokens import plain, tidy

ROLE_USAGE = "role @person chair|cochair|member|partner|observer in <group>, or guest at <ID>"
REMOVE_USAGE = "remove @person [from <group>|<ID>|all]"
LINK_USAGE = "link <group>|all"
ADD_USAGE = "group add <key> <PREFIX> <name>"
RENAME_USAGE = "group rename <key> <name>"
CLOSE_USAGE = "group close <key>"
MERGE_USAGE = "group merge <key> into <key>"
LINE_USAGE = "key PREFIX Name"

_ROLES = {role.value: role for role in Role if role is not Role.GUEST} | {"co-chair": Role.COCHAIR}
_ROLE_WORDS = "|".join(sorted(_ROLES, key=len, reverse=True))
_ROLE = re.compile(
    rf"(?<![\w@<.'-])(?:(?:is|as|a|the)\s+)*({_ROLE_WORDS})(?![\w-])",
    re.IGNORECASE,
)
_GUEST = re.compile(r"(?<![\w@<|.'-])guest(?![\w-])", re.IGNORECASE)
_GUEST_AT = re.compile(
    r"(?<![\w@<|.'-])(?:(?:is|as|a|the)\s+)*guest\s+(?:at|of|to|for|in|from)\s+(\S.*?)[.!]?$",
    re.IGNORECASE,
)
_WHERE = re.compile(r"(?:^|\s)(?:in|of|for|from)\s+(\S.*)$", re.IGNORECASE)
_INTO = re.compile(r"\s+into\s+", re.IGNORECASE)
_AROUND = re.compile(r"^(?:the\s+)?(.*?)(?:\s+(?:working\s+)?group)?[.!]?$", re.IGNORECASE)
_ALL = frozenset({"all", "all groups", "everything", "everywhere"})


@dataclass(frozen=True, slots=True)
class RoleSaid:
    """`group` None: a role of the programme, or a guest of one `meeting`."""

    user: UserId
    role: Role
    group: Group | None
    meeting: Ref | None = None


@dataclass(frozen=True, slots=True)
class RemoveSaid:
    """`group` None: out of everything, or nothing was said of where; or a guest of a `meeting`."""

    user: UserId
    group: Group | None
    everything: bool = False
    meeting: Ref | None = None


@dataclass(frozen=True, slots=True)
class LinkSaid:
    """`group` None: all groups."""

    group: Group | None


@dataclass(frozen=True, slots=True)
class GroupSaid:
    """A group in a line of the form, or to be added."""

    key: str
    prefix: str
    name: str


@dataclass(frozen=True, slots=True)
class RenameSaid:
    group: Group
    name: str


@dataclass(frozen=True, slots=True)
class MergeSaid:
    group: Group
    into: Group


def only(usage: str) -> Callable[[str, Reading], None]:
    """For a word that stands alone."""

    def parse(line: str, reading: Reading) -> None:
        if line.strip():
            raise BadInput(Code.WRONG_WORDS, None, plain(line, reading).strip(), usage=usage)

    return parse


def read_role(line: str, reading: Reading) -> RoleSaid:
    """Person, role and group; no group said: this channel's, else the person's only one."""
    if (guest := _guest(tidy(line), reading)) is not None:
        return guest
    head, where = _where(tidy(line))
    found = list(_ROLE.finditer(head))
    if not found and _GUEST.search(head):
        raise BadInput(Code.GUEST_OF_GROUP, None, plain(line, reading))
    if not found:
        raise BadInput(Code.WRONG_WORDS, None, plain(line, reading), usage=ROLE_USAGE)
    said = found[-1]
    user = _one_person(f"{head[: said.start()]} {head[said.end() :]}", reading, ROLE_USAGE)
    role = _ROLES[said[1].casefold()]
    if role.of_programme:
        return RoleSaid(user, role, None)
    return RoleSaid(user, role, _group(where, reading) if where else reading.group())


def read_remove(line: str, reading: Reading) -> RemoveSaid:
    """No group said: this channel's, if it is one's."""
    _not_an_action(line, "remove", "drop")
    head, where = _where(tidy(line))
    user = _one_person(head, reading, REMOVE_USAGE)
    if not where:
        return RemoveSaid(user, reading.here)
    if _means_all(where):
        return RemoveSaid(user, None, everything=True)
    if (meeting := _meeting(where)) is not None:
        return RemoveSaid(user, None, meeting=meeting)
    return RemoveSaid(user, _group(where, reading))


def read_link(line: str, reading: Reading) -> LinkSaid:
    words = re.sub(r"^(?:to|with)\s+", "", tidy(line), flags=re.IGNORECASE)
    if not words:
        raise BadInput(Code.GROUP_WHICH, "group", choices=reading.active)
    return LinkSaid(None if _means_all(words) else _group(words, reading))


def read_added(line: str, reading: Reading) -> GroupSaid:
    said = _said(plain(tidy(line), reading))
    if said is None:
        raise BadInput(Code.WRONG_WORDS, None, plain(line, reading), usage=ADD_USAGE)
    return said


def read_lines(text: str, field: str) -> tuple[GroupSaid, ...]:
    """One group a line, as the set-up form has them."""
    return tuple(_line(line, field) for line in text.splitlines() if line.strip())


def read_renamed(line: str, reading: Reading) -> RenameSaid:
    words, _, name = tidy(line).partition(" ")
    name = re.sub(r"^to(?:\s+|$)", "", plain(name, reading).strip(), flags=re.IGNORECASE)
    if not (words and name):
        raise BadInput(Code.WRONG_WORDS, None, plain(line, reading), usage=RENAME_USAGE)
    return RenameSaid(_group(words, reading), name.strip("\"'"))


def read_closed(line: str, reading: Reading) -> Group:
    _not_an_action(line, "close", "done")
    words = tidy(line)
    if not words:
        raise BadInput(Code.WRONG_WORDS, None, "", usage=CLOSE_USAGE)
    return _group(words, reading, ended=True)


def read_merged(line: str, reading: Reading) -> MergeSaid:
    words = _INTO.split(tidy(line))
    if len(words) != 2:
        raise BadInput(Code.WRONG_WORDS, None, plain(line, reading), usage=MERGE_USAGE)
    old, new = _group(words[0], reading, ended=True), _group(words[1], reading)
    if old.key == new.key:
        raise BadInput(Code.WRONG_WORDS, None, plain(line, reading), usage=MERGE_USAGE)
    return MergeSaid(old, new)


def _guest(line: str, reading: Reading) -> RoleSaid | None:
    """A guest of one meeting, by its id; None: something else was said."""
    found = _GUEST_AT.search(line)
    meeting = _meeting(found[1]) if found else None
    if found is None or meeting is None:
        return None
    return RoleSaid(
        _one_person(line[: found.start()], reading, ROLE_USAGE), Role.GUEST, None, meeting
    )


def _meeting(words: str) -> Ref | None:
    ref = as_ref(words)
    return ref if ref is not None and ref.startswith(f"{PREFIX}-") else None


def _where(line: str) -> tuple[str, str]:
    """The line without `in <group>` at its end, and those words."""
    found = _WHERE.search(line)
    return (line[: found.start()], found[1]) if found else (line, "")


def _one_person(line: str, reading: Reading, usage: str) -> UserId:
    users, left = sentence.people_in(line, reading)
    left = re.sub(r"^to\b|\bto$", "", left).strip(" ,.:")
    if len(users) == 1 and not left:
        return users[0]
    if left and not users:
        raise BadInput(Code.PERSON_UNKNOWN, "owner", plain(left, reading))
    raise BadInput(Code.WRONG_WORDS, None, plain(line, reading), usage=usage)


def _group(words: str, reading: Reading, *, ended: bool = False) -> Group:
    """The one group meant; `ended`: also one that is closed or merged, by its key."""
    found = _AROUND.fullmatch(words.strip())
    said = found[1].strip("\"'") if found and found[1] else words
    if ended and (gone := reading.world.groups.get(GroupKey(said.casefold()))):
        return gone
    named = sentence.group_named(said, reading)
    if not named:
        reading.refuse_ended(plain(said, reading))
        raise BadInput(Code.GROUP_UNKNOWN, "group", plain(said, reading))
    if len(named) > 1:
        raise BadInput(Code.GROUP_WHICH, "group", plain(said, reading), choices=named)
    return named[0]


def _means_all(words: str) -> bool:
    return words.strip(" .!").casefold() in _ALL


def _said(line: str) -> GroupSaid | None:
    """Small and capital letters are put right: nobody means anything by them."""
    words = line.split(maxsplit=2)
    if len(words) < 3:
        return None
    return GroupSaid(words[0].casefold(), words[1].upper(), words[2].strip(" \"'"))


def _line(line: str, field: str) -> GroupSaid:
    said = _said(line)
    if said is None:
        usage = f"{LINE_USAGE}, unlike {line.strip()}"
        raise BadInput(Code.WRONG_WORDS, field, line.strip(), usage=usage)
    return said


def _not_an_action(line: str, word: str, instead: str) -> None:
    """`close EM-2`: an action is done, a group is closed."""
    first = next(iter(line.split()), "")
    if as_ref(first) is not None:
        raise BadInput(Code.UNKNOWN_WORD, None, word, nearest=(instead,))
