"""Every door of Slack, brought to one registry: one listener a kind, our own tables behind it."""

import re
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import replace

from slack_bolt.async_app import AsyncApp
from slack_bolt.kwargs_injection.async_args import AsyncArgs

from bot.domain.due import iana_zone
from bot.domain.model import UserId
from bot.domain.proceedings import Sitting
from bot.errors import UserError
from bot.handlers import files, guard, payloads, quotes, sentence
from bot.handlers.asides import request_of
from bot.handlers.captures import Caught, captured
from bot.handlers.gestures import Chosen, Happening, Meet
from bot.handlers.homes import Homes
from bot.handlers.missed_lines import ThreadReader, is_line
from bot.handlers.reading import FindZone, Reading, reading_of
from bot.handlers.registry import Click, Feature, Invocation, Registry, audience_of
from bot.handlers.replies import deliver, guarded, later
from bot.handlers.thread_lines import ThreadLines
from bot.services.access import Ask, roles_of
from bot.services.aftermath import Aftermath, greet_refused
from bot.services.inbox import Inbox, Outcome, Reply, Request, Silent, Work
from bot.telemetry import get_logger
from bot.views.blocks import Id, Value
from bot.views.errors import mended

log = get_logger(__name__)

Captured = Callable[[Ask, Invocation, tuple[Caught, ...], Reading], Outcome]
Happened = Callable[[Happening], Awaitable[None]]
ANYTHING = re.compile(".*", re.DOTALL)
NOUNS = payloads.NOUNS
RUNS = frozenset({Id.WORD_RUN, Id.ITEM_PICK_DATE, Id.ITEM_PICK_GROUP, Id.ITEM_PICK_OWNER})
_ROOT = re.compile(r"^/(?:wg\b\s*)?")


class Surfaces:
    """`capture` takes lines such as `ACTION: …`; `happened` are events nobody types, by name."""

    def __init__(
        self,
        registry: Registry,
        inbox: Inbox,
        meet: Meet,
        features: Iterable[Feature],
        find_zone: FindZone = iana_zone,
        *,
        capture: Captured,
        homes: Homes,
        threads: ThreadLines,
        happened: Mapping[str, Happened] | None = None,
    ) -> None:
        features = tuple(features)
        self.inbox = inbox
        self.clicks = {id_: run for feature in features for id_, run in feature.clicks().items()}
        self.forms = {id_: run for feature in features for id_, run in feature.forms().items()}
        self.happened = dict(happened or {})
        self._registry = registry
        self._meet = meet
        self._find_zone = find_zone
        self._capture = capture
        self.homes = homes
        self.threads = ThreadReader(inbox, meet, threads, find_zone)

    def listen(self, app: AsyncApp) -> None:
        app.command(ANYTHING)(self.slash)
        app.action(ANYTHING)(self.click)
        app.view(ANYTHING)(self.submitted)
        app.view({"type": "view_closed", "callback_id": ANYTHING})(self.closed)
        app.shortcut(ANYTHING)(self.shortcut)
        app.event(ANYTHING)(self.event)

    @guarded
    async def slash(self, args: AsyncArgs) -> None:
        said = payloads.slash(args.body)
        if said.command not in NOUNS:
            log.warning("command.unknown", command=said.command)
            line = f"{said.command.lstrip('/')} {said.text}".strip()
            said = replace(said, text=line, command="")
        await self._do(args, said, self._running(said))

    @guarded
    async def click(self, args: AsyncArgs) -> None:
        click = payloads.click(args.body)
        if click is None:
            log.warning("action.unknown")
            await args.ack()
        elif click.id in RUNS:
            said = replace(click.by, text=_line_of(click))
            await self._do(args, said, self._running(said, rewrites=True))
        elif click.id in self.clicks:
            run = self.clicks[click.id]
            await self._do(args, click, lambda ask: run(ask, click))
        else:
            log.warning("action.unheard", id=click.id.value)
            await args.ack()

    @guarded
    async def submitted(self, args: AsyncArgs) -> None:
        form = payloads.form(args.body)
        run = self.forms.get(form.id) if form else None
        if form is None or run is None:
            log.warning("view.unknown")
            await args.ack()
            return
        form = await quotes.with_source(args.client, form)
        await self._do(args, form, lambda ask: run(ask, form), also=form.people)

    @guarded
    async def closed(self, args: AsyncArgs) -> None:
        await args.ack()

    @guarded
    async def shortcut(self, args: AsyncArgs) -> None:
        chosen = payloads.shortcut(args.body)
        run = self.clicks.get(chosen.id) if chosen.id else None
        if chosen.id is None or run is None:
            log.warning("shortcut.unknown")
            await args.ack()
            return
        click = await self._as_click(args, chosen, chosen.id)
        await self._do(args, chosen, lambda ask: run(ask, click))

    @guarded
    async def event(self, args: AsyncArgs) -> None:
        said = payloads.invocation(args.body, args.context.bot_user_id)
        sitting = await self.threads.sitting(args.client, said) if said is not None else None
        if said is not None and sitting is not None and is_line(said, sitting):
            await self._noted(args, said, sitting)
        elif said is not None and said.addressed:
            await self._addressed(args, said, sitting)
        elif said is not None and captured(said.text):
            await self._overheard(args, said)
        elif said is None:
            await self._happened(args, payloads.happening(args.body, args.context.bot_user_id))

    async def _addressed(self, args: AsyncArgs, said: Invocation, sitting: Sitting | None) -> None:
        lines = captured(said.text)
        if sitting is not None:
            quoted = await quotes.of(args.client, said.channel, said.ts or "", said.text)
            said = replace(said, quoted=quoted)
        elif said.thread_ts and not said.direct and (lines or sentence.is_add(said.text)):
            quoted = await quotes.of(args.client, said.channel, said.thread_ts)
            said = replace(said, quoted=quoted)
        running = self._running(said, sitting=sitting)
        work = self._capturing(said, lines) if lines else running
        await self._do(args, said, work)

    async def _overheard(self, args: AsyncArgs, said: Invocation) -> None:
        quoted = await quotes.of(args.client, said.channel, said.ts or "", said.text)
        said = replace(said, quoted=quoted)
        await self._do(args, said, self._capturing(said, captured(said.text)))

    async def _noted(self, args: AsyncArgs, said: Invocation, sitting: Sitting) -> None:
        noted = await self.threads.on_record(args.client, said)
        if noted is None:
            await args.ack()
        else:
            await self._do(args, noted, self.threads.noting(noted, sitting))

    def _capturing(self, said: Invocation, lines: tuple[Caught, ...]) -> Work:
        return lambda ask: self._capture(ask, said, lines, self._reading(ask))

    async def _as_click(self, args: AsyncArgs, chosen: Chosen, id_: Id) -> Click:
        """A shortcut is a button without a message of ours; of a message it quotes that one."""
        by = chosen.by
        if chosen.of_message and by.channel and by.ts:
            by = replace(by, quoted=await quotes.of(args.client, by.channel, by.ts, chosen.text))
        return Click(by, id_, Value())

    async def _do(
        self, args: AsyncArgs, gesture: guard.Gesture, work: Work, also: tuple[UserId, ...] = ()
    ) -> None:
        """One request: people met, one transaction, the answer; then Home tabs that it changed."""
        guard.check(gesture)
        said = gesture if isinstance(gesture, Invocation) else gesture.by
        met = await self._meet(said.actor, (*said.mentioned, *also), said.channel or None)
        request = replace(request_of(said), met=met)
        wake = Aftermath(self.homes.any_open)
        try:
            outcome = await self.inbox.once(request, lambda ask: wake.after(ask, work))
        except UserError:
            await greet_refused(self.inbox, request)
            raise
        if wake.changed and payloads.place(args.body).view == "home":
            outcome = Silent()  # It shows itself there.
        await deliver(args, self.inbox, said, outcome)
        if isinstance(outcome, Reply) and outcome.file is not None:
            later(files.share(args.client, said.actor, outcome.file))
        if isinstance(outcome, Reply) and outcome.secret is not None:
            later(files.whisper(args.client, said.actor, outcome.secret))
        self.homes.changed(args.client, wake.concerned)

    def _running(
        self, said: Invocation, *, rewrites: bool = False, sitting: Sitting | None = None
    ) -> Work:
        def work(ask: Ask) -> Outcome:
            may = audience_of(roles_of(ask.world, ask.actor, ask.now))
            route = self._registry.route(_ROOT.sub("", said.text), said.noun, may)

            def run(by: Invocation) -> Outcome:
                return route.command(ask, by, route.rest, self._reading(ask))

            here = self.threads.lines.commanded
            outcome = here(ask, said, sitting.meeting, run) if sitting else run(said)
            if rewrites and isinstance(outcome, Reply):
                return replace(outcome, rewrites=True)
            return outcome

        return work

    def _reading(self, ask: Ask) -> Reading:
        return reading_of(ask, self._find_zone)

    async def _happened(self, args: AsyncArgs, what: Happening) -> None:
        if what.kind == "app_home_opened" and what.actor:
            if what.tab != "messages":
                await self._home_opened(args, what)
        elif what.kind in self.happened:
            await self.happened[what.kind](what)
            await self.homes.happened(args.client, what.actor, what.channel)
        else:
            log.debug("event.unheard", kind=what.kind)

    async def _home_opened(self, args: AsyncArgs, what: Happening) -> None:
        met = await self._meet(what.actor, (), None)
        request = Request(payloads.EVENT, what.key, what.actor, what.channel, met=met)
        await self.inbox.once(request, lambda _: Silent())
        self.homes.opened(args.client, what.actor)


def _line_of(click: Click) -> str:
    return click.value.get("line") or mended(click.block, click.picked)
