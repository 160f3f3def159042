"""What previews and why tell of meetings beside reminders: as it stands, and on what it depends."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.domain.agendas import Agenda
from bot.domain.decisions import NewDecision
from bot.domain.explanations import Fate
from bot.domain.foretold import Word
from bot.domain.meetings import Meeting, RsvpAnswer
from bot.domain.model import Ref, UserId
from bot.domain.recurrence import Rule
from bot.services import (
    decisions,
    explanations,
    interests,
    meeting_occasions,
    minutes_news,
    planning,
    proceedings,
    rsvps,
    settings,
)
from bot.services.access import Ask
from bot.services.notices import Planner
from bot.services.planning import Plan
from bot.storage.database import Store
from bot.views import foretold as words
from bot.views.forecasts import Coming, preview
from bot.views.meeting_explanations import why
from bot.world import country_name, is_holiday
from tests.services.conftest import (
    CHAIR,
    COCHAIR,
    COORDINATOR,
    MEMBER,
    MODELS,
    MODELS_CHANNEL,
    OTHER,
    Office,
)
from tests.services.held_calls import at, hold, on_to
from tests.services.test_meetings import plan

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)  # the policy alone

MT = Ref("MT-1")
MONDAY = datetime(2026, 11, 30, 12, tzinfo=UTC)


@pytest.fixture
def call(office: Office) -> Meeting:
    """Friday 4 Dec 2026, 14:00 London, with a link; seen from Monday."""
    meeting = plan(office, 12, MODELS)
    linked = replace(meeting, link="https://example.org/join")
    meeting = office.db.write_now(lambda store: store.meetings.save(linked, meeting.version))
    office.want_no_digests()
    office.clock.now = MONDAY
    office.plan()
    return meeting


def coming(office: Office, user: UserId) -> tuple[list[str], list[str]]:
    """In the DM, in the channel of the group: when, and what with its condition."""

    def read(ask: Ask) -> tuple[list[str], list[str]]:
        found = explanations.preview(ask, is_holiday, country_name)
        assert preview(found.mine, found.here, found.group, user, ask.world, found.end).blocks
        return _lines(found.mine), _lines(found.here)

    return office.do(user, read, MODELS_CHANNEL)


def _lines(found: tuple[Coming, ...]) -> list[str]:
    return [f"{one.at:%a %H:%M} {text}" for one in found for text in one.texts]


def told(office: Office, user: UserId = CHAIR) -> tuple[tuple[Word, ...], str]:
    def read(ask: Ask) -> tuple[tuple[Word, ...], str]:
        meeting, found = explanations.of_meeting(ask, MT, is_holiday)
        others = meeting_occasions.told_about(ask, meeting, is_holiday)
        return others, why(meeting, found, ask.world, user, ask.now, others).text

    return office.do(user, read)


def posted(office: Office, key: str) -> None:
    """As if Slack had taken it."""

    def settle(store: Store) -> None:
        row = store.outbox.by_key(key)
        assert row is not None
        store.outbox.put_sent(row.out, MODELS_CHANNEL, "1.0")

    office.db.write_now(settle)


def answer(office: Office, user: UserId) -> None:
    office.do(user, lambda ask: rsvps.answer(ask, MT, RsvpAnswer.YES))


def test_a_preview_says_when_the_quorum_warns_and_on_what_that_depends(
    office: Office, call: Meeting
) -> None:
    mine, _ = coming(office, CHAIR)
    asked = "Tue 08:00 Will you come to MT-1 Call, Fri 4 Dec 2026, 15:00 Amsterdam (UTC+1)? "
    assert f"{asked}(Only if there is no answer by then.)" in mine
    (warned,) = [line for line in mine if line.startswith("Wed 08:00 MT-1")]
    assert warned.endswith(
        "(Only if by then fewer than 2 of 3 voting people come, or no agenda is posted.)"
    )
    for user in (CHAIR, MEMBER):
        answer(office, user)
    agenda = Agenda(call.id, posted_at=office.clock())
    office.db.write_now(lambda store: store.agendas.put(agenda))
    mine, _ = coming(office, CHAIR)
    assert not [line for line in mine if "Only if" in line and "MT-1" in line[:15]]
    joined = [line for line in mine if "Join: https://example.org/join" in line]
    assert [line[:9] for line in joined] == ["Thu 08:00"]
    begins, held = mine[-2:]
    assert begins.startswith("Fri 13:45 MT-1 Call begins at 15:00")
    assert begins.endswith("(Unless the answer is no, or there is no link any more.)")
    assert held.startswith("Mon 08:00 Was MT-1 Call, Fri 4 Dec 2026, 15:00 Amsterdam")


def test_a_channel_hears_of_minutes_that_go_out_and_are_accepted(office: Office) -> None:
    held = hold(office)
    here = coming(office, CHAIR)[1]
    assert [line[:9] for line in here if not line.startswith("Tue")] == ["Wed 09:00", "Thu 09:00"]
    assert "1 decision and 1 new action" in here[-2]
    assert here[-1].endswith("(Unless they are out before.)")
    assert coming(office, MEMBER)[1] == []
    on_to(office, at(28, 10), at(29, 10), at(5, 10, 12))
    posted(office, minutes_news.shows(held, MODELS_CHANNEL))
    (accepted,) = [line for line in coming(office, CHAIR)[1] if line.startswith("Mon 09:00")]
    assert accepted.endswith("(Unless somebody objects by then.)")


def test_a_reminder_of_what_the_clock_does_by_itself_is_not_promised(office: Office) -> None:
    """Declarations are checked by themselves where nobody's is missing."""
    plan(office, 10, MODELS)
    office.want_no_digests()

    def promised() -> int:
        return sum("declarations of interest" in one for one in coming(office, COORDINATOR)[0])

    assert promised() == 1
    for user in (CHAIR, COCHAIR, MEMBER, OTHER):
        office.do(user, lambda ask: interests.declare(ask, ""))
    assert promised() == 0


def test_why_tells_what_was_said_waits_and_is_to_come_to_whom_and_on_whose_clock(
    office: Office, call: Meeting
) -> None:
    office.clock.now = datetime(2026, 12, 1, 9, tzinfo=UTC)
    office.plan()
    others, text = told(office)
    asked = {one.lane: one.fate for one in others if one.what == words.ASKED}
    assert (asked[CHAIR], asked[COCHAIR]) == (Fate.WAITS, Fate.PLANNED)
    assert (
        "Tue 1 Dec 2026, 09:00 Amsterdam (UTC+1), to @models-chair (the question whether they "
        "come, for they had not answered): waits to be sent."
    ) in text
    assert (
        "Wed 2 Dec 2026, 09:00 Amsterdam (UTC+1), to @models-chair (a warning: too few come, or "
        "no agenda): planned, only if by then fewer than 2 of 3 voting people come, or no agenda "
        "is posted."
    ) in text
    answer(office, CHAIR)
    assert (
        "had not answered): taken back, because the meeting has changed or it was not"
        in (told(office)[1])
    )


def test_why_tells_the_words_for_a_channel_on_its_clock(office: Office) -> None:
    hold(office)
    on_to(office, at(28, 10))
    text = told(office)[1]
    assert (
        "Thu 29 Nov 2012, 09:00 London (UTC+0), to the channel of Models (its minutes, "
        "unconfirmed): planned, unless they are out before."
    ) in text
    assert "to the channel of Models (its actions and decisions): waits to be sent." in text


def test_whose_declaration_is_missing_only_who_runs_it_is_told(office: Office) -> None:
    plan(office, 20, MODELS)
    asked = {
        user: {one.lane for one in told(office, user)[0] if one.what == words.DECLARED}
        for user in (CHAIR, MEMBER)
    }
    assert asked[MEMBER] == {MEMBER}
    assert asked[CHAIR] >= {MEMBER, CHAIR, COCHAIR, COORDINATOR}


def test_that_clocks_change_is_foretold_to_the_channel(office: Office) -> None:
    office.clock.now = datetime(2012, 10, 19, 12, tzinfo=UTC)
    office.want_no_digests()
    day, rule = date(2012, 10, 25), Rule(until=date(2012, 11, 8))
    weekly = Plan(
        "Endpoints", (MODELS,), day, time(15), "Europe/London", timedelta(hours=1), rule=rule
    )
    office.do(CHAIR, lambda ask: planning.plan(ask, weekly, is_holiday))
    (told_,) = [line for line in coming(office, CHAIR)[1] if "clocks" in line or "hour" in line]
    assert told_.startswith("Thu 08:00 MT-2 Endpoints (Models) is at another hour for some")


def test_a_review_is_foretold_to_who_minds_the_group_on_its_day(office: Office) -> None:
    """The chair is away now, and back before."""
    office.clock.now = MONDAY
    office.want_no_digests()
    planner = Planner(is_holiday)
    office.do(CHAIR, lambda ask: settings.set_away(ask, date(2026, 12, 3), planner))
    new = NewDecision("Use one template", MODELS, review=date(2026, 12, 4))
    office.do(MEMBER, lambda ask: decisions.add(ask, new, is_holiday))
    (asked,) = [line for line in coming(office, CHAIR)[0] if "due for review" in line]
    assert asked.startswith("Fri 08:00 DC-1")
    assert asked.endswith("(Only if nobody has looked at it by then.)")
    assert not [line for line in coming(office, COCHAIR)[0] if "due for review" in line]


def test_that_nobody_ends_a_meeting_is_foretold(office: Office, call: Meeting) -> None:
    office.clock.now = call.starts
    office.do(CHAIR, lambda ask: proceedings.start(ask, MT))
    posted(office, f"{call.subject}:thread")
    mine, here = coming(office, CHAIR)
    (asked,) = [line for line in mine if "is still open" in line]
    assert asked.startswith("Fri 16:00")
    assert asked.endswith("(Only if nobody has ended it by then.)")
    (ended,) = [line for line in here if "ended by itself" in line]
    assert ended.startswith("Sat 03:00")
