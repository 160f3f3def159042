"""The house rules a reviewer would tire of checking."""

import ast
import re
import stat
import subprocess
import tomllib
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
import yaml

from bot.config import NAMES
from bot.views.blocks import Id

ROOT = Path(__file__).parents[1]
BOT = sorted((ROOT / "bot").rglob("*.py"))
PYTHON = [
    *BOT,
    *sorted((ROOT / "tests").rglob("*.py")),
    *sorted((ROOT / "migrations").rglob("*.py")),
]
LOCKS = ("requirements.lock", "requirements-dev.lock")
LONGEST = 300
# Names that say nothing about what is inside.
EMPTY_NAMES = {"base", "common", "helper", "helpers", "manager", "misc", "util", "utils"}
# Payloads come as dictionaries; everywhere else they have become values.
DICTIONARIES = ("__main__.py", "config.py", "demo/", "handlers/payloads.py", "sandbox/")


@cache
def kept() -> tuple[Path, ...]:
    """What is, or is about to be, under version control."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    ).stdout.split("\0")
    return tuple(path for name in listed if name and (path := ROOT / name).is_file())


def texts() -> Iterator[tuple[str, str]]:
    for path in kept():
        content = path.read_bytes()
        if b"\0" not in content:
            yield name_of(path), content.decode("utf-8")


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_no_file_is_longer_than_a_person_reads() -> None:
    kinds, places = {".py", ".js", ".html", ".css"}, ("bot/", "tests/", "migrations/")
    long = {
        name: len(content.splitlines())
        for name, content in texts()
        if name.startswith(places)
        and Path(name).suffix in kinds
        and len(content.splitlines()) > LONGEST
    }
    assert not long


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        name_of(path)
        for path in BOT
        if path.stat().st_size and not ast.get_docstring(ast.parse(path.read_text("utf-8")))
    ]
    assert not silent


def test_every_folder_of_modules_is_a_package() -> None:
    # Else the import contracts would not see what is in it.
    assert not {name_of(path.parent) for path in BOT if not (path.parent / "__init__.py").exists()}


def test_no_module_has_an_empty_name() -> None:
    parts = {part for path in PYTHON for part in path.relative_to(ROOT).with_suffix("").parts}
    assert not parts & EMPTY_NAMES


def test_dictionaries_stay_at_the_edges() -> None:
    inside = [
        name
        for path in BOT
        if not (name := path.relative_to(ROOT / "bot").as_posix()).startswith(DICTIONARIES)
        and "dict[str, Any]" in path.read_text("utf-8")
    ]
    assert not inside


def test_every_exception_to_a_rule_has_its_reason_beside_it() -> None:
    mark = re.compile(r"#\s*(?:noqa\b|type:\s*ignore)")
    reasoned = re.compile(
        r"#\s*(?:noqa: [A-Z]+\d+(?:, ?[A-Z]+\d+)*|type: ignore\[[a-z, -]+\])\s+(?:#|-)\s\S.+"
    )
    bare = [
        f"{name_of(path)}:{number}"
        for path in PYTHON
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if mark.search(line) and "re.compile" not in line and not reasoned.search(line)
    ]
    assert not bare


def test_the_example_env_file_explains_every_setting() -> None:
    example = (ROOT / ".env.example").read_text("utf-8").splitlines()
    keys = [line.partition("=")[0] for line in example if line and not line.startswith("#")]
    assert sorted(keys) == sorted(NAMES)
    for above, line in pairwise(example):
        if line.startswith(tuple(NAMES)):
            assert above.startswith(("#", *NAMES)), f"{line} has no word of explanation"


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_file_pins_by_hash_and_names_no_index(lock: str) -> None:
    text = (ROOT / lock).read_text("utf-8")
    assert "://" not in text
    assert "--index" not in text
    assert "--find-links" not in text
    packages = re.split(r"\n(?=\w)", text)[1:]
    assert len(packages) > 30
    assert all("==" in package and "--hash=sha256:" in package for package in packages)


def test_what_is_tested_is_what_runs() -> None:
    run, dev = (_pins(lock) for lock in LOCKS)
    assert run.items() <= dev.items()


def test_the_lock_files_hold_every_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    groups = project["dependency-groups"]
    extras = project["project"]["optional-dependencies"]
    wanted = {
        LOCKS[0]: project["project"]["dependencies"],
        LOCKS[1]: [*extras["postgres"], *groups["dev"], *groups["browser"]],
    }
    for lock, requirements in wanted.items():
        names = {re.split(r"[\[<>=!~ ]", line)[0].lower() for line in requirements}
        assert names <= _pins(lock).keys()


def _pins(lock: str) -> dict[str, str]:
    found = re.findall(r"^([\w.-]+)(?:\[\w+\])?==(\S+)", (ROOT / lock).read_text("utf-8"), re.M)
    return {name.lower(): version for name, version in found}


def test_nothing_kept_names_a_machine_or_an_index() -> None:
    # In pieces, so that this file does not name them either.
    hosts = (("pypi", "org"), ("python(?:hosted)", "org"), ("npmjs", "org"), ("crates", "io"))
    places = (rf"(?<![\w.\-/])/{place}/\w" for place in ("work", "root", "home", "Users"))
    named = re.compile("|".join([*map(r"\.".join, hosts), *places]))
    found = [f"{name}: {match.group()}" for name, text in texts() for match in named.finditer(text)]
    assert not found


def test_no_second_lock_format_and_no_secret_file_is_kept() -> None:
    assert not {name_of(path) for path in kept()} & {
        ".env",
        "uv.lock",
        "poetry.lock",
        "Pipfile.lock",
    }


def test_the_make_targets_are_the_ones_contributors_read_about() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    offered = set(re.findall(r"^([a-z]+):.*## ", makefile, re.M)) - {"help"}
    told = set(re.findall(r"`make ([a-z]+)`", (ROOT / "CONTRIBUTING.md").read_text("utf-8")))
    assert told == offered


def test_continuous_integration_can_be_run() -> None:
    assert (ROOT / ".ci/run").stat().st_mode & stat.S_IXUSR


def test_each_shortcut_of_the_manifest_is_known_to_the_bot() -> None:
    shortcuts = _features()["shortcuts"]
    ids = [shortcut["callback_id"] for shortcut in shortcuts]
    assert len(ids) == len(set(ids))
    assert set(ids) <= set(Id)


def test_the_readme_explains_every_setting() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    assert set(re.findall(r"^\| `([A-Z_]+)`", readme, re.M)) == set(NAMES)


def _features() -> dict[str, list[dict[str, str]]]:
    features: dict[str, list[dict[str, str]]] = yaml.safe_load(
        (ROOT / "manifest.yaml").read_text("utf-8")
    )["features"]
    return features
