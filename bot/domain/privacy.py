"""What a person may ask about their own data, and how one who was erased is called."""

import re
from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from bot.domain.days import Calendar, roll_forward
from bot.domain.model import UserId

_PSEUDONYM = re.compile(r"UFORMER([1-9][0-9]*)")
_SHORTEST_NAME = 3
"""What is shorter is replaced only behind an @: it may be a word of any sentence."""

Swap = Callable[[str], str]


def answer_due(asked: date, calendar: Calendar) -> date:
    """One month from the day of asking (domain.md 8): the same date, else that month's last.

    A weekend or public holiday moves it to the next working day; closures of one's own do not, so
    `calendar` has none.
    """
    year, month = divmod(asked.year * 12 + asked.month, 12)
    last = monthrange(year, month + 1)[1]
    return roll_forward(date(year, month + 1, min(asked.day, last)), calendar)


@dataclass(frozen=True, slots=True)
class Pseudonym:
    """Stands for a person who was erased; nobody can be found, reached or named by it."""

    number: int

    @property
    def user(self) -> UserId:
        """Of the shape of Slack's ids, but shorter than any of them."""
        return UserId(f"UFORMER{self.number}")

    @property
    def name(self) -> str:
        return f"former member {self.number}"


def former(user: str) -> str | None:
    """The name of a pseudonym; None for anybody else's id."""
    match = _PSEUDONYM.fullmatch(user)
    return Pseudonym(int(match[1])).name if match else None


@dataclass(frozen=True, slots=True)
class Traces:
    """How one person can stand in what was written: `names` as shown, in every spelling of ours.

    `taken`: names of groups and of the programme. Who is called so is meant behind an @ only.
    """

    user: UserId
    names: frozenset[str]
    taken: frozenset[str] = frozenset()

    @property
    def needles(self) -> tuple[str, ...] | None:
        """Where none of these parts stands, whatever the case, no trace does; None: look anywhere.

        Letters and digits of ASCII only, so that no escaping hides them.
        """
        longest = [_longest_run(name) for name in self.names]
        return None if "" in longest else tuple(sorted({self.user, *longest}))

    def hidden_in_keys(self, by: Pseudonym) -> Swap:
        """Of ids only: names in what nobody typed mean something else."""
        id_ = re.compile(rf"(?<![A-Za-z0-9]){re.escape(self.user)}(?![A-Za-z0-9])")
        return lambda text: id_.sub(by.user, text)

    def hidden_in_words(self, by: Pseudonym) -> Swap:
        """Mentions and names become the pseudonym's name, a bare id its id.

        A name of one word is taken as a name only in its own capitals, and one without any only
        behind an @: "May" may be a month, and "partner" a role.
        """
        mention = re.compile(rf"(?:<|&lt;)@{re.escape(self.user)}(?:\|[^<>&]*)?(?:>|&gt;)")
        keys = self.hidden_in_keys(by)
        patterns = [p for p in (self._addressed(), self._distinct(), self._plain()) if p]
        hint = re.compile("|".join(map(re.escape, self.needles or ("",))), re.IGNORECASE)

        def swap(text: str) -> str:
            if hint.search(text) is None:
                return text
            text = keys(mention.sub(by.name, text))
            for pattern in patterns:
                text = pattern.sub(by.name, text)
            return text

        return swap

    def _addressed(self) -> re.Pattern[str] | None:
        return _any(self.names, "@", re.IGNORECASE)

    def _distinct(self) -> re.Pattern[str] | None:
        """Of several words, or with a sign or digit in it: no word of a sentence."""
        return _any((name for name in self._own if not name.isalpha()), "", re.IGNORECASE)

    def _plain(self) -> re.Pattern[str] | None:
        return _any((n for n in self._own if n.isalpha() and not n.islower()), "", 0)

    @property
    def _own(self) -> Iterator[str]:
        """Those that stand in nobody else's name."""
        taken = {words.casefold() for words in self.taken}
        for name in self.names:
            whole = re.compile(rf"(?<!\w){re.escape(name.casefold())}(?!\w)")
            if not any(whole.search(words) for words in taken):
                yield name


def _any(names: Iterable[str], before: str, flags: int) -> re.Pattern[str] | None:
    usable = [name for name in names if before or len(name) >= _SHORTEST_NAME]
    if not usable:
        return None
    spelled = "|".join(re.escape(name) for name in sorted(usable, key=len, reverse=True))
    return re.compile(rf"(?<![\w-]){before}(?:{spelled})(?![\w-]|\.\w)", flags)


def _longest_run(name: str) -> str:
    return max(re.findall(r"[A-Za-z0-9]+", name), key=len, default="")
