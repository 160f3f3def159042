"""The five working groups that set-up makes, and how groups are called."""

import re

from bot.domain.model import Group, GroupKey

KEY = re.compile(r"[a-z][a-z0-9-]{1,19}")
PREFIX = re.compile(r"[A-Z]{2,4}")

# Names as printed in 2012 (Fox et al., doi 10.1177/1352458512458169); scopes in our words.
FIVE = (
    Group(
        key=GroupKey("models"),
        prefix="EM",
        short="Models",
        name="Experimental Models",
        aliases=("animal", "experimental models"),
        scope="Which laboratory models reproduce the slow disability and tissue damage of "
        "progressive MS, what is missing, and what shared validation would make preclinical "
        "results more believable.",
    ),
    Group(
        key=GroupKey("targets"),
        prefix="TR",
        short="Targets",
        name="Identification and Validation of Targets and Repurposing Opportunities",
        aliases=("repurposing", "drugs"),
        scope="Where new drug targets could come from, how to validate them, and which already "
        "approved drugs deserve testing in progressive MS.",
    ),
    Group(
        key=GroupKey("trials"),
        prefix="PC",
        short="Trials",
        name="Proof-of-Concept Clinical Trial Strategies",
        aliases=("poc", "proof of concept"),
        scope="Smaller and shorter early trials: designs, and biomarkers of nerve-fibre injury "
        "that track disability.",
    ),
    Group(
        key=GroupKey("outcomes"),
        prefix="OM",
        short="Outcomes",
        name="Clinical Outcome Measures",
        aliases=("measures", "endpoints"),
        scope="Measures that are sensitive to change and predict later change; liaison with the "
        "revision of the MS Functional Composite.",
    ),
    Group(
        key=GroupKey("symptoms"),
        prefix="SR",
        short="Symptoms",
        name="Symptom Management and Rehabilitation",
        aliases=("rehab", "rehabilitation"),
        scope="Better controlled trials of symptomatic therapy and rehabilitation, especially "
        "cognitive rehabilitation.",
    ),
)


def channel_name(group: Group) -> str:
    """The channel that set-up links by itself when the bot is in it."""
    return f"wg-{group.key}"
