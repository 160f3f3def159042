"""What a channel has heard of a meeting, while news of it wait to be said there."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import blake2s

from bot.domain.meetings import Meeting, MeetingId, MeetingState
from bot.domain.outbox import Message, Outgoing, Sent, State
from bot.storage.database import Store

NEWS, EDITED = "meeting-news", "meeting-edited"
ALONG, ALOUD = "meeting-along", "meeting-aloud"
"""Never said: of which others a message tells as well, and that it was planned in the channel."""
SETTLED = timedelta(days=1)
"""After that a meeting is known, wherever it was planned."""
_WALL = "%Y-%m-%dT%H%M"


@dataclass(frozen=True, slots=True)
class Heard:
    """`begins` is on the clock in `zone`; `rest` stands for its length and place."""

    begins: datetime
    zone: str
    rest: str
    cancelled: bool

    @classmethod
    def of(cls, meeting: Meeting) -> "Heard":
        """All that a channel is told of."""
        said = f"{meeting.ends - meeting.starts} {meeting.place}"
        rest = blake2s(said.encode(), digest_size=6).hexdigest()
        begins = datetime.combine(meeting.start_day, meeting.start_at)
        return cls(begins, meeting.zone, rest, meeting.state is MeetingState.CANCELLED)

    def words(self) -> str:
        """As part of a row's key."""
        off = "off" if self.cancelled else "on"
        return f"{self.begins.strftime(_WALL)}:{self.zone}:{self.rest}:{off}"


def waiting(store: Store, meeting: Meeting) -> Mapping[MeetingId, Heard]:
    """Of those that the news waiting about this one tell of: what is known of each."""
    rows = store.outbox.about_any([meeting.subject], frozenset({NEWS, EDITED, ALONG}))
    led = _pending(rows)
    if led is not None:
        leader, mark = str(meeting.id), _parts(led)[7]
    else:
        along = [_parts(row)[7:9] for row in rows if row.out.kind == ALONG]
        of = ((one, _led(store, one[0], one[1])) for one in reversed(along))
        found = next(((one, row) for one, row in of if row is not None), None)
        if found is None:
            return {}
        (leader, mark), led = found
    known = {MeetingId(int(leader)): _heard(led)}
    others = store.meetings.of_series(meeting.series) if meeting.series else ()
    for row in store.outbox.about_any([one.subject for one in others], frozenset({ALONG})):
        if _parts(row)[7:9] == [leader, mark]:
            known[MeetingId(int(_parts(row)[1]))] = _heard(row)
    return known


def is_known(store: Store, meeting: Meeting, channels: Iterable[str], now: datetime) -> bool:
    """Whether its channels have heard of it at all."""
    if meeting.created_at <= now - SETTLED:
        return True
    lanes = frozenset(channels)
    unsaid = State.WITHDRAWN, State.REFUSED
    rows = (row for row in store.outbox.about(meeting.subject) if row.out.lane in lanes)
    return any(row.out.kind == ALOUD or row.state not in unsaid for row in rows)


def tells_along(store: Store, meeting: Meeting, known: Heard, news: Outgoing, mark: str) -> None:
    """`news`, which are about another one, tell of this one as well."""
    leader = news.subject.partition(":")[2]
    key = f"{meeting.subject}:{ALONG}:{known.words()}:{leader}:{mark}"
    out = replace(news, key=key, subject=meeting.subject, kind=ALONG)
    store.outbox.put(out, state=State.WITHDRAWN)


def said_aloud(
    store: Store, meetings: Iterable[Meeting], channel: str, message: Message, now: datetime
) -> None:
    """That they are planned was said there, in answer to who planned them."""
    for meeting in meetings:
        key = f"{meeting.subject}:{ALOUD}:{channel}"
        out = Outgoing(key, meeting.subject, ALOUD, channel, message, at=now, until=now)
        store.outbox.put(out, state=State.WITHDRAWN)


def _pending(rows: Iterable[Sent]) -> Sent | None:
    found = (row for row in rows if row.out.kind != ALONG and row.state is State.PENDING)
    return next(found, None)


def _led(store: Store, leader: str, mark: str) -> Sent | None:
    rows = store.outbox.about_any([f"meeting:{leader}"], frozenset({NEWS, EDITED}))
    return _pending(row for row in rows if _parts(row)[7] == mark)


def _parts(row: Sent) -> list[str]:
    return row.out.key.split(":")


def _heard(row: Sent) -> Heard:
    begins, zone, rest, off = _parts(row)[3:7]
    return Heard(datetime.fromisoformat(begins), zone, rest, off == "off")
