"""Checklists by which meetings are prepared, where a group or the programme has its own."""

from collections.abc import Iterable

from sqlalchemy import delete, insert
from sqlmodel import Session, col, select

from bot.domain.model import GroupKey, TeamId
from bot.domain.templates import TemplateItem
from bot.storage.rows import columns, value
from bot.storage.template_tables import TemplateItemRow


class Templates:
    """`group` None: the programme."""

    def __init__(self, session: Session, team: TeamId) -> None:
        self._session = session
        self._team = team

    def of(self, group: GroupKey | None, name: str) -> tuple[TemplateItem, ...]:
        """In its own order; empty where there is none of their own."""
        query = (
            select(TemplateItemRow)
            .where(
                TemplateItemRow.team_id == self._team,
                TemplateItemRow.group == (group or ""),
                TemplateItemRow.name == name,
            )
            .order_by(col(TemplateItemRow.position))
            .execution_options(populate_existing=True)
        )
        return tuple(value(TemplateItem, row) for row in self._session.exec(query))

    def save(self, group: GroupKey | None, name: str, items: Iterable[TemplateItem]) -> None:
        """Instead of what was there; nothing: the usual one holds again."""
        self._session.exec(
            delete(TemplateItemRow).where(
                col(TemplateItemRow.team_id) == self._team,
                col(TemplateItemRow.group) == (group or ""),
                col(TemplateItemRow.name) == name,
            )
        )
        rows = [
            {
                "team_id": self._team,
                "group": group or "",
                "name": name,
                "position": position,
                **columns(item),
            }
            for position, item in enumerate(items)
        ]
        if rows:
            self._session.exec(insert(TemplateItemRow), params=rows)
