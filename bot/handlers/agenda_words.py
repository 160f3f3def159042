"""What is said behind `agenda`: which meeting, what to do, a topic with its time; pure."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.domain.agendas import Edits, Purpose
from bot.domain.meetings import PREFIX
from bot.domain.model import Group, Ref
from bot.errors import BadInput, Code
from bot.handlers import sentence
from bot.handlers.reading import Reading
from bot.handlers.registry import as_ref
from bot.handlers.tokens import plain, tidy

SHOW = "meeting agenda [<ID>] [as markdown]"
ADD = "agenda add <topic> [<n> min] [@owner] [decide|discuss|inform]"
EDIT = "agenda edit <ID> <n> [<topic>] [<n> min] [@owner] [decide|discuss|inform]"
ORDER = "agenda order <ID> 3,1,2"


class Verb(StrEnum):
    SHOW = "show"
    ADD = "add"
    EDIT = "edit"
    DROP = "drop"
    ORDER = "order"
    CARRY = "carry"
    DRAFT = "draft"
    POST = "post"


_USAGES: Mapping[Verb, str] = {
    Verb.SHOW: SHOW,
    Verb.ADD: ADD,
    Verb.EDIT: EDIT,
    Verb.ORDER: ORDER,
    Verb.DROP: "agenda drop <ID> <n>",
    Verb.CARRY: "agenda carry <ID> <n>",
    Verb.DRAFT: "agenda draft <ID>",
    Verb.POST: "agenda post <ID>",
}
_VERBS = {verb.value: verb for verb in Verb} | {"remove": Verb.DROP, "propose": Verb.ADD}
_REF = re.compile(rf"{PREFIX}[- \u2010-\u2015]?0*[1-9]\d{{0,8}}(?![\w-])", re.IGNORECASE)
_BEHIND = re.compile(rf"\s+(?:for|to|at|on|in)\s+({_REF.pattern})[.!?]*$", re.IGNORECASE)
_LINK = re.compile(
    r"<(https?://[^<>|\s]+)(?:\|([^<>]*))?>"
    r"|(?<![\w<])(?:&lt;)?(https?://(?:(?!&[lg]t;)[^\s<>|])+)(?:&gt;)?"
)
_MINUTES = re.compile(
    r"(?:(?:^|[\s,;(])(?:for\s+)?)(\d{1,6})\s*(min(?:ute)?s?|m|h|hrs?|hours?)[.)]?$", re.IGNORECASE
)
_PURPOSE = re.compile(
    r"(?:^|[\s,;:(])(?:to\s+|for\s+)?(decide|decision|discuss|discussion|inform|information)[.)]?$",
    re.IGNORECASE,
)
_MARKDOWN = re.compile(r"(?:^|\s+)(?:as\s+)?(?:markdown|text)[.!?]*$", re.IGNORECASE)
_PAGE = re.compile(r"(?:^|\s+)page\s+(\d{1,4})$", re.IGNORECASE)
_NUMBER = re.compile(r"#?(\d{1,6})[.:)]?(?:\s+|$)")
_EDGES = " \t\n,;:"
_WORD = {"decision": "decide", "discussion": "discuss", "information": "inform"}


@dataclass(frozen=True, slots=True)
class Asked:
    """`ref` None: the next meeting of `group`, or of who asks; `numbers` as they were said."""

    verb: Verb
    ref: Ref | None = None
    group: Group | None = None
    numbers: tuple[int, ...] = ()
    said: Edits = field(default_factory=Edits)
    page: int = 1
    as_file: bool = False


def read_agenda(text: str, reading: Reading) -> Asked:
    """Raises UserError where something cannot be taken as it stands."""
    line = tidy(text)
    ref, line = _leading(line)
    word, _, rest = line.partition(" ")
    verb = _VERBS.get(word.casefold().strip(".,:;!?"))
    if verb in (None, Verb.SHOW):
        return _shown(ref, rest if verb else line, reading)
    behind, rest = _leading(rest.strip())
    asked = Asked(verb, ref or behind, reading.here)
    return _READ[verb](asked, rest.strip(), reading)


def read_topic(line: str, reading: Reading) -> Edits:
    """A topic with its time, owner, purpose and paper; what is not said is None."""
    link, line = _link(line)
    owners, line = sentence.people_in(line, reading)
    if len(owners) > 1:
        raise BadInput(Code.AGENDA_ONE_OWNER, "owner")
    minutes: int | None = None
    purpose: Purpose | None = None
    while found := (minutes is None and _MINUTES.search(line)) or (
        purpose is None and _PURPOSE.search(line)
    ):
        if found.re is _MINUTES:
            minutes = int(found[1]) * (60 if found[2].casefold().startswith("h") else 1)
        else:
            word = found[1].casefold()
            purpose = Purpose(_WORD.get(word, word))
        line = line[: found.start()].rstrip(_EDGES + "(")
    topic = plain(line, reading).strip(_EDGES)
    return Edits(topic or None, minutes, next(iter(owners), None), purpose, link or None)


def _link(line: str) -> tuple[str, str]:
    """The first link, and the line without it; of a link alone its label is the topic."""
    found = _LINK.search(line)
    if found is None:
        return "", line
    url = (found[1] or found[3]).replace("&amp;", "&").rstrip(".,;:!?)")
    rest = f"{line[: found.start()].rstrip(' ,;:(')} {line[found.end() :].lstrip(')')}"
    return url, rest if rest.strip(_EDGES) else found[2] or url


def _leading(line: str) -> tuple[Ref | None, str]:
    match = _REF.match(line)
    if match is None:
        return None, line
    return as_ref(match[0]), line[match.end() :].lstrip(_EDGES)


def _shown(ref: Ref | None, line: str, reading: Reading) -> Asked:
    if ref is None:
        ref, line = _leading(line.strip())
    page = _PAGE.search(line)
    line = line[: page.start()] if page else line
    number = int(page[1]) if page else 1
    as_file = _MARKDOWN.search(line)
    words = (line[: as_file.start()] if as_file else line).strip(_EDGES + ".!?")
    asked = Asked(Verb.SHOW, ref, reading.here, page=number, as_file=as_file is not None)
    if not words:
        return asked
    named = () if ref else sentence.group_named(words, reading)
    if not named:
        raise BadInput(Code.WRONG_WORDS, None, plain(words, reading), usage=SHOW)
    return Asked(Verb.SHOW, None, reading.group(named, words), page=number, as_file=asked.as_file)


def _topic(asked: Asked, rest: str, reading: Reading) -> Asked:
    ref = asked.ref
    if ref is None and (behind := _BEHIND.search(rest)):
        ref, rest = as_ref(behind[1]), rest[: behind.start()]
    return Asked(Verb.ADD, ref, asked.group, said=read_topic(rest, reading))


def _edited(asked: Asked, rest: str, reading: Reading) -> Asked:
    match = _NUMBER.match(rest)
    if match is None:
        raise _wrong(Verb.EDIT, rest, reading)
    said = read_topic(rest[match.end() :].strip(), reading)
    return Asked(Verb.EDIT, asked.ref, asked.group, (int(match[1]),), said)


def _one(asked: Asked, rest: str, reading: Reading) -> Asked:
    match = _NUMBER.fullmatch(rest.rstrip(".!?"))
    if match is None:
        raise _wrong(asked.verb, rest, reading)
    return Asked(asked.verb, asked.ref, asked.group, (int(match[1]),))


def _several(asked: Asked, rest: str, reading: Reading) -> Asked:
    parts = [part for part in re.split(r"[\s,;]+|\band\b", rest.strip(" .!?")) if part]
    if not all(part.isdecimal() and len(part) <= 6 for part in parts):
        raise _wrong(Verb.ORDER, rest, reading)
    return Asked(Verb.ORDER, asked.ref, asked.group, tuple(map(int, parts)))


def _alone(asked: Asked, rest: str, reading: Reading) -> Asked:
    if rest.strip(" .!?"):
        raise _wrong(asked.verb, rest, reading)
    return asked


def _wrong(verb: Verb, rest: str, reading: Reading) -> BadInput:
    return BadInput(Code.WRONG_WORDS, None, plain(rest, reading), usage=_USAGES[verb])


_READ: Mapping[Verb | None, Callable[[Asked, str, Reading], Asked]] = {
    Verb.ADD: _topic,
    Verb.EDIT: _edited,
    Verb.DROP: _one,
    Verb.CARRY: _one,
    Verb.ORDER: _several,
    Verb.DRAFT: _alone,
    Verb.POST: _alone,
}
