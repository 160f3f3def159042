"""The Home tab."""

from datetime import datetime

from bot.domain.model import Item, UserId, World
from bot.views.blocks import View


def home(items: tuple[Item, ...], world: World, viewer: UserId, now: datetime) -> View:
    """`items`: the viewer's open actions over all groups."""
    raise NotImplementedError
