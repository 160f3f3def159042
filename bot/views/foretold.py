"""On what it still depends that something is said, and what it is, in words for who asks."""

from bot.domain.quorum import Quorum

UNANSWERED = "only if there is no answer by then"
UNDECLARED = "only if there is no declaration by then"
SOME_UNDECLARED = "only if a declaration is still missing by then"
COMES = "unless the answer is no by then"
LINKED = "unless the answer is no, or there is no link any more"
UNPUBLISHED = "unless they are out before"
UNOBJECTED = "unless somebody objects by then"
OBJECTED = "only if an objection still stands by then"
UNREVIEWED = "only if nobody has looked at it by then"
UNHELD = "only if nobody has said by then whether it took place"
UNENDED = "only if nobody has ended it by then"

ASKED = "the question whether they come, for they had not answered"
WARNED = "a warning: too few come, or no agenda"
TOOK_PLACE = "the question whether it took place"
NOTED = "how to join, and the agenda in one line"
JOINED = "the link, a quarter of an hour before"
DECLARED = "whose declaration of interests is missing"
CLOCKS = "that it is at another hour for some, for clocks change"
NEWS = "that it was moved, cancelled, or is on again"
EDITED = "that its place or length has changed"
DRAFTED = "that the draft of its minutes is there"
OUTCOME = "its actions and decisions"
MINUTES = "its minutes, unconfirmed"
ACCEPTED = "its minutes as accepted, instead of the unconfirmed ones"
STEERING = "its minutes in one paragraph, for who steers"
REMARK = "a comment on its minutes"
OBJECTION = "an objection to its minutes that waits for their word"
STILL_OPEN = "that nobody has ended it"
ENDED = "that it has ended"


def short_of_quorum(quorum: Quorum) -> str:
    voters = len(quorum.voters)
    return (
        f"only if by then fewer than {quorum.needed} of {voters} voting people come, "
        "or no agenda is posted"
    )
