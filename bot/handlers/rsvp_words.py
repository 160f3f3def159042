"""An answer to a meeting out of one line: which meeting, who comes, who comes instead; pure."""

import re
from dataclasses import dataclass

from bot.domain.meetings import PREFIX, RsvpAnswer
from bot.domain.model import Ref, UserId
from bot.errors import BadInput, Code
from bot.handlers import sentence
from bot.handlers.reading import Reading
from bot.handlers.refs import read_ids
from bot.handlers.registry import ID
from bot.handlers.tokens import plain, tidy

RSVP = "meeting rsvp [<ID>] yes|remote|no [@substitute]"
COMING, NOT_COMING = "coming [to <ID>] [remotely]", "not coming [to <ID>] [@substitute]"
REPLIES = "meeting replies <ID>"
_WAYS = {
    RsvpAnswer.NO: r"no|nope|not (?:be )?(?:coming|attending|there)|not coming|regrets|absent|out|"
    r"(?:i )?(?:can'?t|cannot|won'?t)(?: (?:come|make it|attend|be there))?|decline",
    RsvpAnswer.REMOTE: r"(?:yes,? |coming |attending )?(?:but )?"
    r"(?:remote|remotely|online|virtual|virtually|by (?:phone|video)|dial in)",
    RsvpAnswer.YES: r"yes|yep|y|coming|attending|i'?ll (?:come|be there)|in|in person|there|accept",
    None: r"withdraw|withdrawn|undecided|none|don'?t know(?: yet)?",
}
_READ = {answer: re.compile(words, re.IGNORECASE) for answer, words in _WAYS.items()}
_ID = re.compile(rf"(?:(?:to|at|for)\s+)?(?<![\w-])({ID.pattern})(?![\w-])", re.IGNORECASE)
_LITTLE = re.compile(
    r"^(?:(?:i am|i'?m|with|but|instead|send|sends|to|at|for|it|is)\b\s*)+|[\s,;:.!]+$"
    r"|\s+(?:instead|comes instead|will come|goes|for me|with|send|to|is|but)$",
    re.IGNORECASE,
)
_EDGES = " \t\n,;:.!"


@dataclass(frozen=True, slots=True)
class Said:
    """`ref` None: the next one is meant; `answer` None and not `withdrawn`: nothing was said."""

    ref: Ref | None
    answer: RsvpAnswer | None = None
    substitute: UserId | None = None
    withdrawn: bool = False
    words: str = ""
    """What was answered, to be said again with an id."""


def read_rsvp(text: str, reading: Reading) -> Said:
    """Raises BadInput for what is no answer."""
    return _read(tidy(text), text, reading, RSVP)


def read_coming(text: str, reading: Reading) -> Said:
    return _read(f"coming {tidy(text)}".strip(), text, reading, COMING)


def read_not(text: str, reading: Reading) -> Said:
    """Behind `not`: only what says that somebody does not come."""
    line = tidy(text)
    if not re.search(r"\b(?:coming|attending)\b", line, re.IGNORECASE):
        raise BadInput(Code.WRONG_WORDS, None, f"not {plain(line, reading)}", usage=NOT_COMING)
    line = re.sub(r"\b(?:coming|attending)\b", "", line, count=1, flags=re.IGNORECASE)
    return _read(f"no {line}".strip(), text, reading, NOT_COMING)


def read_replies(text: str, reading: Reading) -> Ref:
    refs, rest = read_ids(text, reading, 1)
    if rest.strip(_EDGES) or not refs[0].startswith(f"{PREFIX}-"):
        raise BadInput(Code.WRONG_WORDS, None, plain(rest or refs[0], reading), usage=REPLIES)
    return refs[0]


def _read(line: str, typed: str, reading: Reading, usage: str) -> Said:
    ref, line = _ref(line, reading, usage)
    people, words = sentence.people_in(line, reading)
    words = _bare(words)
    said = next((answer for answer, way in _READ.items() if way.fullmatch(words)), None)
    withdrawn = said is None and _READ[None].fullmatch(words) is not None
    understood = said is not None or withdrawn or not (words or people)
    if not understood or len(people) > 1 or (withdrawn and people):
        raise BadInput(Code.WRONG_WORDS, None, plain(typed, reading), usage=usage)
    again = " ".join([words, *(f"<@{user}>" for user in people)])
    return Said(ref, said, next(iter(people), None), withdrawn, again)


def _bare(words: str) -> str:
    """Without the little words around the answer."""
    before = ""
    while words != before:
        before, words = words, _LITTLE.sub("", words.strip(_EDGES)).strip(_EDGES)
    return " ".join(words.split())


def _ref(line: str, reading: Reading, usage: str) -> tuple[Ref | None, str]:
    """The meeting's id wherever it stands, and the line without it."""
    match = _ID.search(line)
    if match is None:
        return None, line
    refs, _ = read_ids(match[1], reading, 1)
    if not refs[0].startswith(f"{PREFIX}-"):
        raise BadInput(Code.WRONG_WORDS, None, plain(refs[0], reading), usage=usage)
    return refs[0], f"{line[: match.start()]} {line[match.end() :]}".strip()
