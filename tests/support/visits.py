"""Small visits for the rules: one hall, windows 01 to 06, a working Friday."""

from __future__ import annotations

from datetime import UTC, datetime

from inspector.domain.entities import Hall, Sighting, Visit, Window
from inspector.domain.record import VisitRecord
from inspector.domain.vocabulary import TimeSource, WindowState

ZONE = 480
NINE_TO_FIVE = {"week": {str(day): ["09:00-12:00", "13:30-17:00"] for day in range(1, 6)}}
HALL = Hall(id="hall", name="Hall", zone_minutes=ZONE, hours=NINE_TO_FIVE)
WINDOWS = tuple(
    Window(id=f"w{n}", hall="hall", number=f"{n:02}", position=n, floor="1" if n < 4 else "2")
    for n in range(1, 7)
)


def at(time: str, day: str = "2026-11-20") -> int:
    """Return milliseconds for a local time like 10:38 or 10:38:20 on a Friday."""
    local = datetime.fromisoformat(f"{day}T{time}").replace(tzinfo=UTC)
    return int(local.timestamp()) * 1000 - ZONE * 60_000


def sighting(
    ident: str,
    time: str | None,
    to: str | None = None,
    *,
    state: WindowState = WindowState.UNATTENDED,
    window: str = "w5",
    observer: str = "li",
    round_id: str | None = None,
    source: TimeSource = TimeSource.NOTE,
    precision: int = 60,
    **more: object,
) -> Sighting:
    """Return a sighting; with `to` it was watched continuously."""
    return Sighting(
        id=ident,
        visit="visit",
        observer=observer,
        observed_from=at(time) if time else None,
        observed_to=at(to) if to else None,
        continuous=to is not None,
        window=window,
        state=state,
        round=round_id,
        time_source=source,
        time_precision=precision,
        **more,  # type: ignore[arg-type]
    )


def record(**facts: object) -> VisitRecord:
    """Return a visit of the hall with `facts`."""
    values: dict[str, object] = {
        "visit": Visit(id="visit", hall="hall"),
        "hall": HALL,
        "windows": WINDOWS,
    }
    return VisitRecord(**(values | facts))  # type: ignore[arg-type]
