"""Slack's own news of channels and people, each brought to what has to be done about it."""

from collections.abc import Awaitable, Callable, Mapping

from bot.domain.notices import Holiday
from bot.handlers.gestures import Happening
from bot.services import digest_moves, happenings
from bot.services.happenings import Act, Event
from bot.services.inbox import Inbox, Met
from bot.services.people import People, Profile
from bot.telemetry import get_logger

log = get_logger(__name__)

Heard = Callable[[Happening], Awaitable[None]]
ReadProfile = Callable[[Mapping[str, object]], Profile]
OF_CHANNELS: Mapping[str, Act] = {
    "member_left_channel": happenings.went,
    "channel_left": happenings.bot_went,
    "group_left": happenings.bot_went,
    "channel_rename": happenings.renamed,
    "group_rename": happenings.renamed,
    "channel_archive": happenings.archived,
    "group_archive": happenings.archived,
    "channel_unarchive": happenings.unarchived,
    "group_unarchive": happenings.unarchived,
    "channel_deleted": happenings.deleted,
    "group_deleted": happenings.deleted,
    "channel_id_changed": happenings.became,
    "channel_shared": happenings.shared,
    "channel_unshared": happenings.unshared,
}
"""What needs no asking of Slack."""
ENDS = ("tokens_revoked", "app_uninstalled")


class GroupEvents:
    """`read_profile` reads Slack's `user` object as users.info and user_change have it."""

    def __init__(
        self, inbox: Inbox, people: People, read_profile: ReadProfile, holiday: Holiday
    ) -> None:
        self._inbox = inbox
        self._people = people
        self._read_profile = read_profile
        self._holiday = holiday

    def events(self) -> Mapping[str, Heard]:
        """By Slack's name of the event."""
        table: dict[str, Heard] = dict.fromkeys(OF_CHANNELS, self._of_channel)
        table |= {"member_joined_channel": self._joined, "user_change": self._changed}
        table |= dict.fromkeys(ENDS, self._ended)
        return {kind: self._ours(heard) for kind, heard in table.items()}

    def _ours(self, heard: Heard) -> Heard:
        async def of_this_workspace(what: Happening) -> None:
            if what.team and what.team != self._inbox.db.team:
                log.warning("event.foreign", kind=what.kind, team=what.team)
            else:
                await heard(what)

        return of_this_workspace

    async def _of_channel(self, what: Happening) -> None:
        await happenings.once(self._inbox, _event(what), OF_CHANNELS[what.kind])

    async def _joined(self, what: Happening) -> None:
        inviter = (what.inviter,) if what.inviter else ()
        met = await self._people.meet(what.actor, inviter, what.channel)
        act = happenings.bot_came if what.ours else happenings.came
        await happenings.once(self._inbox, _event(what, met), act)

    async def _changed(self, what: Happening) -> None:
        if what.profile is None:
            return
        profile = self._read_profile(what.profile)
        learnt = digest_moves.followed(
            lambda store: self._people.changed(store, profile), self._holiday, profile.user
        )
        await happenings.once(self._inbox, _event(what), learnt)

    async def _ended(self, what: Happening) -> None:
        log.error("slack.ended", kind=what.kind, remedy="Install the app again, copy its token.")


def _event(what: Happening, met: Met | None = None) -> Event:
    return Event(
        key=what.key,
        channel=what.channel,
        user=what.actor,
        met=met or Met(),
        by=what.inviter,
        now_called=what.channel_now or what.name,
    )
