"""The demo world's people, groups and channels, for a Slack workspace and for the database."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from importlib import resources
from typing import Any

import yaml

from bot.domain.days import instant
from bot.domain.model import (
    Channel,
    ChannelId,
    Group,
    GroupKey,
    Membership,
    Person,
    Programme,
    Role,
    UserId,
)
from bot.domain.outbox import Sent
from bot.storage.database import Store

TEAM, OTHER_TEAM = "T0CONCERTED", "T0INDUSTRY0"
APP = {"id": "A0CONCERTED", "bot_user": "U0CONCERTED", "bot_id": "B0CONCERTED"}
NOON = time(12)
"""What has a date and no time in demo.yaml happened at noon of its group."""


@dataclass(frozen=True, slots=True)
class World:
    """`shift` days are added to every date: 0 is 2012, `reanchor.shift_days` is 2026."""

    facts: Mapping[str, Any]
    shift: timedelta

    @classmethod
    def load(cls, *, reanchored: bool = True) -> "World":
        text = resources.files("bot.demo").joinpath("demo.yaml").read_text(encoding="utf-8")
        facts = yaml.load(text, Loader=yaml.CSafeLoader)
        days = facts["reanchor"]["shift_days"] if reanchored else 0
        return cls(facts, timedelta(days=days))

    @property
    def as_of(self) -> datetime:
        return self._instant(self.facts["as_of"])

    def workspace(self, cards: Iterable[Sent] = ()) -> dict[str, Any]:
        """The seed of the sandbox: people, channels, and the cards that were posted in them."""
        return {
            "team": {"id": TEAM, "name": "Progressive MS Collaborative", "domain": "concerted"},
            "now": self.as_of.isoformat(),
            "app": {**APP, "name": "concerted"},
            "users": [self._user(number, p) for number, p in enumerate(self.facts["people"], 1)],
            "channels": list(self._channels()),
            "messages": [_message(card) for card in cards],
        }

    def person_id(self, handle: str) -> UserId:
        handles = [person["handle"] for person in self.facts["people"]]
        return UserId(f"U0DEMO{handles.index(handle) + 1:03}")

    def channel_id(self, name: str) -> ChannelId:
        return ChannelId(f"C0DEMO{self._channel_names().index(name) + 1:03}")

    def _channel_names(self) -> list[str]:
        groups = [group["channel"] for group in self.facts["groups"]]
        return [*groups, *(c["name"] for c in self.facts["programme"]["channels"])]

    def _user(self, number: int, person: Mapping[str, Any]) -> dict[str, Any]:
        admin = bool(person.get("workspace_admin"))
        return {
            "id": f"U0DEMO{number:03}",
            "handle": person["handle"],
            "name": person["name"],
            "title": _title(person),
            "tz": person["zone"],
            "is_admin": admin,
            "is_owner": admin,
            "team_id": OTHER_TEAM if person.get("external") else TEAM,
        }

    def _channels(self) -> Iterator[dict[str, Any]]:
        everyone = [person["handle"] for person in self.facts["people"]]
        coordinators = [p["handle"] for p in self.facts["people"] if p.get("programme_role")]
        chairs = [
            p["handle"]
            for p in self.facts["people"]
            if any(r["role"] in ("chair", "cochair") for r in p["roles"])
        ]
        for group in self.facts["groups"]:
            own = [
                p["handle"]
                for p in self.facts["people"]
                if any(r["group"] == group["key"] for r in p["roles"])
            ]
            yield self._channel(group["channel"], [*coordinators, *own])
        members = {"wg-chairs": [*coordinators, *chairs], "wg-coordination": coordinators}
        for channel in self.facts["programme"]["channels"]:
            here = members.get(channel["name"], everyone)
            yield self._channel(channel["name"], here, private=channel["private"])

    def _channel(self, name: str, handles: list[str], *, private: bool = False) -> dict[str, Any]:
        return {
            "id": self.channel_id(name),
            "name": name,
            "is_private": private,
            "members": [self.person_id(handle) for handle in handles],
            "bot_in": True,
        }

    def shape(self, store: Store) -> None:
        programme = self.facts["programme"]
        closures = tuple(
            (self.day(c["from"]), self.day(c["to"]), c["name"]) for c in programme["closures"]
        )
        store.groups.save_programme(
            Programme(
                name=programme["name"],
                zone=programme["zone"],
                country=programme["country"],
                region=programme["region"],
                channel=self.channel_id("wg-all"),
                closures=closures,
                label=self.facts["label"],
            )
        )
        for channel in self._channels():
            store.groups.save_channel(
                Channel(channel["id"], channel["name"], channel["is_private"], bot_in=True)
            )
        for group in self.facts["groups"]:
            store.groups.save(self.group(group))
        for row in self.facts["people"]:
            person = self._person(row)
            store.groups.save_person(person)
            if row.get("programme_role"):
                store.groups.set_role(Membership(person.user, None, Role(row["programme_role"])))
            for role in row["roles"]:
                key = GroupKey(role["group"])
                store.groups.set_role(Membership(person.user, key, Role(role["role"])))

    def group(self, row: Mapping[str, Any]) -> Group:
        return Group(
            key=GroupKey(row["key"]),
            prefix=row["prefix"],
            short=row["short"],
            name=row["name"],
            scope=row["scope"],
            zone=row["zone"],
            channel=self.channel_id(row["channel"]),
            aliases=tuple(row["aliases"]),
        )

    def _person(self, row: Mapping[str, Any]) -> Person:
        person = Person(
            user=self.person_id(row["handle"]),
            name=row["name"],
            handle=row["handle"],
            zone=row["zone"],
            country=row["country"],
            region=row["region"],
            admin=bool(row.get("workspace_admin")),
            external=bool(row.get("external")),
            declared=self.day(row["declared"]),
            welcomed_at=self.as_of,
            facts_at=self.as_of,
        )
        if "hours" not in row:
            return person
        start, end = (time.fromisoformat(words) for words in row["hours"])
        return replace(person, hours=(start, end))

    def noon(self, day: date, group: Group) -> datetime:
        return instant(self.day(day), NOON, group.zone)

    def day(self, day: date) -> date:
        return day + self.shift

    def _instant(self, moment: datetime) -> datetime:
        return moment.astimezone(UTC) + self.shift


def _title(person: Mapping[str, Any]) -> str:
    if person.get("programme_role"):
        return str(person["programme_role"]).capitalize()
    return ", ".join(f"{r['role']} of {r['group']}" for r in person["roles"])


def _message(card: Sent) -> dict[str, Any]:
    return {
        "channel": card.channel,
        "user": APP["bot_user"],
        "bot_id": APP["bot_id"],
        "ts": card.ts,
        "text": card.out.message.text,
        "blocks": [dict(block) for block in card.out.message.blocks],
    }
