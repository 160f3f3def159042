"""What domain.md 3 lets each kind of person do, written apart from the code."""

from bot.domain.model import Role
from bot.services.access import Op
from tests.services.rights_people import Kind

_GROUP: frozenset[str] = frozenset({"chair", "member"})
_RUN: frozenset[str] = frozenset({"chair", "coordinator"})
MAY: dict[str, frozenset[str]] = {
    "see item": _GROUP | {"coordinator", "steering", "own", "gave"},
    "add item": _GROUP | {"coordinator"},
    "note item": _GROUP | {"coordinator", "own", "gave"},
    "change item": _RUN | {"own", "gave"},
    "answer item": frozenset({"own"}),
    "take item": _GROUP | {"coordinator"},
    "quiet item": frozenset({"own"}),
    "undo": frozenset({"did"}),
    "see group": _GROUP | {"coordinator", "steering"},
    "post status": _GROUP | {"coordinator"},
    "see digest": _RUN,
    "see health": frozenset({"coordinator"}),
    "link group": _RUN,
    "name role": _RUN,
    "name programme role": frozenset({"coordinator"}),
    "shape groups": frozenset({"coordinator"}),
    "set group": _RUN,
    "hand over": _RUN,
    "see meeting": _GROUP | {"guest", "coordinator", "steering"},
    "plan meeting": _RUN,
    "change meeting": _RUN,
    "prepare meeting": _RUN,
    "propose topic": _GROUP | {"coordinator"},
    "arrange agenda": _RUN,
    "answer meeting": _GROUP | {"guest", "coordinator", "steering"},
    "invite guest": _RUN,
    "hold meeting": _RUN | {"cochair"},
    "take notes": _GROUP | {"guest", "coordinator"},
    "comment minutes": _GROUP | {"coordinator"},
    "accept minutes": _RUN,
    "see needs": frozenset({"coordinator"}),
    "announce": frozenset({"coordinator"}),
    "see deadline": _GROUP | {"coordinator", "steering", "own", "gave"},
    "add deadline": _GROUP | {"coordinator"},
    "change deadline": _RUN | {"own", "gave"},
    "quiet deadline": _RUN | {"own"},
    "see decision": _GROUP | {"coordinator", "steering"},
    "add decision": _GROUP | {"coordinator"},
    "object": frozenset({"votes"}),
    "settle decision": _RUN,
    "withdraw decision": _RUN | {"gave"},
    "see self": frozenset({"self"}),
    "change self": frozenset({"self"}),
    "export self": frozenset({"self"}),
    "ask erasing": frozenset({"self"}),
    "erase person": frozenset({"coordinator"}),
}
"""By level, or by what the thing is to the person: own, gave, did, self; or by having a vote."""
RELATION = {"own": "own", "own done": "own", "gave": "gave", "did": "did", "self": "self"}


def may(kind: Kind, op: Op, state: str) -> bool:
    if kind.at(state) == "gone":
        return False
    relation = RELATION.get(state, "")
    if kind.level == "nobody" and relation != "self":
        relation = ""  # Who is in no group has no business with what was theirs there.
    cochair = "cochair" if kind.at(state) == "member" and kind.role is Role.COCHAIR else ""
    votes = "votes" if kind.at(state) in _GROUP and kind.role is not Role.OBSERVER else ""
    return bool(MAY[op.value] & {kind.at(state), relation, votes, cochair})
