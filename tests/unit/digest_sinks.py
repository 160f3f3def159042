"""Every place of a weekly digest where words of people are shown, as in `sinks`."""

from collections.abc import Callable

from bot.domain.digests import Wish
from bot.domain.outbox import Message
from bot.views import definitions, digest_answers, digest_notes, digests, reports
from tests.unit.digest_pages import MONDAY, page
from tests.unit.hostile_world import Given
from tests.unit.screens import CHAIR, OWNER

DIGEST_SINKS: dict[str, Callable[[Given], Message]] = {
    "digest": lambda it: digests.digest(page(it.text, it.group, it.item), it.world),
    "digest foretold": lambda it: digests.foretold(it.group),
    "digest not made": lambda it: digest_notes.not_made(it.group, "A1B2C3"),
    "digest sent": lambda it: digest_answers.sent(
        it.group, "2026-W48", (OWNER, CHAIR), CHAIR, it.world
    ),
    "digest sent before": lambda it: digest_answers.sent_before(
        it.group, "2026-W48", MONDAY, None, "UTC"
    ),
    "digest unwanted": lambda it: digest_answers.unwanted(it.group, (OWNER,), it.world),
    "digest without readers": lambda it: digest_answers.nobody(it.group),
    "digest wished": lambda it: digest_answers.wished(it.group, Wish.NEWS, MONDAY, "UTC"),
    "help with definitions": lambda it: definitions.below(
        reports.help_page((), frozenset(), it.world, (it.group,))
    ),
}
