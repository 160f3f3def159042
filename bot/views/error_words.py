"""The sentence for each `Code`: what happened and what to do; names in it are made plain."""

from collections.abc import Callable

from bot.domain.items import Item
from bot.domain.model import World
from bot.domain.patients import Rule
from bot.errors import BotError, Busy, Code, UserError
from bot.views.error_facts import Said, listed
from bot.views.error_people import PEOPLE, not_allowed
from bot.views.error_things import (
    already_done,
    as_it_is,
    circle,
    reason_needed,
    text_empty,
    wrong_words,
)
from bot.views.people import named

_STILL_IN_SLACK = {
    "own": " Your message itself stays in Slack: please delete it there.",
    "other": " The message itself stays in Slack: whoever wrote it can delete it there.",
}
EXAMPLES = "Try 4 Dec, next Friday or in 2 weeks, or pick one."


def sentence(error: BotError, world: World, offered: World | None = None) -> str:
    """Safe for `text` and for mrkdwn; `offered`: of whom the reader may know, None: everybody."""
    if isinstance(error, Busy):
        return "I am busy; nothing was saved. Please send it again."
    if not isinstance(error, UserError):
        return "Something went wrong on our side."
    said = _WORDS[error.code](Said(error, world, offered))
    return said[0].upper() + said[1:]


def _unknown_word(it: Said) -> str:
    if it.facts.get("talk"):
        example = f" This may be the one: {it.text('example')}." if it.facts.get("example") else ""
        return f"I read short commands, not whole sentences.{example} Help lists them."
    nearest = it.facts.get("nearest")
    near = listed(nearest, it.world)
    guess = f" Did you mean {near}?" if near else " Type help to see what I understand."
    return f"I don't know {it.quoted}.{guess}"


def _date_ambiguous(it: Said) -> str:
    readings = listed(it.facts.get("choices"), it.world)
    if readings and " or " not in readings:
        return f"I read {it.quoted} as {readings}. Is that right?"
    which = f": {readings}?" if readings else "."
    return f"{it.quoted} could be two days{which}"


def _missing_day(it: Said) -> str:
    return f"There is no such day as {it.quoted} in that month. {EXAMPLES}"


def _time_gap(it: Said) -> str:
    near = listed(it.facts.get("choices"), it.world)
    instead = f" Take {near}?" if near else ""
    return f"The clocks go forward over {it.quoted}: that time does not exist.{instead}"


def _zone(it: Said) -> str:
    near = listed(it.facts.get("choices"), it.world)
    return f"I don't know the zone {it.quoted}. " + (
        f"Did you mean {near}?" if near else "Say a city or UTC, as in 17:00 New York."
    )


def _own_zone(it: Said) -> str:
    if it.facts.get("short"):
        return (
            f"{it.quoted} stands for several zones, so I can't tell which is yours. "
            "Say a city near you, as in zone Toronto."
        )
    near = listed(it.facts.get("choices"), it.world)
    return f"I don't know the city or zone {it.quoted}. " + (
        f"Did you mean {near}?" if near else "Say a larger city near you, as in zone Toronto."
    )


def _hours(it: Said) -> str:
    if it.facts.get("order"):
        return (
            f"The hours {it.quoted} end before they have lasted an hour. "
            "Say the earlier time first, as in hours 8:00 to 18:00."
        )
    return f"I couldn't read {it.quoted} as hours. Try hours 8:00 to 18:00 or hours 9-17."


def _number(it: Said) -> str:
    most = it.text("most", "60")
    if it.facts.get("people"):
        return f"I need a whole number of people from 1 to {most}, or half, not {it.quoted}."
    if earlier := it.text("earlier"):
        return f"The step before comes after {earlier} days: I need {earlier} or more here, or 0."
    if it.text("many") == "1":
        least, such = ("0", "10") if it.facts.get("least") == 0 else ("1", "7")
        return (
            f"I need one whole number of days from {least} to {most}, as in {such}, "
            f"not {it.quoted}."
        )
    many = it.text("many", "5")
    return (
        f"I couldn't read {it.quoted} as days: up to {many} numbers from 1 to {most}, as in 7, 2."
    )


def _days(it: Said) -> str:
    if not it.typed:
        return "Please pick at least one working day."
    return f"I couldn't read {it.quoted} as working days. Try Mon-Thu or Mon, Tue, Thu."


def _already_open(it: Said) -> str:
    return f"{it.ref} is open already{as_it_is(it)}."


def _changed(it: Said) -> str:
    return (
        f"{it.ref} changed meanwhile, so I left it alone. It is now{as_it_is(it) or ' different'}."
    )


def _text_long(it: Said) -> str:
    length, limit = it.text("length", "Too many"), it.text("limit", "300")
    return f"{length} characters; {limit} fit. Put the rest into a note or a link."


def _person_two(it: Said) -> str:
    known = it.people
    rest = " or somebody else" if len(known) == 1 else ""
    return f"{it.quoted} could be {listed(known, it.world) or 'more than one person'}{rest}."


def _last_of_all(it: Said) -> str:
    role = it.text("role", "chair")
    where = f" of {it.group}" if role == "chair" else ""
    return f"{it.person} is the only {role}{where}. Name another {role} first."


def _role_meanwhile(it: Said) -> str:
    by = named([it.text("by")], it.world)
    return (
        f"{by} has just named {it.person} {it.text('role')} of {it.group}, so I left it at that. "
        f"Speak with {by}; if it is to be otherwise, say it again."
    )


def _still_owns(it: Said) -> str:
    owned = it.facts.get("items")
    items = [i for i in owned if isinstance(i, Item)] if isinstance(owned, tuple) else []
    refs = [item.ref for item in items]
    said = f": {', '.join(refs[:5])}{' …' if len(refs) > 5 else ''}" if refs else ""
    if not all(item.assignments for item in items):
        return f"{it.person} still has, or left, open actions{said}. First: handover {it.person}."
    first = f"give {refs[0] if refs else 'EM-2'} @name"
    return f"{it.person} still has open actions{said}. Hand them over first: {first}."


def _group_taken(it: Said) -> str:
    return f"There is already a group {it.text('key') or it.text('prefix')}. Take another name."


def _patient_data(it: Said) -> str:
    """No word of what was said: not even what it was taken for, but for a bare number."""
    said = (
        "This number could be an NHS number, so I stored nothing. If it is a phone number, "
        "write it with + and the country code, or with the word phone before it."
        if it.text("rule") == Rule.TEN_DIGITS
        else "This looks like patient information, so I stored nothing. "
        "Please say it without names, numbers, initials or dates of birth."
    )
    return f"{said}{_STILL_IN_SLACK.get(it.text('posted'), '')}"


Words = Callable[[Said], str]

_WORDS: dict[Code, Words] = {
    Code.UNKNOWN_WORD: _unknown_word,
    Code.DATE_UNREADABLE: lambda it: f"I couldn't read {it.quoted} as a date. {EXAMPLES}",
    Code.DATE_AMBIGUOUS: _date_ambiguous,
    Code.DATE_PAST: lambda it: f"{it.day} has passed. Please pick a later day.",
    Code.DATE_FAR: lambda it: f"{it.day} is more than five years away. Please pick an earlier day.",
    Code.DATE_MISSING_DAY: _missing_day,
    Code.DATE_NEEDED: lambda it: f"A date is missing: by when? {EXAMPLES}",
    Code.TIME_GAP: _time_gap,
    Code.DATE_AHEAD: lambda it: f"{it.day} is still to come. Please pick today or an earlier day.",
    Code.ZONE_UNKNOWN: lambda it: _own_zone(it) if it.facts.get("own") else _zone(it),
    Code.HOURS_WRONG: _hours,
    Code.DAYS_WRONG: _days,
    Code.COUNTRY_UNKNOWN: lambda it: (
        f"I know no country {it.quoted}. Say its English name or its code, as in IT."
    ),
    Code.REGION_UNKNOWN: lambda it: (
        f"I know no holidays of a region {it.quoted} there. Leave it empty, or say its code."
    ),
    Code.LINK_WRONG: lambda it: (
        f"{it.quoted} is no link. Copy the whole address: it begins with https://."
    ),
    Code.NUMBER_WRONG: _number,
    Code.NO_NEXT_MEETING: lambda it: (
        "No next meeting is set, so I can't count from it. Pick a date."
    ),
    **PEOPLE,
    Code.PERSON_LEFT: lambda it: f"{it.person} has left. Please pick someone else.",
    Code.PERSON_TWO: _person_two,
    Code.PERSON_NEEDED: lambda it: "Who will do it? Please name someone, as in @name.",
    Code.GROUP_WHICH: lambda it: "Which group is this for?",
    Code.GROUP_UNKNOWN: lambda it: f"I know no group {it.quoted}. Which one do you mean?",
    Code.GROUP_NONE: lambda it: "You are not in a working group yet. Ask a coordinator to add you.",
    Code.GROUP_TAKEN: _group_taken,
    Code.PREFIX_TAKEN: lambda it: (
        f"Another group has the prefix {it.text('prefix')}. Take another."
    ),
    Code.KEY_WRONG: lambda it: (
        f"{it.quoted} cannot be a key: one word of small letters, as in trials."
    ),
    Code.PREFIX_WRONG: lambda it: (
        f"{it.quoted} cannot be a prefix: two to four capital letters, not DL, MT, DC or RK."
    ),
    Code.NOT_ALLOWED: not_allowed,
    Code.ALREADY_DONE: already_done,
    Code.ALREADY_OPEN: _already_open,
    Code.ALREADY_ACCEPTED: lambda it: f"You have accepted {it.ref} already{as_it_is(it)}.",
    Code.ALREADY_THEIRS: lambda it: f"{it.ref} is theirs already{as_it_is(it)}.",
    Code.SAME_DATE: lambda it: f"{it.ref} is due that day already{as_it_is(it)}.",
    Code.NOT_BLOCKED: lambda it: f"{it.ref} is not blocked{as_it_is(it)}.",
    Code.TEXT_EMPTY: text_empty,
    Code.TEXT_LONG: _text_long,
    Code.REASON_NEEDED: reason_needed,
    Code.ID_NEEDED: lambda it: "Which one? Please say its id, as in EM-2.",
    Code.NO_SUCH_ID: lambda it: f"I know no {it.text('ref', 'such id')}.",
    Code.GONE: lambda it: f"{it.ref} no longer exists: it was taken back.",
    Code.CHANGED_MEANWHILE: _changed,
    Code.CHANNEL_UNLINKED: lambda it: "No group is linked to this channel.",
    Code.GROUP_LINKED: lambda it: (
        f"{it.group} has the channel #{it.text('channel', 'of its own')} already. "
        "Type unlink there first."
    ),
    Code.CHANNEL_TAKEN: lambda it: f"This channel belongs to {it.group}. Type unlink here first.",
    Code.BOT_ABSENT: lambda it: "I am not in this channel. Type /invite @Concerted here first.",
    Code.CIRCLE: circle,
    Code.PATIENT_DATA: _patient_data,
    Code.NOTHING_TO_UNDO: lambda it: (
        "There is nothing of yours to take back from the last ten minutes."
    ),
    Code.NOT_SET_UP: lambda it: it.way_to_set_up,
    Code.LAST_CHAIR: _last_of_all,
    Code.STILL_OWNS: _still_owns,
    Code.ROLE_MEANWHILE: _role_meanwhile,
    Code.GUEST_OF_GROUP: lambda it: (
        "A guest is invited to one meeting, not to a group, as in: role @name guest at MT-15. "
        "Who takes part for longer is named member or observer, as in: "
        "role @name observer in trials."
    ),
    Code.WRONG_WORDS: wrong_words,
    Code.BUSY: lambda it: "I am busy; nothing was saved. Please send it again.",
    Code.OUR_FAULT: lambda it: "Something went wrong on our side; nothing was lost.",
}
