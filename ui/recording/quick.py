"""A finding by few keys: saved first, its photographs placed afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.domain.vocabulary import TargetKind
from inspector.operations.evidence import place_all
from inspector.operations.quick import quick_finding

if TYPE_CHECKING:
    from collections.abc import Callable

    from inspector.domain.entities import Finding
    from inspector.domain.quick import Quick
    from inspector.domain.times import Seen
    from inspector.operations.board import Board
    from inspector.operations.session import Session
    from ui.recording.acting import Acting


def save_finding(
    acting: Acting,
    board: Board | None,
    quick: Quick,
    text: str,
    window: str | None,
    then: Callable[[Finding], None],
    failed: Callable[[], None] | None = None,
) -> None:
    """Record a usual problem at a window (or at none), with the people who wait there.

    failed: as `Acting.run` has it.
    """
    tiles = board.tiles if board else ()
    people = next((each.people_waiting for each in tiles if each.window.id == window), None)
    lang = acting.desk.lang

    def work(session: Session, visit: str, seen: Seen) -> Finding:
        return quick_finding(
            session, visit, quick, seen, text=text, window=window, people_waiting=people, lang=lang
        )

    acting.record(work, then, failed=failed, same=(quick, text, window))


def place_photographs(acting: Acting, finding: Finding, photographs: list[str]) -> None:
    """Say that photographs (by id) belong to a finding that is saved."""
    acting.run(
        lambda session: place_all(
            session, finding.visit, photographs, TargetKind.FINDING, finding.id
        )
    )
