"""What is next on this laptop: the running visit, what is prepared, what is unfinished."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspector.domain.numbers import provisional
from inspector.domain.vocabulary import Phase
from inspector.operations.overview import VisitRow, visit_rows

if TYPE_CHECKING:
    from inspector.domain.entities import Visit
    from inspector.operations.session import Session

#: Phases in which a visit is going on.
RUNNING = (Phase.COVERT, Phase.OVERT, Phase.FEEDBACK)
#: How many finished visits are shown.
RECENT = 5


@dataclass(frozen=True, slots=True)
class Storage:
    """Where the record stands: free bytes, and the day of the last automatic backup (ISO)."""

    free: int
    backup_day: str


@dataclass(frozen=True, slots=True)
class Today:
    """Visits by what is to be done with them, newest first, and the state of the storage.

    covert: a covert phase is going on, so nothing may name a hall.
    """

    running: tuple[VisitRow, ...]
    prepared: tuple[VisitRow, ...]
    finished: tuple[VisitRow, ...]
    storage: Storage

    @property
    def covert(self) -> bool:
        """Whether a covert phase is going on: then halls are shown by code only."""
        return any(row.phase is Phase.COVERT for row in self.running)


def today(session: Session) -> Today:
    """Return what is next on this laptop."""
    rows = list(reversed(visit_rows(session)))
    return Today(
        running=tuple(row for row in rows if row.phase in RUNNING),
        prepared=tuple(row for row in rows if row.phase is Phase.PREPARED),
        finished=tuple(row for row in rows if row.sealed)[:RECENT],
        storage=Storage(
            free=shutil.disk_usage(session.store.workspace.root).free,
            backup_day=session.store.local("backup_day") or "",
        ),
    )


def short_number(visit: Visit) -> str:
    """Return the visit's number alone, “2026-0001” or “K7-3”: all that is shown in a hall."""
    return visit.official_number or provisional(visit.device, visit.number)
