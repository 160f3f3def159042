"""People who type, press and read, through the page's control API."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

if TYPE_CHECKING:
    from tests.e2e.stage import Stage


@dataclass
class Answer:
    """What the person saw at once: the ack's text and blocks; a form opens elsewhere."""

    text: str
    blocks: list[dict[str, Any]] = field(default_factory=list)
    raw: dict[str, Any] = field(default_factory=dict)

    @property
    def buttons(self) -> dict[str, str]:
        """Labels to action_ids."""
        return {
            words(element["text"]): element["action_id"]
            for element in elements(self.blocks)
            if element["type"] == "button"
        }

    @property
    def message(self) -> dict[str, Any]:
        """As it stands on the screen, to be pressed."""
        shown: dict[str, Any] = [m for m in self.raw["seen"] if m.get("ephemeral")][-1]
        return shown


@dataclass
class Actor:
    stage: "Stage"
    handle: str

    async def types(self, line: str, channel: str = "dm", **more: Any) -> Answer:
        """A slash command; the answer is what only they see."""
        command, _, text = line.partition(" ")
        told = await self.stage.post(
            "command", user=self.handle, channel=channel, command=command, text=text, **more
        )
        response = told.get("response") or {}
        assert told.get("acked", True), told
        return Answer(str(response.get("text", "")), list(response.get("blocks") or []), told)

    async def says(self, text: str, channel: str = "dm", thread: str | None = None) -> str:
        """A message; gives its ts."""
        told = await self.stage.post(
            "message", user=self.handle, channel=channel, text=text, thread_ts=thread
        )
        return str(told["ts"])

    async def reads(self, channel: str = "dm", thread: str | None = None) -> list[dict[str, Any]]:
        """All that this person sees there of the bot's."""
        query = {"user": self.handle} | ({"thread_ts": thread} if thread else {})
        told = await self.stage.get(f"messages/{quote(channel)}", **query)
        return [m for m in told["messages"] if m.get("bot_id")]

    async def sees(
        self, words_: str, channel: str = "dm", thread: str | None = None
    ) -> dict[str, Any]:
        """A message of the bot with these words, waited for, and looked at from now on."""

        def found(messages: list[dict[str, Any]]) -> dict[str, Any] | None:
            fits = [m for m in messages if words_ in m["text"]]
            return fits[-1] if fits else None

        message: dict[str, Any] = await self.stage.answers(
            lambda: self.reads(channel, thread), found
        )
        self.stage.seen.add((str(message["channel"]), str(message["ts"])))
        return message

    async def presses(self, message: dict[str, Any], label: str, **more: Any) -> dict[str, Any]:
        """The button, by what stands on it, of a message."""
        element, block = labelled(message["blocks"], label)
        return await self.acts(message, element, block, **more)

    async def chooses(self, message: dict[str, Any], label: str) -> dict[str, Any]:
        """From a menu, by the words of the option."""
        for block in message["blocks"]:
            for element in [*block.get("elements", []), block.get("accessory") or {}]:
                for option in element.get("options", []):
                    if words(option["text"]) == label:
                        picked = {"selected_option": option["value"]}
                        return await self.acts(message, element, block["block_id"], **picked)
        raise AssertionError(f"no option {label!r}")

    async def acts(
        self, message: dict[str, Any], element: dict[str, Any], block: str, **more: Any
    ) -> dict[str, Any]:
        return await self.stage.post(
            "interact",
            user=self.handle,
            channel=message["channel"],
            message_ts=message["ts"],
            action=element["action_id"],
            block_id=block,
            **more,
        )

    async def picks_day(self, message: dict[str, Any], day: str) -> dict[str, Any]:
        """In the date picker of a message; an ISO date."""
        for block in message["blocks"]:
            for element in elements([block]):
                if element["type"] == "datepicker":
                    return await self.acts(message, element, block["block_id"], selected_date=day)
        raise AssertionError("no date picker")

    async def form(self) -> dict[str, Any]:
        """The form on top of this person's screen."""

        async def ask() -> dict[str, Any]:
            return await self.stage.get(f"view/{self.handle}")

        def found(told: dict[str, Any]) -> dict[str, Any] | None:
            return told["views"][0] if told["views"] else None

        view: dict[str, Any] = await self.stage.answers(ask, found)
        return view

    async def forms_open(self) -> int:
        return len((await self.stage.get(f"view/{self.handle}"))["views"])

    async def fills(self, view: dict[str, Any], expect: int = 200, **values: Any) -> dict[str, Any]:
        """Submit the form with these values by block_id."""
        return await self.stage.post(
            "submit", expect, user=self.handle, view_id=view["id"], values=values
        )

    async def makes_action_of(self, channel: str, ts: str) -> dict[str, Any]:
        """The message shortcut."""
        return await self.stage.post(
            "shortcut",
            user=self.handle,
            callback_id="item.from_message",
            channel=channel,
            message_ts=ts,
        )


def words(text: dict[str, Any] | str) -> str:
    return text if isinstance(text, str) else str(text["text"])


def elements(blocks: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    found = []
    for block in blocks:
        found += [e for e in block.get("elements", []) if "action_id" in e]
        found += [block["accessory"]] if "action_id" in block.get("accessory", {}) else []
    return found


def buttons(message: dict[str, Any]) -> list[str]:
    """Labels, in their order."""
    return [words(e["text"]) for e in elements(message["blocks"]) if e["type"] == "button"]


def labelled(blocks: Iterable[dict[str, Any]], label: str) -> tuple[dict[str, Any], str]:
    for block in blocks:
        for element in elements([block]):
            if element["type"] == "button" and label.lower() in words(element["text"]).lower():
                return element, str(block["block_id"])
    raise AssertionError(
        f"no button {label!r} in {[words(e.get('text', '')) for e in elements(blocks)]}"
    )


def initial(view: dict[str, Any], field_: str) -> Any:
    """What an input of a form starts with."""
    block = next(b for b in view["blocks"] if b["block_id"] == field_)
    element = block["element"]
    given = [element[key] for key in element if key.startswith("initial_")]
    return given[0] if given else None


def plain(message: dict[str, Any]) -> str:
    """Everything that can be read in the blocks, as one text."""
    return re.sub(r"\s+", " ", str(message["blocks"]))
