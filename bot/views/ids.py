"""The names of buttons, forms and fields, of which each has a listener."""

from enum import StrEnum


class Id(StrEnum):
    """Every action_id and callback_id; each has a listener."""

    ITEM_DONE = "item.done"
    ITEM_START = "item.start"
    ITEM_EXTEND = "item.extend"
    ITEM_BLOCK = "item.block"
    ITEM_UNBLOCK = "item.unblock"
    ITEM_ACCEPT = "item.accept"
    ITEM_DECLINE = "item.decline"
    ITEM_SUGGEST = "item.suggest"
    ITEM_TAKE = "item.take"
    ITEM_GIVE = "item.give"
    ITEM_DROP = "item.drop"
    ITEM_REOPEN = "item.reopen"
    ITEM_MORE = "item.more"
    ITEM_DETAILS = "item.details"
    ITEM_UNDO = "item.undo"
    ITEM_AGAIN = "item.again"
    ITEM_PICK_DATE = "item.pick_date"
    ITEM_PICK_GROUP = "item.pick_group"
    ITEM_PICK_OWNER = "item.pick_owner"
    ITEM_PAGE = "item.page"
    ITEM_SHOW = "item.show"
    ITEM_NEW = "item.new"
    ITEM_MINE = "item.mine"
    ITEM_FROM_MESSAGE = "item.from_message"
    ITEM_ADD = "item.add"
    ITEM_EXTENDED = "item.extended"
    ITEM_BLOCKED = "item.blocked"
    ITEM_GIVEN = "item.given"
    ITEM_EDITED = "item.edited"
    ITEM_NOTED = "item.noted"
    ITEM_DROPPED = "item.dropped"
    ITEM_DECLINED = "item.declined"
    SETUP_OPEN = "setup.open"
    SETUP_FORM = "setup.form"
    GROUP_PICK = "group.pick"
    WELCOME_YES = "welcome.yes"
    SETTINGS_OPEN = "settings.open"
    SETTINGS_FORM = "settings.form"
    GROUP_SETTINGS_OPEN = "group.settings_open"
    GROUP_SETTINGS_FORM = "group.settings_form"
    PERSON_ERASE = "person.erase"
    WORD_RUN = "word.run"
    """Runs the line in its value as if the person had typed it."""


class More(StrEnum):
    """The verbs an overflow option carries in `do`."""

    DONE = "done"
    EXTEND = "extend"
    BLOCK = "block"
    UNBLOCK = "unblock"
    GIVE = "give"
    EDIT = "edit"
    NOTE = "note"
    DROP = "drop"
    HISTORY = "history"
    DETAILS = "details"
    TOMORROW = "tomorrow"
    MUTE = "mute"


class Field(StrEnum):
    """A form's fields: the block_id and the action_id of each input."""

    TEXT = "text"
    OWNER = "owner"
    DUE = "due"
    QUICK = "quick"
    """A date offered by name; an ISO date, or `pick`."""
    GROUP = "group"
    NEEDS = "needs"
    NOTE = "note"
    REASON = "reason"
    EVIDENCE = "evidence"
    GROUPS = "groups"
    ZONE = "zone"
    START = "start"
    END = "end"
    DAYS = "days"
    COUNTRY = "country"
    REGION = "region"
    AWAY = "away"
    DECLARED = "declared"
    DECLARATION = "declaration"
    DUE_DAYS = "due_days"
    BEFORE = "before"
    AFTER = "after"
    CAPTURE = "capture"


def nth(id_: Id, number: int) -> str:
    """An action_id for one of several equal buttons in one row; `which` reads it back."""
    return f"{id_}#{number}"


def which(action_id: str) -> Id | None:
    name = action_id.partition("#")[0]
    return Id(name) if name in set(Id) else None
