"""The menu of a deadline in a reminder, and the words that silence one."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from bot.domain.days import day_in
from bot.domain.deadlines import PREFIX
from bot.domain.items import Quiet
from bot.domain.model import Ref
from bot.domain.preparation import takes_part
from bot.handlers import deadline_forms, deadlines
from bot.handlers.item_clicks import owners_for
from bot.handlers.registry import Click, Clicked, Command, Submitted
from bot.services import deadlines as deadlines_service
from bot.services import quiet_deadlines
from bot.services.access import Ask, offered_to
from bot.services.inbox import Outcome, Reply
from bot.services.notices import Planner
from bot.views import deadline_answers as answers
from bot.views import deadline_notices as view
from bot.views.blocks import Id, More


class DeadlineMenu:
    def commands(self) -> Iterable[Command[Any]]:
        return ()

    def clicks(self) -> Mapping[Id, Clicked]:
        return {Id.DEADLINE_MORE: chosen}

    def forms(self) -> Mapping[Id, Submitted]:
        return {}


def chosen(ask: Ask, click: Click) -> Outcome:
    run = _MORE.get(click.value.get("do"), details)
    return run(ask, click)


def details(ask: Ask, click: Click) -> Outcome:
    return deadlines.show(ask, Ref(click.value.ref))


def tomorrow(ask: Ask, click: Click) -> Outcome:
    day = day_in(ask.now, ask.actor.zone) + timedelta(days=1)
    put_off = Quiet(ask.actor.user, day)
    deadline = quiet_deadlines.quiet(ask, Ref(click.value.ref), put_off)
    return Reply(view.put_off(deadline))


def give(ask: Ask, click: Click) -> Outcome:
    """Asks who: what is picked says `deadline give`."""
    deadline = deadlines_service.for_change(ask, Ref(click.value.ref))
    keys = takes_part(deadline.groups, ask.world)
    seen = offered_to(ask.world, ask.actor.user)
    people = owners_for(ask, [seen.groups[key] for key in keys if key in seen.groups])
    return Reply(answers.whom(deadline, people, seen))


def past(ask: Ask, click: Click) -> Outcome:
    return deadlines.past(ask, Ref(click.value.ref))


def mute(ask: Ask, click: Click) -> Outcome:
    return muted(ask, Ref(click.value.ref))


def is_deadline(ref: Ref) -> bool:
    return ref.startswith(f"{PREFIX}-")


def muted(ask: Ask, ref: Ref) -> Outcome:
    return Reply(view.muted(quiet_deadlines.mute(ask, ref)))


def unmuted(ask: Ask, ref: Ref, planner: Planner) -> Outcome:
    return Reply(view.unmuted(quiet_deadlines.unmute(ask, ref, planner)))


_MORE: dict[str, Clicked] = {
    More.DETAILS: details,
    More.TOMORROW: tomorrow,
    More.MUTE: mute,
    More.EXTEND: deadline_forms.move,
    More.DROP: deadline_forms.drop,
    More.GIVE: give,
    More.HISTORY: past,
}
