"""What is read where no command is: whole sentences, and the command they may be about; pure."""

import re
from collections.abc import Callable

SENTENCE = 3
"""Words from which on a line may be a sentence."""
EVERYDAY = frozenset(
    {"a", "am", "are", "can", "could", "do", "does", "how", "i", "i'm", "i\u2019m", "im", "is"}
    | {"it", "my", "our", "please", "should", "that", "the", "there", "this", "we", "what", "when"}
    | {"where", "which", "who", "will", "would", "you"}
)
_TOPICS = (
    ("", "zone", r"(?:time ?)?zones?"),
    ("", "away", r"holidays?|away|vacations?|absent"),
    ("me", "export", r"export|data"),
    ("meeting", "list", r"meetings?"),
    ("", "preview", r"remind\w*"),
)


def is_sentence(line: str) -> bool:
    return len(line.split()) >= SENTENCE


def is_everyday(word: str) -> bool:
    """No command begins with it, nor is it a command mistyped."""
    return word in EVERYDAY


def example_of(line: str, example: Callable[[str, str], str]) -> str:
    """The example of the command that a sentence may be about; empty without one."""
    said = line.casefold()
    for noun, word, topic in _TOPICS:
        if re.search(rf"\b(?:{topic})\b", said) and (found := example(noun, word)):
            return found
    return ""
