"""In which order the one message of a day says what it says."""

from bot.domain.notices import urgency

KINDS = ("remind", "ask", "escalate", "proposed")


def test_what_is_late_or_due_comes_first_then_questions_then_what_is_ahead() -> None:
    day = "2026-11-23:U1"
    keys = [
        f"item:1:remind:-2d:{day}",
        f"decision:1:proposed:{day}",
        f"item:2:ask:ask:{day}",
        f"prep:1:3:remind:+1wd:{day}",
        f"deadline:1:remind:0d:{day}",
        f"item:3:escalate:+10wd:{day}",
        f"deadline:2:remind:-14d:{day}",
    ]
    found = sorted(keys, key=lambda key: urgency(next(k for k in KINDS if f":{k}:" in key), key))
    assert [":".join(key.split(":")[:2]) for key in found] == [
        "deadline:1", "prep:1", "item:3", "decision:1", "item:2", "item:1", "deadline:2",
    ]  # fmt: skip
