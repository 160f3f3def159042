"""The buttons of one action, the same wherever it is shown."""

from bot.domain.items import Item, ItemState
from bot.views.blocks import Element, Id, More, button, overflow, value

LABELS = {
    More.DONE: "Mark done",
    More.START: "I'm on it",
    More.EXTEND: "Change date",
    More.BLOCK: "I'm blocked",
    More.UNBLOCK: "Not blocked any more",
    More.GIVE: "Hand over",
    More.EDIT: "Edit",
    More.NOTE: "Add a note",
    More.DROP: "Won't do",
    More.HISTORY: "History",
    More.DETAILS: "Details",
    More.TOMORROW: "Remind me tomorrow",
    More.MUTE: "Stop this one",
}


def more(item: Item, *verbs: More) -> Element:
    """The overflow of one action; option values carry the verb in `do`."""
    return overflow(
        Id.ITEM_MORE,
        [(LABELS[verb], value(item.ref, item.version, do=verb)) for verb in verbs],
    )


def press(label: str, id_: Id, item: Item, *, primary: bool = False) -> Element:
    return button(
        label, id_, value(item.ref, item.version), primary=primary, names=f"{item.ref} {item.text}"
    )


def block_button(item: Item) -> Element:
    if item.state is ItemState.BLOCKED:
        return press("Not blocked any more", Id.ITEM_UNBLOCK, item)
    return press("I'm blocked", Id.ITEM_BLOCK, item)


def answer_buttons(item: Item) -> list[Element]:
    """What an owner who was asked can say."""
    return [
        press("Accept", Id.ITEM_ACCEPT, item, primary=True),
        press("Suggest another date", Id.ITEM_SUGGEST, item),
        press("Decline", Id.ITEM_DECLINE, item),
    ]


def deciding_buttons(item: Item) -> list[Element]:
    """For who is told that it does not go on; none once it is closed."""
    if item.state.closed:
        return []
    return [
        press("Hand over", Id.ITEM_GIVE, item),
        press("Change date", Id.ITEM_EXTEND, item),
        press("Drop", Id.ITEM_DROP, item),
        more(item, More.DONE, More.DETAILS, More.HISTORY),
    ]


def undo(request: str) -> Element:
    return button("Undo", Id.ITEM_UNDO, value(request=request))


def link(url: str, label: str) -> str:
    """A link only for what is an address and nothing else."""
    if not url.startswith(("https://", "http://")) or any(c in url for c in "<>| \n"):
        return ""
    return f"<{url.replace('&', '&amp;')}|{label}>"
