"""How a floor is called, on screen and on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from inspector.base.i18n import Translator


def floor_name(floor: str, tr: Translator) -> str:
    """Return “Floor 2” for a number alone; a floor that has a name of its own keeps it.

    "" for a place without floors.
    """
    floor = floor.strip()
    return tr("Floor {floor}", floor=floor) if floor.isdecimal() else floor
