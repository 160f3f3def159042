"""What help says of the numbers: every figure that a digest shows, and nothing is cut."""

from bot.views import definitions, digest_figures
from bot.views.reports import HelpEntry, help_page
from tests.unit.screens import WORLD, kept, shown

HELP = help_page((HelpEntry("digest", "Shows it."),), frozenset(), WORLD)


def test_each_heading_of_a_figure_has_a_definition_that_help_prints() -> None:
    page_ = kept(definitions.below(HELP))
    known = ", ".join(definitions.DEFINITIONS)
    for heading in digest_figures.SHOWN.values():
        assert heading.removesuffix(" last week") in known
    for word, is_ in definitions.DEFINITIONS.items():
        assert f"{word}: {is_}" in page_.text
        assert f"*{word}*: {is_}" in shown(page_)
    for beside in ("Won't do", "Not confirmed", "Moved", "On time", "Typical age", "Ready"):
        assert beside in known


def test_help_explains_each_word_of_digests() -> None:
    page_ = kept(definitions.below(definitions.ways(HELP)))
    for word in ("", " now", " on", " news", " off"):
        assert f"digest{word}: " in page_.text
        assert f"`digest{word}`: " in shown(page_)
    assert definitions.CHANGES in page_.text
