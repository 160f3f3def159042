"""What a message in a meeting's thread says, line by line, and the forms an action may have."""

import pytest

from bot.domain.model import ChannelId, Programme, World
from bot.domain.proceedings import LineKind
from bot.errors import BadInput, Code
from bot.handlers.action_lines import as_action, is_who_what_when
from bot.handlers.registry import Invocation
from bot.handlers.replies import in_full
from bot.handlers.sentence import read_new
from bot.handlers.thread_words import heard, is_word, recorded
from tests.unit.programme import COCHAIR, ME, reading

ACTION, NOTE, TOPIC = LineKind.ACTION, LineKind.NOTE, LineKind.TOPIC


@pytest.mark.parametrize(
    ("said", "kind", "text"),
    [
        ("ACTION: draft it @x", ACTION, "draft it @x"),
        ("  • *Action*: draft it", ACTION, "draft it"),
        ("DECISION: one template", LineKind.DECISION, "one template"),
        ("deadline : abstracts by 4 Dec", LineKind.DEADLINE, "abstracts by 4 Dec"),
        ("topic 2", TOPIC, "2"),
        ("Topic: Next steps 10 min", TOPIC, "Next steps 10 min"),
        ("present @a, @b", LineKind.PRESENT, "@a, @b"),
        ("Regrets from <@U0MEMBER1>", LineKind.REGRETS, "<@U0MEMBER1>"),
        ("regrets: Sam", LineKind.REGRETS, "Sam"),
        ("The action is clear: wait", NOTE, "The action is clear: wait"),
        ("action points follow", NOTE, "action points follow"),
        ("topics were many", NOTE, "topics were many"),
        ("undo", None, ""),
        ("Undo.", None, ""),
        ("undo the merge", NOTE, "undo the merge"),
    ],
)
def test_each_line_is_what_its_first_word_says(said: str, kind: LineKind | None, text: str) -> None:
    assert [(one.kind, one.text) for one in heard(said)] == [(kind, text)]


def test_present_without_names_may_open_a_sentence() -> None:
    sure = {line: heard(line)[0].sure for line in ("present data are thin", "present: Sam")}
    assert sure == {"present data are thin": False, "present: Sam": True}
    assert heard("present all")[0].sure


def test_several_lines_are_several() -> None:
    found = heard("topic 1\n\nWe talked.\nACTION: go")
    assert [one.kind for one in found] == [TOPIC, NOTE, ACTION]


def test_what_follows_off_is_nowhere_in_the_message() -> None:
    said = "We met.\n[off] he may leave\nand she too"
    assert recorded(said) == "We met."
    assert [one.text for one in heard(said)] == ["We met."]
    assert [one.text for one in heard(said, pasted=True)] == ["We met.", "and she too"]
    assert recorded("[OFF the record] x") == ""


def test_only_words_of_the_thread_are_taken_from_who_addresses_the_bot() -> None:
    assert [is_word(line) for line in ("topic 2", "[off] x", "undo", "mine", "meeting end")] == [
        True, True, True, False, False,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "text", "owner", "day"),
    [
        ("Draft the list – by @models-cochair 4 Dec", "Draft the list", COCHAIR, "2026-12-04"),
        ("Draft the list - by <@U0COCHAIR> by 4 Dec", "Draft the list", COCHAIR, "2026-12-04"),
        ("Draft the list — by Models co-chair 4 Dec", "Draft the list", COCHAIR, "2026-12-04"),
        ("@models-cochair – draft it – 4 Dec", "draft it", COCHAIR, "2026-12-04"),
        ("Models co-chair – draft it – by 4 Dec", "draft it", COCHAIR, "2026-12-04"),
        ("draft it @models-cochair 4 Dec", "draft it", COCHAIR, "2026-12-04"),
        ("draft it @models-cochair by 4 Dec", "draft it", COCHAIR, "2026-12-04"),
        ("draft it – by 4 Dec", "draft it", ME, "2026-12-04"),
        ("draft it – by @models-cochair", "draft it", COCHAIR, "2026-11-29"),
        ("draft it – by @models-cochair 4 Dec for models", "draft it", COCHAIR, "2026-12-04"),
    ],
)
def test_an_action_may_have_the_form_of_minutes(line: str, text: str, owner: str, day: str) -> None:
    said = read_new(as_action(line, reading()), reading())
    assert said is not None
    assert (said.new.text, said.new.owners, said.new.due.day.isoformat()) == (text, (owner,), day)


@pytest.mark.parametrize(
    ("line", "code", "typed"),
    [
        ("draft it – by Nobody Known 4 Dec", Code.PERSON_UNKNOWN, "Nobody Known"),
        ("Zed – draft it – 4 Dec", Code.PERSON_UNKNOWN, "Zed"),
        ("draft it – by @nobody 4 Dec", Code.PERSON_UNKNOWN, "@nobody"),
        ("draft it – by @models-cochair 1 Nov 2026", Code.DATE_PAST, "1 Nov 2026"),
        ("draft it – by @models-cochair 12/11/2027", Code.DATE_AMBIGUOUS, "12/11/2027"),
    ],
)
def test_what_is_unclear_names_the_words(line: str, code: Code, typed: str) -> None:
    with pytest.raises(BadInput) as refused:
        read_new(as_action(line, reading()), reading())
    assert (refused.value.code, refused.value.typed) == (code, typed)


def test_pasted_who_what_when_needs_somebody_known() -> None:
    assert is_who_what_when("@models-cochair – draft it – 4 Dec", reading())
    assert not is_who_what_when("Methods – draft it – 4 Dec", reading())
    assert not is_who_what_when("@models-cochair – draft it – soon", reading())


def test_what_is_off_the_record_is_in_no_error() -> None:
    said = "Fine.\n[off] the secret"
    by = Invocation("message", "1", ME, ChannelId("C0"), said, ts="1.1", by_outbox=True)
    assert in_full(by, World(Programme("", "UTC"))) == "Fine."
