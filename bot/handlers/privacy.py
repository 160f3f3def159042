"""A person's own data: given to them, and forgotten."""

from collections.abc import Iterable, Mapping
from typing import Any

from bot.domain.model import UserId
from bot.domain.notices import Holiday
from bot.errors import BadInput, Code
from bot.handlers import sentence
from bot.handlers.group_words import only
from bot.handlers.reading import Reading
from bot.handlers.registry import COORDINATOR, Click, Clicked, Command, Submitted
from bot.handlers.tokens import plain, tidy
from bot.services import privacy
from bot.services.access import Ask
from bot.services.inbox import Attachment, Outcome, Reply
from bot.views import privacy as view
from bot.views.ids import Id

ME = "me"
ERASE_USAGE = "erase @person"
ERASE_ME = "me erase, to be erased yourself; a coordinator types erase @person."
_ONESELF = frozenset({"", "me", "myself"})
_NO = frozenset({"no", "not", "off", "back", "take back", "undo"})


class PrivacyHandlers:
    def __init__(self, holiday: Holiday) -> None:
        self._holiday = holiday

    def commands(self) -> Iterable[Command[Any]]:
        yield Command(
            ME, ("export",), "me export", "Gives you all I keep about you, as a file.",
            only("me export"), lambda ask, by, _: self.exported(ask), "me export",
        )  # fmt: skip
        yield Command(
            ME, ("erase",), "me erase [no]",
            "Asks a coordinator to erase you; `me erase no` takes it back.",
            read_wish, lambda ask, by, wished: asked(ask) if wished else taken_back(ask),
            "me erase",
        )  # fmt: skip
        yield Command(
            "", ("erase",), ERASE_USAGE, "Erases a person; what they did stays, unnamed.",
            read_erase, lambda ask, by, user: ready(ask, user), "erase @name", COORDINATOR,
        )  # fmt: skip

    def clicks(self) -> Mapping[Id, Clicked]:
        return {Id.PERSON_ERASE: erased}

    def forms(self) -> Mapping[Id, Submitted]:
        return {}

    def exported(self, ask: Ask) -> Outcome:
        done = privacy.export(ask, self._holiday)
        file = Attachment(done.file_name, done.content, "Your data as JSON")
        return Reply(view.exported(done.file_name, done.asked, done.due), file=file)


def read_wish(line: str, reading: Reading) -> bool:
    """False: it is taken back. Raises BadInput for anything else."""
    words = tidy(line).casefold().strip(" .!")
    if words in _NO:
        return False
    if words:
        raise BadInput(Code.WRONG_WORDS, None, plain(line, reading), usage="me erase, me erase no")
    return True


def read_erase(line: str, reading: Reading) -> UserId:
    """Raises BadInput unless it is one person and nothing else; nobody erases themselves so."""
    words = tidy(line)
    if words.casefold().strip(" .!") in _ONESELF:
        raise BadInput(Code.WRONG_WORDS, None, words, usage=ERASE_ME)
    users, left = sentence.people_in(words, reading)
    if left.strip(" ,.:") and not users:
        raise BadInput(Code.PERSON_UNKNOWN, "owner", plain(left, reading).strip())
    if len(users) != 1 or left.strip(" ,.:"):
        raise BadInput(Code.WRONG_WORDS, None, plain(line, reading), usage=ERASE_USAGE)
    return users[0]


def asked(ask: Ask) -> Outcome:
    done = privacy.ask_erasing(ask)
    return Reply(view.asked(done.obstacles.items, done.obstacles.roles, done.told, ask.world))


def taken_back(ask: Ask) -> Outcome:
    return Reply(view.taken_back(asked=privacy.take_back(ask)))


def ready(ask: Ask, user: UserId) -> Outcome:
    """What cannot be undone waits for the button, however it was asked for."""
    return Reply(view.ready(privacy.erasable(ask, user), ask.world))


def erased(ask: Ask, click: Click) -> Outcome:
    user = UserId(click.value.get("user"))
    try:
        pseudonym = privacy.erase(ask, user)
    except BadInput as refusal:
        if refusal.code is not Code.PERSON_UNKNOWN:
            raise
        return Reply(view.erased_already(), rewrites=True)
    return Reply(view.erased(pseudonym), rewrites=True)
