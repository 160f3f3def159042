"""Whatever was typed, the export stays one JSON file that reads back word for word."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from bot.domain.items import Note
from bot.services import privacy
from bot.storage.database import Store
from bot.views.text import storable
from bot.world import is_holiday
from tests.services.conftest import CHAIR, MEMBER, Office
from tests.unit.hostile import HOSTILE


def strings(node: object) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict | list):
        for part in node.values() if isinstance(node, dict) else node:
            yield from strings(part)


def noted(office: Office) -> frozenset[str]:
    """Every hostile text, written down by one person."""
    item = office.add(CHAIR, MEMBER, due=date(2026, 12, 4))
    texts = tuple(dict.fromkeys(storable(text) for text in HOSTILE))
    notes = tuple(Note(MEMBER, office.clock(), text) for text in texts)
    office.db.write_now(lambda store: store.items.save(replace(item, notes=notes), item.version))
    return frozenset(texts)


def test_what_was_typed_is_exported_word_for_word(office: Office) -> None:
    texts = noted(office)
    done = office.do(MEMBER, lambda ask: privacy.export(ask, is_holiday))
    assert texts - set(strings(json.loads(done.content))) == set()
    assert re.search("[\x00-\x09\x0b-\x1f]", done.content) is None


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("handle", ["../../etc/passwd", "a\u202eb", "<!channel>", "x\ny", "=1+1"])
def test_the_name_of_the_file_is_only_a_name(office: Office, handle: str) -> None:
    def call(store: Store) -> None:
        person = store.groups.person(MEMBER)
        assert person is not None
        store.groups.save_person(replace(person, handle=handle))

    office.db.write_now(call)
    done = office.do(MEMBER, lambda ask: privacy.export(ask, is_holiday))
    assert re.fullmatch(r"concerted-[\w.-]+-2026-\d\d-\d\d\.json", done.file_name)
