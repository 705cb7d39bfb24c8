"""Reads where visits are, piece by piece: it takes a look at every receipt and every depot."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from inspector.operations.standing import VisitPlace, belongs, places_in_sight

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from PySide6.QtCore import QObject

    from inspector.operations.session import Session
    from ui.desk import Desk
    from ui.work.worker import Job

#: Visits whose places are told at once.
_AT_ONCE = 20


class Placed:
    """Tells `found` where visits are; what was asked for before is given up."""

    def __init__(
        self, desk: Desk, owner: QObject, found: Callable[[Mapping[str, VisitPlace]], None]
    ) -> None:
        self._desk, self._owner, self._found = desk, owner, found
        self._job: Job | None = None

    def read(self, visits: list[str]) -> None:
        """Read where these visits are, in this order; nothing for who exchanges with nobody."""
        if self._job is not None:
            self._job.stop()
        self._job = self._desk.long(
            self._owner, lambda session, _progress: _placed(session, visits), each=self._found
        )


def _placed(session: Session, visits: list[str]) -> Iterator[dict[str, VisitPlace]]:
    if not belongs(session):
        return
    steps = places_in_sight(session, visits)
    while some := dict(islice(steps, _AT_ONCE)):
        yield some
