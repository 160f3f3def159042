"""The documents tell what the code does: links lead somewhere, tables equal the code."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from bot.app import build
from bot.config import Settings
from bot.demo.world import World
from bot.domain.due import Reading, read_when
from bot.domain.model import GroupSettings
from bot.errors import Code
from bot.handlers.registry import CHAIR, COORDINATOR, MEMBER, Registry
from bot.sandbox.faults import KINDS
from bot.sandbox.server import Sandbox
from bot.views.dates import day_words
from bot.world import find_zone, utc_now

ROOT = Path(__file__).parents[1]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
DECISIONS = sorted((ROOT / "docs/adr").glob("[0-9]*.md"))
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
# The Sunday on which the README's table of dates is read.
SUNDAY = datetime(2026, 11, 22, 12, tzinfo=UTC)


def read(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def marked(text: str, name: str) -> str:
    """What stands between two comment marks."""
    found = re.search(rf"<!-- words: {name} -->\n(.*?)<!-- end of words -->", text, re.DOTALL)
    assert found, f"README.md has no place marked for the words of a {name}"
    return found[1]


def words_table(registry: Registry, audience: str) -> str:
    rows = [
        f"| `{_cell(command.usage)}` | {_cell(command.says.rstrip('.'))} |\n"
        for command in registry.commands
        if command.audience == audience
    ]
    return "".join(["| you type | it does |\n", "|---|---|\n", *rows])


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def rows_of(text: str, heading: str) -> list[list[str]]:
    """The cells of the first table behind a heading, without its head."""
    _, found, after = text.partition(f"\n{heading}\n")
    assert found, f"there is no heading {heading}"
    lines: list[str] = []
    for line in after.splitlines():
        if line.startswith("|"):
            lines.append(line)
        elif lines:
            break
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines[2:]]


def anchors(text: str) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", text, re.M)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in headings}


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Registry]:
    file = tmp_path_factory.mktemp("docs") / "concerted.db"
    tokens = {"SLACK_BOT_TOKEN": "xoxb-1-docs", "SLACK_APP_TOKEN": "xapp-1-docs"}
    bot = build(Settings.load({**tokens, "DATABASE_URL": f"sqlite:///{file}"}), utc_now)
    yield bot.surfaces._registry
    bot.db.close_now()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_leads_somewhere(document: Path) -> None:
    for target in LINK.findall(document.read_text("utf-8")):
        if target.startswith(("http://", "https://")):
            continue
        name, _, anchor = target.partition("#")
        path = (document.parent / name).resolve() if name else document
        assert path.exists(), f"{document.name} links to {target}"
        if anchor:
            assert anchor in anchors(path.read_text("utf-8")), f"{target} has no such heading"


def test_every_page_is_linked_from_the_readme_or_a_page_it_links() -> None:
    seen, waiting = set[Path](), [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        seen.add(page)
        targets = LINK.findall(page.read_text("utf-8"))
        paths = [(page.parent / t.partition("#")[0]).resolve() for t in targets if "://" not in t]
        waiting += [p for p in paths if p.suffix == ".md" and p not in seen]
    assert set(DOCUMENTS) <= seen


@pytest.mark.parametrize("audience", [MEMBER, CHAIR, COORDINATOR])
def test_the_readme_lists_every_word_that_can_be_typed(registry: Registry, audience: str) -> None:
    table = words_table(registry, audience)
    assert marked(read("README.md"), audience) == table, f"It should be:\n{table}"


def test_no_word_is_missing_from_all_three_tables(registry: Registry) -> None:
    told = {MEMBER, CHAIR, COORDINATOR}
    assert {command.audience for command in registry.commands} <= told


def test_the_dates_of_the_readme_are_read_as_it_says() -> None:
    reading = Reading(SUNDAY, "Europe/London", "Europe/London", find_zone=find_zone)
    rows = rows_of(read("README.md"), "### Dates")
    assert len(rows) > 8
    for typed, meant in rows:
        days = meant.split(" · ")
        phrases = re.findall(r"`([^`]+)`", typed)
        for number, phrase in enumerate(phrases):
            day = day_words(read_when(phrase, reading).day)
            assert day == days[min(number, len(days) - 1)], phrase


def test_the_reminders_of_the_readme_are_those_of_a_new_group() -> None:
    told = "\n".join(row[0] for row in rows_of(read("README.md"), "## When reminders come"))
    settings = GroupSettings()
    before = {int(number) for number in re.findall(r"^(\d+) days? before$", told, re.M)}
    after = {int(number) for number in re.findall(r"^(\d+) days? after$", told, re.M)}
    assert (before, after) == (set(settings.remind_before), set(settings.remind_after))
    assert f"usual {settings.due_days} days" in read("README.md")


def test_the_defaults_of_the_readme_are_those_of_the_settings() -> None:
    told = {
        row[0].strip("`"): row[1].strip("`") for row in rows_of(read("README.md"), "## Settings")
    }
    unset = (None, ())
    kept = {name.upper(): field.default for name, field in Settings.model_fields.items()}
    assert told == {name: "–" if value in unset else str(value) for name, value in kept.items()}


def test_the_folders_of_the_readme_are_there() -> None:
    rows = rows_of(read("README.md"), "## How it is laid out")
    missing = [row[0] for row in rows if not (ROOT / row[0].strip("`")).is_dir()]
    assert rows
    assert not missing


def test_every_error_has_its_place_in_the_troubleshooting_page() -> None:
    page = read("docs/troubleshooting.md")
    assert sorted(re.findall(r"^\| `([a-z-]+)` \|", page, re.M)) == sorted(Code)


def test_every_event_of_the_log_that_is_explained_is_written() -> None:
    rows = rows_of(read("docs/admin.md"), "## Is it well?")
    told = {event for row in rows for event in re.findall(r"`([a-z]+\.[a-z]+)`", row[0])}
    code = "".join(path.read_text("utf-8") for path in (ROOT / "bot").rglob("*.py"))
    assert len(told) > 5
    assert not {event for event in told if f'"{event}"' not in code}


def test_the_control_api_is_described_whole() -> None:
    demo = World.load()
    manifest = yaml.safe_load(read("manifest.yaml"))
    sandbox = Sandbox(seed=demo.workspace(), manifest=manifest, now=utc_now)
    offered = {
        f"{route.method} {route.path.removeprefix('/_control/')}"
        for route in sandbox._control.routes()
    }
    sandbox._store.close()
    page = read("docs/sandbox.md")
    assert set(re.findall(r"^\| `((?:GET|POST) [^`]+)` \|", page, re.M)) == offered


def test_every_failure_switch_is_described() -> None:
    rows = rows_of(read("docs/sandbox.md"), "## Failure switches")
    assert [row[0].strip("`") for row in rows] == list(KINDS)


@pytest.mark.parametrize("decision", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_says_why_what_and_at_what_price(decision: Path) -> None:
    text = decision.read_text("utf-8")
    assert re.match(rf"# {int(decision.stem[:4])}\. \S", text)
    assert re.findall(r"^## (.+)$", text, re.M) == ["Why", "What", "Price"]
    assert decision.name in read("docs/adr/README.md")


def test_decisions_are_numbered_without_gaps() -> None:
    numbers = [int(path.stem[:4]) for path in DECISIONS]
    assert numbers == list(range(1, len(numbers) + 1))
