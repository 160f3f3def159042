"""Sentences about an action or deadline that is not as somebody thought."""

from datetime import date
from itertools import pairwise

from bot.domain.deadlines import Deadline
from bot.views import deadlines, facts
from bot.views.dates import day_words, today
from bot.views.error_facts import Said, listed
from bot.views.history import title_text
from bot.views.people import group_of, named
from bot.views.text import plain


def already_done(it: Said) -> str:
    one = it.item or it.deadline
    if one is None:
        return f"{it.text('ref', 'This')} is closed already."
    if isinstance(one, Deadline):
        zone, verb = deadlines.zone_there(one, it.world), deadlines.stage(one)
    else:
        zone, verb = group_of(one, it.world).zone, facts.ended(one)
    who = f" by {named([one.closed_by], it.world)}" if one.closed_by else ""
    when = f" on {day_words(today(one.closed_at, zone))}" if one.closed_at else ""
    return f"{one.ref} is already {verb}{who}{when}: {title_text(one)}."


def as_it_is(it: Said) -> str:
    if it.deadline is not None:
        return f": {deadlines.sentence(it.deadline, it.world)}"
    return f": {facts.sentence(it.item, it.world)}" if it.item else ""


def reason_needed(it: Said) -> str:
    verb, due = it.text("verb"), it.facts.get("due")
    ref = it.deadline.ref if it.deadline else "EM-2"
    if verb == "move" and isinstance(due, date):
        return f"Why does {ref} move to {day_words(due)}? A date only moves with a reason."
    examples = {
        "skip": "Why is it left out? As in: meeting prep skip MT-15 3 no speakers this time.",
        "drop": f"Why will it not be done? Say it after the id, as in: drop {ref} not needed.",
        "move": "Why does it move? As in: move DL-4 4 Dec because the scans are late.",
        "block": "What are you waiting for? Say it after the id, as in: block EM-2 no data yet.",
        "decline": "Why not? Say it after the id, as in: decline EM-2 I am away in May.",
    }
    return examples.get(verb, "Please say why, after the id.")


def text_empty(it: Said) -> str:
    if it.text("noun") == "deadline":
        return "What is to be reached, and by when? As in: deadline add Abstracts in by 15 Jan."
    if it.text("noun") == "topic":
        return "What is it about? As in: agenda add Shared protocol 10 min decide."
    if it.text("noun") == "edit":
        return (
            "What is to be another: title, place, length or zone? As in: "
            f"meeting edit {it.ref} length 90 min."
        )
    if it.text("noun") == "plan":
        return "What is the meeting called? As in: meeting plan Models call 4 Dec 15:00."
    if it.text("noun") == "decision":
        return "What was decided? As in: decide All groups use one template objections by 10 Dec."
    return "What needs doing? Please say it in a few words."


def circle(it: Said) -> str:
    chain = it.facts.get("chain")
    refs = [plain(str(ref)) for ref in chain] if isinstance(chain, (tuple, list)) else []
    if len(refs) < 2:
        return "That would be a circle: each would wait for the other."
    if len(refs) == 2:
        return f"{refs[0]} cannot wait for itself."
    steps = [f"{one} waits for {next_}" for one, next_ in pairwise(refs)]
    return f"{', and '.join(steps)}: that would be a circle."


def wrong_words(it: Said) -> str:
    if it.deadline is not None:
        return f"{it.deadline.ref} is a milestone; only deliverables have stages."
    if ref := it.text("awaited"):
        return f"{ref} cannot be waited for: say actions or deadlines, as in needs DL-4 EM-2 PC-2."
    if kind := it.text("kind"):
        return (
            f'I know no kind "{kind}": say as milestone or as deliverable. '
            "A text that really ends so goes into the form."
        )
    if choices := listed(it.facts.get("choices"), it.world):
        return f"That could be about {choices}. Please say which."
    if until := it.text("until"):
        return f"I know only until when, from now on. When it begins, type: away until {until}."
    if usage := it.text("usage"):
        return f"I could not read that. It goes like this: {usage}"
    return "I could not read that. Type help to see what I understand."
