"""Somebody who has left traces everywhere, and where to look for them."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.engine import make_url

from bot.domain.departures import Departure, DepartureId, Why
from bot.domain.items import Quiet
from bot.domain.model import ChannelId, Membership, Person, Ref, Role, UserId
from bot.domain.outbox import Message, Outgoing, State
from bot.services import items
from bot.storage.database import Store
from bot.storage.rows import Table
from tests.services.conftest import CHAIR, COORDINATOR, MEMBER, MODELS, OTHER, TRIALS, Office

DUE = date(2026, 12, 18)
LEAVER = UserId("U0CANARY1")
CANARIES = (
    "U0CANARY1", "D0CANARY1", "Canary Finch", "canary-finch", "Asia/Kathmandu", "T0CANARY",
    "canary.example/declared", "2031-03-04", "2030-02-03", "11:11:00", "canary reply",
    "canary sent", "canary pending", "canary-request", "canary-alt",
    "Canarea", "Canaria", "2028-07-06", "2029-01-02", "canary.example",
)  # fmt: skip
"""What is found of them in no byte: names, ids, zone, hours, days, messages, requests."""


def joined(store: Store) -> None:
    """Somebody who has left traces in every table."""
    groups = store.groups
    groups.save_person(
        Person(
            LEAVER, "Canary Finch", "canary-finch", "Asia/Kathmandu", True,
            country="Canarea", region="Canaria",
            hours=(time(11, 11), time(17)), away_until=date(2031, 3, 4),
            declared=date(2030, 2, 3), declaration="https://canary.example/declared",
            home_team="T0CANARY", welcomed_at=datetime(2028, 7, 6, tzinfo=UTC),
            facts_at=datetime(2029, 1, 2, tzinfo=UTC),
        )
    )  # fmt: skip
    groups.save_dm(LEAVER, ChannelId("D0CANARY1"))
    groups.set_role(Membership(LEAVER, MODELS, Role.PARTNER))
    now = datetime(2026, 11, 22, tzinfo=UTC)
    left = Departure(DepartureId(0), LEAVER, TRIALS, now, Why.CHANNEL, (), (Ref("PC-9"),), now)
    store.departures.add(left)
    store.inbox.keep("command", "canary-request", "canary-alt", LEAVER, "Reply", None,
                     json.dumps({"text": "canary reply Zo\u00eb"}), now)  # fmt: skip
    for state in (State.SENT, State.PENDING):
        row = outgoing(f"m:{state}:{LEAVER}", LEAVER, f"canary {state}", now)
        store.outbox.put(row, state=state)


def outgoing(key: str, lane: str, text: str, now: datetime) -> Outgoing:
    blocks = ({"type": "section", "text": {"type": "mrkdwn", "text": text}},)
    return Outgoing(key, key, "remind", lane, Message(text, blocks), now, now + timedelta(days=9))


def busy_life(office: Office) -> Ref:
    """An action of theirs, noted by others who name them, then handed over."""
    office.db.write_now(joined)
    item = office.add(COORDINATOR, LEAVER, due=DUE, text="Ask @canary-finch or Canary Finch")
    ref = item.ref
    office.do(LEAVER, lambda ask: items.accept(ask, ref))
    office.do(OTHER, lambda ask: items.note(ask, ref, "Canary Finch is away"))
    office.do(LEAVER, lambda ask: items.note(ask, ref, f"I am <@{LEAVER}>"))
    office.do(CHAIR, lambda ask: items.give(ask, ref, (MEMBER,)))
    hush(office, ref)
    mine = office.add(LEAVER, OTHER, due=DUE, text="Given by them")
    office.plan()
    office.db.write_now(
        lambda store: store.outbox.put(
            outgoing(f"x:silent-{LEAVER}:{OTHER}", OTHER, f"<@{LEAVER}> has not answered",
                     office.clock())
        )
    )  # fmt: skip
    assert mine.created_by == LEAVER
    return ref


def hush(office: Office, ref: Ref) -> None:
    def save(store: Store) -> None:
        item = store.items.get(ref)
        assert item is not None
        store.items.save(replace(item, quiet=(Quiet(LEAVER, DUE),)), item.version)

    office.db.write_now(save)


def bytes_of(office: Office) -> Iterator[tuple[str, bytes]]:
    path = Path(str(make_url(str(office.db._engine.url)).database))
    for suffix in ("", "-wal", "-shm"):
        file = path.with_name(path.name + suffix)
        if file.exists():
            yield suffix, file.read_bytes()


def texts_of(office: Office) -> str:
    """Everything that all tables hold, as PostgreSQL or SQLite print it."""
    with office.db._engine.connect() as connection:
        rows = [
            str(list(connection.execute(text(f'SELECT * FROM "{name}"'))))
            for name in Table.metadata.tables
        ]
    return "\n".join(rows)
