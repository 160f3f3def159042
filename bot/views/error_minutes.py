"""The sentences about minutes that are not there, or not to be changed so, and the way on."""

from collections.abc import Callable, Iterable, Mapping

from bot.domain.model import World
from bot.errors import Code, UserError
from bot.views.blocks import VALUE_LIMIT, Element, Id, button, nth, value
from bot.views.error_facts import Said
from bot.views.text import clip, plain

Part = tuple[str, list[Element]]
"""block_id and elements of one actions block."""
SHOWN = 120
_NONE = {
    "cancelled": "{ref} was cancelled, so it has no minutes.",
    "ahead": "{ref} has not been held yet. Its minutes are there when it ends.",
    "under way": "{ref} is still being held. Its minutes are there as soon as somebody says: "
    "meeting end {ref}.",
    "not kept": "{ref} was not held with me, so no minutes of it are kept here. If it took "
    "place, say so: held {ref}. Its notes can be pasted: meeting notes {ref}.",
}


def _none(it: Said) -> str:
    return _NONE.get(it.text("why"), _NONE["not kept"]).format(ref=it.ref)


def _no_words(it: Said) -> str:
    near = it.facts.get("near")
    found = list(near) if isinstance(near, Iterable) and not isinstance(near, str) else []
    like = " or ".join(f'"{plain(clip(str(words), SHOWN))}"' for words in found[:3])
    guess = f"Did you mean {like}?" if like else "Copy a few words of it as they stand there."
    return f"{it.quoted} is not in the minutes of {it.ref}, so nothing changed. {guess}"


def _twice(it: Said) -> str:
    return (
        f"{it.quoted} stands in the minutes of {it.ref} {it.text('times')} times, so nothing "
        "changed. Say a few more words of the one you mean, or change all of them, with a g "
        f"behind: {plain(_everywhere(it.facts))}."
    )


def _everywhere(facts: Mapping[str, object]) -> str:
    old, new = (str(facts.get(name) or "") for name in ("old", "new"))
    mark = next((mark for mark in "/|#!" if mark not in old + new), "/")
    return f"meeting correct {facts.get('ref')} s{mark}{old}{mark}{new}{mark}g"


MINUTES: dict[Code, Callable[[Said], str]] = {
    Code.NO_MINUTES: _none,
    Code.MINUTES_LOCKED: lambda it: (
        f"The minutes of {it.ref} were accepted on {it.day} and stay as they are. "
        "What was wrong in them belongs into the next minutes."
    ),
    Code.MINUTES_DRAFT: lambda it: (
        f"The minutes of {it.ref} are not with the group yet: they go out on {it.day}, or as soon "
        f"as you say: meeting publish {it.ref}. They can be approved then."
    ),
    Code.MINUTES_OUT: lambda it: (
        f"The minutes of {it.ref} have been with the group since {it.day}."
    ),
    Code.COMMENTS_CLOSED: lambda it: (
        f"Comments on the minutes of {it.ref} closed at the end of {it.day}. Whoever chairs can "
        f"still correct them; to stop them from being accepted: meeting object {it.ref} and why."
    ),
    Code.NO_SUCH_WORDS: _no_words,
    Code.WORDS_TWICE: _twice,
    Code.WORDS_GROW: lambda it: (
        f"With that, one text of the minutes of {it.ref} would have {it.text('length', 'more')} "
        f"characters; {it.text('limit', '3000')} fit. Nothing was changed."
    ),
}


def _read(error: UserError, line: str, world: World) -> list[Part]:
    ref = error.facts.get("ref")
    return [("error:do", [_run(1, "Read the minutes", f"meeting minutes {ref}")])]


def _all_of_them(error: UserError, line: str, world: World) -> list[Part]:
    ref = error.facts.get("ref")
    line = _everywhere(error.facts)
    fits = len(value(line=line)) <= VALUE_LIMIT
    every = [_run(1, "Change all of them", line)] if fits else []
    return [("error:do", [*every, _run(2, "Read the minutes", f"meeting minutes {ref}")])]


def _meeting(error: UserError, line: str, world: World) -> list[Part]:
    ref = str(error.facts.get("ref"))
    if error.facts.get("why") != "not kept":
        return [("error:do", [_run(1, "Open", ref)])]
    paste = button("Paste notes", Id.MEETING_NOTES_PASTE, value(ref))
    return [("error:do", [_run(1, "It was held", f"meeting held {ref}"), paste])]


def _run(number: int, label: str, line: str) -> Element:
    return button(label, nth(Id.WORD_RUN, number), value(line=line))


WAYS: dict[Code, Callable[[UserError, str, World], list[Part]]] = {
    Code.NO_MINUTES: _meeting,
    Code.MINUTES_LOCKED: _read,
    Code.MINUTES_DRAFT: _read,
    Code.MINUTES_OUT: _read,
    Code.COMMENTS_CLOSED: _read,
    Code.NO_SUCH_WORDS: _read,
    Code.WORDS_TWICE: _all_of_them,
}
