"""The clock card on the screen, and what a photograph of it says about a camera's clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from inspector.base.clock import to_datetime
from inspector.base.errors import MingchaError
from inspector.domain.clocktext import parse_moment
from inspector.media.clock_card import offset_from

if TYPE_CHECKING:
    from inspector.base.clock import Reading
    from inspector.domain.entities import Evidence
    from inspector.operations.session import Session


@dataclass(frozen=True, slots=True)
class ShownTime:
    """What the card showed on a photograph, and what must be added to the camera's times (ms)."""

    ms: int
    offset: int


def clock_now(session: Session) -> Reading:
    """Return what the clocks of the device say, as the record uses them."""
    return session.store.clock.read()


def shown_time(evidence: Evidence, typed: str, zone: int) -> ShownTime:
    """Return what a typed time on a photograph of the card means.

    Without a day it is the one nearest to the camera's own time: a camera is off by minutes, not
    by days. Raises MingchaError `camera_time_missing`, `time_unreadable`.
    """
    if evidence.camera_ms is None:
        raise MingchaError("camera_time_missing", name=evidence.original_name)
    day = to_datetime(evidence.camera_ms, zone).date()
    offsets = [
        offset_from(parse_moment(typed, day + timedelta(days=apart), zone), evidence.camera_ms)
        for apart in (-1, 0, 1)
    ]
    offset = min(offsets, key=abs)
    return ShownTime(evidence.camera_ms + offset, offset)
