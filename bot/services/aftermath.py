"""What follows every request, whatever door it came by: greetings, ticked lists, Homes to show."""

from collections.abc import Callable
from dataclasses import dataclass, field

from bot.domain.model import UserId
from bot.services import checklist, overview, welcomes
from bot.services.access import Ask
from bot.services.inbox import Inbox, Outcome, Request, learn
from bot.storage.database import Store


@dataclass(slots=True)
class Aftermath:
    """`shown`: somebody has their Home open.

    Afterwards `changed`: actions were, which Home shows itself; `concerned`: whose Home.
    """

    shown: bool
    changed: bool = False
    concerned: frozenset[UserId] = field(default_factory=frozenset)

    def after(self, ask: Ask, work: Callable[[Ask], Outcome]) -> Outcome:
        """Do the work, and in the same transaction what follows from it."""
        outcome = work(ask)
        changes = ask.store.audit.of_request(ask.key)
        welcomes.greet_actor(ask.store, ask.actor.user, ask.now)
        welcomes.greet_counted_on(ask, changes)
        checklist.follow(ask, changes)
        self.changed = any(change.after is not None for change in changes)
        if self.shown:
            mine = ask.store.groups.person(ask.actor.user) != ask.actor
            others = overview.concerned(ask.store, ask.world, changes) if changes else frozenset()
            self.concerned = others | ({ask.actor.user} if mine or changes else frozenset())
        return outcome


async def greet_refused(inbox: Inbox, request: Request) -> None:
    """Whose first request was refused is greeted as well; nothing else of it is kept."""

    def known(store: Store) -> bool:
        return not welcomes.is_new(store.groups.person(request.actor))

    def greet(store: Store) -> None:
        learn(store, request.met)
        welcomes.greet_actor(store, request.actor, inbox.clock())

    if not await inbox.db.read(known):
        await inbox.db.write(greet)
        inbox.poke()
