"""What the page of places shows of the record besides the chosen place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspector.operations.discretion import covert_now
from inspector.operations.registers import day_here, hall_rows
from inspector.operations.units import units

if TYPE_CHECKING:
    from datetime import date

    from inspector.domain.entities import Unit
    from inspector.operations.registers import HallRow
    from inspector.operations.session import Session


@dataclass(frozen=True, slots=True)
class Found:
    """The places, the units one can belong to, and today; covert: places by code only."""

    rows: list[HallRow]
    units: list[Unit]
    covert: bool
    day: date


def found_places(session: Session) -> Found:
    """Return what the page shows."""
    return Found(hall_rows(session), units(session), covert_now(session), day_here(session))
