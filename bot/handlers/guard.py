"""The wall before everything that stores: what looks like a patient's stays outside."""

from collections.abc import Iterable, Iterator

from bot.domain import patients
from bot.errors import BadInput, Code
from bot.handlers.gestures import Chosen
from bot.handlers.registry import Click, Form, Invocation
from bot.telemetry import get_logger
from bot.views.blocks import parse_value

log = get_logger(__name__)
Gesture = Invocation | Click | Form | Chosen


def check(gesture: Gesture) -> None:
    """All that a person typed, whatever carries it. Raises BadInput, with no word of it."""
    for field, text in _typed(gesture):
        rule = patients.found_in(text)
        if rule is not None:
            log.info("patient_data.refused", rule=rule.value)
            raise BadInput(
                Code.PATIENT_DATA, field, rule=rule.value, posted=_posted(gesture)
            ) from None


def without_patients(quote: str) -> str:
    """What somebody else said, to go with an action: left out where it tells of a patient."""
    rule = patients.found_in(quote)
    if rule is not None:
        log.info("patient_data.left_out", rule=rule.value)
    return quote if rule is None else ""


def _typed(gesture: Gesture) -> Iterator[tuple[str | None, str]]:
    if isinstance(gesture, Invocation | Chosen):
        yield None, gesture.text
    elif isinstance(gesture, Click):
        carried = (gesture.value, parse_value(gesture.block), parse_value(gesture.picked))
        yield from _all(None, (text for value in carried for text in value.extra.values()))
        yield None, gesture.picked
    else:
        for name, text in gesture.fields.items():
            yield from _all(name, (text, *gesture.picks.get(name, ())))
        yield from _all(None, parse_value(gesture.metadata).extra.values())


def _all(field: str | None, texts: Iterable[str]) -> Iterator[tuple[str | None, str]]:
    return ((field, text) for text in texts)


def _posted(gesture: Gesture) -> str:
    """Whose message in Slack still says it: `own`, `other` or nobody's."""
    if isinstance(gesture, Chosen):
        return "other" if gesture.of_message else ""
    return "own" if isinstance(gesture, Invocation) and gesture.by_outbox else ""
