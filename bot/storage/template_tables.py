"""The table of checklists as groups have adjusted them."""

from sqlmodel import Field

from bot.domain.meetings import OwnerRole
from bot.domain.templates import Anchor
from bot.storage.rows import Table, word


class TemplateItemRow(Table, table=True):
    """`group` empty: of the programme."""

    __tablename__ = "template_items"
    team_id: str = Field(primary_key=True)
    group: str = Field(primary_key=True)
    name: str = Field(primary_key=True)
    position: int = Field(primary_key=True)
    key: str
    offset: int
    role: OwnerRole = Field(sa_column=word(OwnerRole, "role"))
    text: str
    required: bool
    anchor: Anchor = Field(sa_column=word(Anchor, "anchor"))
    working_days: bool
    rolls: bool
