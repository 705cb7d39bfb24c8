"""Looking at windows: rounds, states, people waiting, watching without a break."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from inspector.domain.vocabulary import WindowState
from inspector.operations.observing import count_people, look, start_round, sweep_current
from inspector.operations.watches import Watch, begin_watch, begun_watches, end_watch

if TYPE_CHECKING:
    from collections.abc import Callable

    from inspector.domain.board import Tile
    from inspector.operations.board import Board
    from ui.recording.acting import Acting


class Looking(QObject):
    """What is recorded of windows."""

    #: Watching began or ended somewhere.
    watched = Signal()

    def __init__(self, acting: Acting) -> None:
        super().__init__(acting)
        self._acting = acting
        self._board: Board | None = None

    def show_board(self, board: Board) -> None:
        """Take the visit as it stands; what was being watched before a crash is watched again."""
        first = self._board is None or self._board.visit != board.visit
        self._board = board
        if first:
            visit = board.visit
            self._acting.desk.read(
                self,
                lambda session: begun_watches(session, visit),
                lambda found: self._resume(visit, found),
            )

    def _resume(self, visit: str, found: dict[str, Watch]) -> None:
        for window, begun in found.items():
            self._acting.desk.watches.setdefault((visit, window), begun)
        if found:
            self.watched.emit()

    def _watched(self, window: str) -> Watch | None:
        """Return since when a window is watched; the mini window knows of the same watches."""
        visit = self._board.visit if self._board else ""
        return self._acting.desk.watches.get((visit, window))

    def is_watching(self, window: str) -> bool:
        """Tell whether a window is being watched."""
        return self._watched(window) is not None

    def look(self, tile: Tile, state: WindowState, people: int | None = None) -> None:
        """Record that a window was seen in a state, in the round that is going on."""
        watched = self._watched(tile.window.id)
        if watched is not None and watched.state is not state:
            self._end_watch(tile, watched)
        self._acting.record(
            lambda session, visit, seen: look(
                session, visit, tile.window, state, seen, people_waiting=people
            ),
            about=("state", tile.window.id),
        )

    def count_people(self, tile: Tile, count: int) -> None:
        """Record how many people wait at a window; when it was looked at stays."""
        if tile.state is not WindowState.NOT_LOOKED_AT:
            self._acting.record(
                lambda session, visit, seen: count_people(session, visit, tile.window, count, seen),
                about=("people", tile.window.id),
            )

    def new_round(self) -> None:
        """Begin a round."""
        self._acting.record(
            lambda session, visit, seen: start_round(session, visit, seen), same="round"
        )

    def sweep(self, floor: str, zone: str) -> None:
        """Record that the rest of a floor or zone is serving."""
        self._acting.record(
            lambda session, visit, seen: sweep_current(session, visit, seen, floor=floor, zone=zone)
        )

    def watch(self, tile: Tile) -> None:
        """Begin to watch a window in the state it is in, or stop and record the interval."""
        watched, board = self._watched(tile.window.id), self._board
        if watched is not None:
            self._end_watch(tile, watched)
        elif board is not None and not board.sealed and tile.state is not WindowState.NOT_LOOKED_AT:
            begun = Watch(tile.state, self._acting.keeper.now)
            visit, window = board.visit, tile.window.id
            self._acting.desk.watches[visit, window] = begun
            self._acting.run(lambda session: begin_watch(session, visit, window, begun))
        self.watched.emit()

    def _end_watch(self, tile: Tile, begun: Watch) -> None:
        until = self._acting.keeper.now
        key = (self._board.visit if self._board else "", tile.window.id)

        def forget(_done: object) -> None:
            self._acting.desk.watches.pop(key, None)
            self.watched.emit()

        then: Callable[[object], None] = forget
        self._acting.record(
            lambda session, visit, seen: end_watch(
                session, visit, tile.window, begun, until, seen.observer
            ),
            then,
        )
