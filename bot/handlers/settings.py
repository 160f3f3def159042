"""What a person says of their own time and place."""

from collections.abc import Iterable, Mapping
from datetime import date, time
from typing import Any

from bot.domain.model import Person, Ref
from bot.errors import BadInput, Code
from bot.handlers import deadline_menu
from bot.handlers import setting_words as words
from bot.handlers.atlas import Atlas
from bot.handlers.group_words import only
from bot.handlers.registry import (
    Click,
    Clicked,
    Command,
    Form,
    Invocation,
    Submitted,
)
from bot.handlers.setting_words import AwaySaid, HoursSaid
from bot.services import settings
from bot.services.access import Ask
from bot.services.inbox import OpenModal, Outcome, Reply
from bot.services.notices import Planner
from bot.services.settings import Place, Wishes
from bot.views import answers
from bot.views import settings as view
from bot.views.blocks import Field, Id


class SettingHandlers:
    def __init__(self, atlas: Atlas) -> None:
        self._atlas = atlas
        self._planner = Planner(atlas.holiday)

    def commands(self) -> Iterable[Command[Any]]:
        yield Command(
            "", ("me",), "me", "Shows your settings: zone, hours, days off, groups.",
            only("me"), lambda ask, by, _: self.mine(ask), "me",
        )  # fmt: skip
        yield Command(
            "", ("zone",), words.ZONE_USAGE, "Says where you are: reminders keep your mornings.",
            words.read_zone, self.zone, "zone Calgary",
        )  # fmt: skip
        yield Command(
            "", ("hours",), words.HOURS_USAGE, "Says when you work, and on which days.",
            words.read_hours, self.hours, "hours 09:00-17:00 Mon-Thu",
        )  # fmt: skip
        yield Command(
            "", ("away",), words.AWAY_USAGE, "Holds everything back until your first day back.",
            words.read_away, self.away, "away until next Monday",
        )  # fmt: skip
        yield Command(
            "", ("back",), "back", "Ends your absence.",
            only("back"), lambda ask, by, _: self.away(ask, by, AwaySaid(ends=True)), "back",
        )  # fmt: skip
        yield Command(
            "", ("mute",), "mute <ID>", "No more reminders to you about this.",
            words.read_muted, muted, "mute EM-2",
        )  # fmt: skip
        yield Command(
            "", ("unmute",), "unmute <ID>", "Reminds you of it again.",
            words.read_muted, self.unmuted, "unmute EM-2",
        )  # fmt: skip

    def clicks(self) -> Mapping[Id, Clicked]:
        return {Id.SETTINGS_OPEN: self.opened}

    def forms(self) -> Mapping[Id, Submitted]:
        return {Id.SETTINGS_FORM: self.submitted}

    def mine(self, ask: Ask) -> Outcome:
        silent = settings.mine(ask)
        home = self._home(ask.actor)
        return Reply(view.mine(ask.actor, home, silent, ask.world, ask.now))

    def zone(self, ask: Ask, by: Invocation, said: str) -> Outcome:
        if not said:
            return self.mine(ask)
        person = settings.set_zone(ask, self._atlas.place(said), self._planner)
        city = self._atlas.city(said)
        return _told(view.zone_changed(person, self._home(person), ask.now, city))

    def hours(self, ask: Ask, by: Invocation, said: HoursSaid) -> Outcome:
        if said.usual:
            person = settings.set_usual_hours(ask, self._planner)
        elif said == HoursSaid():
            return self.mine(ask)
        else:
            person = settings.set_hours(ask, said.hours, said.workdays, self._planner)
        return _told(view.hours_changed(person))

    def away(self, ask: Ask, by: Invocation, said: AwaySaid) -> Outcome:
        if said == AwaySaid():
            return _told(view.away_changed(ask.actor, ask.now))
        person = settings.set_away(ask, said.until, self._planner)
        return _told(view.away_changed(person, ask.now))

    def unmuted(self, ask: Ask, by: Invocation, ref: Ref) -> Outcome:
        if deadline_menu.is_deadline(ref):
            return deadline_menu.unmuted(ask, ref, self._planner)
        return _told(view.unmuted(settings.unmute(ask, ref, self._planner), ask.world))

    def opened(self, ask: Ask, click: Click) -> Outcome:
        settings.mine(ask)
        return OpenModal(view.my_form(ask.actor, self._home(ask.actor), ask.now).payload)

    def submitted(self, ask: Ask, form: Form) -> Outcome:
        place = self._atlas.place(form.get(Field.ZONE))
        away = _day(form, Field.AWAY)
        if away is None and not view.is_away(ask.actor, ask.now):
            away = ask.actor.away_until  # one that is over stays as it was
        wishes = Wishes(
            place=place,
            hours=(_time(form, Field.START), _time(form, Field.END)),
            workdays=frozenset(
                int(d) for d in form.picks.get(Field.DAYS, ()) if d in set("0123456")
            ),
            country=self._country(ask.actor, form, place),
            away_until=away,
            declared=_day(form, Field.DECLARED),
            declaration=form.get(Field.DECLARATION),
        )
        person = settings.save(ask, wishes, self._planner)
        silent = settings.mine(ask)
        return Reply(view.mine(person, self._home(person), silent, ask.world, ask.now))

    def _country(self, person: Person, form: Form, place: Place) -> tuple[str, str | None] | None:
        """None: whichever goes with the zone, also when only the zone was changed."""
        country, region = form.get(Field.COUNTRY), form.get(Field.REGION)
        shown = self._home(person)
        if not country:
            return None
        if (country, region) != (shown.country, shown.region) or not person.country:
            return self._atlas.home(country, region)
        stays = person.country_chosen or place.zone == person.zone
        return (person.country, person.region) if stays else None

    def _home(self, person: Person) -> view.Home:
        if person.country is None:
            return view.Home()
        country, region = person.country, person.region
        by_zone = self._atlas.country_of(person.zone) == (country, region)
        return view.Home(self._atlas.country_name(country), region or "", by_zone)


def muted(ask: Ask, by: Invocation, ref: Ref) -> Outcome:
    if deadline_menu.is_deadline(ref):
        return deadline_menu.muted(ask, ref)
    item = settings.mute(ask, ref)
    return Reply(answers.changed(item, "quiet", ask.world, ask.now, ask.key))


def _told(sentence: str) -> Outcome:
    return Reply(view.changed(sentence))


def _day(form: Form, field: Field) -> date | None:
    picked = form.get(field)
    if not picked:
        return None
    try:
        return date.fromisoformat(picked)
    except ValueError:
        raise BadInput(Code.DATE_UNREADABLE, field, picked) from None


def _time(form: Form, field: Field) -> time:
    try:
        return words.clock(form.get(field), form.get(field))
    except BadInput as wrong:
        raise BadInput(Code.HOURS_WRONG, field, wrong.typed) from None
