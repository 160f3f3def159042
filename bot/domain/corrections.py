"""Words of minutes put right: `s/old/new/`, in what was said and never in ids, dates or names."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from difflib import get_close_matches

from bot.domain.minutes import Agreed, Content, Correction, Given, Set, Topic

Words = Callable[[str], str]
NEAREST, LIKENESS = 3, 0.5


def corrected(content: Content, corrections: Iterable[Correction]) -> Content:
    """In the order in which they were said; one that finds nothing any more does nothing."""
    for correction in corrections:
        content = _corrected(content, correction)
    return content


def found(content: Content, old: str) -> int:
    """How many times these words are there, however often in one sentence."""
    return sum(text.count(old) for text in texts(content))


def longest(content: Content, old: str, new: str) -> int:
    """Characters of the longest text that would grow, were each `old` in it `new`."""
    more = len(new) - len(old)
    grown = (len(t) + n * more for t in texts(content) if more > 0 and (n := t.count(old)))
    return max(grown, default=0)


def nearest(content: Content, old: str) -> tuple[str, ...]:
    """Whole sentences, or as many words as `old` has, that look like it; the likest first."""
    size = len(old.split())
    parts: dict[str, None] = {}
    for text in texts(content):
        words = text.split()
        parts[text] = None
        parts |= dict.fromkeys(
            " ".join(words[at : at + size]) for at in range(len(words) - size + 1)
        )
    lower = {part.casefold(): part for part in reversed(parts) if part}
    likely = get_close_matches(old.casefold(), lower, n=NEAREST, cutoff=LIKENESS)
    return tuple(lower[part] for part in likely)


def touches(content: Content, old: str) -> tuple[str, ...]:
    """The actions, decisions and deadlines in whose words it stands: those stay as they are."""
    things: tuple[Given | Agreed | Set, ...] = (
        *content.actions,
        *content.decisions,
        *content.deadlines,
    )
    return tuple(thing.ref for thing in things if old in thing.text)


def texts(content: Content) -> Iterator[str]:
    """All that can be put right, in the order in which it is read."""
    seen: list[str] = []

    def keep(text: str) -> str:
        seen.append(text)
        return text

    _through(content, keep)
    yield from seen


def _corrected(content: Content, correction: Correction) -> Content:
    left = None if correction.everywhere else 1

    def words(text: str) -> str:
        nonlocal left
        if left == 0 or correction.old not in text:
            return text
        if left is None:
            return text.replace(correction.old, correction.new)
        left -= 1
        return text.replace(correction.old, correction.new, 1)

    return _through(content, words)


def _through(content: Content, words: Words) -> Content:
    return replace(
        content,
        title=words(content.title),
        place=words(content.place),
        stepped_out=tuple((user, words(topic)) for user, topic in content.stepped_out),
        to_step_out=tuple((user, words(topic)) for user, topic in content.to_step_out),
        topics=tuple(_topic(topic, words) for topic in content.topics),
        not_reached=tuple(map(words, content.not_reached)),
        held=tuple(map(words, content.held)),
    )


def _topic(topic: Topic, words: Words) -> Topic:
    def agreed(one: Agreed) -> Agreed:
        return replace(one, text=words(one.text))

    def given(one: Given) -> Given:
        return replace(one, text=words(one.text))

    def dated(one: Set) -> Set:
        return replace(one, text=words(one.text))

    return replace(
        topic,
        title=words(topic.title),
        notes=tuple(map(words, topic.notes)),
        decisions=tuple(map(agreed, topic.decisions)),
        actions=tuple(map(given, topic.actions)),
        deadlines=tuple(map(dated, topic.deadlines)),
    )
