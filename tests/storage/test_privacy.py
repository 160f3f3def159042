"""Every column is accounted for; erasing leaves no trace, and what is old enough goes."""

from bot.storage.classification import ABOUT, HOLDS
from bot.storage.rows import Table


def test_every_column_says_what_it_holds_of_people() -> None:
    """A new column must be classified: by that it is exported, and erased."""
    tables = {name: set(table.c.keys()) for name, table in Table.metadata.tables.items()}
    told = {name: " ".join(kinds.values()).split() for name, kinds in HOLDS.items()}
    assert {name: set(columns) | {"team_id"} for name, columns in told.items()} == tables
    twice = {name for name, columns in told.items() if len(columns) != len(set(columns))}
    assert not twice
    assert {name: set(columns.split()) - tables[name] for name, columns in ABOUT.items()} == {
        name: set() for name in ABOUT
    }
