"""What stands beside the checklist of a visit: windows, waiting, timeline; problems, evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from ui.pages.visit.finding import FindingCard
from ui.pages.visit.timeline import TimelineCard
from ui.pages.visit.tray import TrayCard
from ui.pages.visit.waits import WaitsCard
from ui.pages.visit.windows import WindowsCard

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QVBoxLayout

    from inspector.domain.entities import Evidence
    from inspector.operations.board import Board
    from ui.desk import Desk
    from ui.pages.visit.begun import Begun
    from ui.recording.acting import Acting

    Part = WindowsCard | WaitsCard | TimelineCard | FindingCard | TrayCard

P = TypeVar("P", WindowsCard, WaitsCard, TimelineCard, FindingCard, TrayCard)


class Beside(QObject):
    """The cards of the middle and of the right; `steps` make them one after the other.

    Each is put where it stays before it is filled: what is moved later is dressed anew.
    """

    #: Notes are to be pasted.
    pasted = Signal()
    #: The sheet for notes by hand is to be written.
    printed = Signal()
    windows: WindowsCard
    waits: WaitsCard
    timeline: TimelineCard
    finding: FindingCard
    tray: TrayCard

    def __init__(self, desk: Desk, acting: Acting, middle: QVBoxLayout, right: QVBoxLayout) -> None:
        super().__init__(acting)
        self._desk, self._acting = desk, acting
        self._middle, self._right = middle, right
        #: Those that are made.
        self._parts: list[Part] = []
        self._tick = QTimer(self, interval=1000)

    @property
    def steps(self) -> tuple[Callable[[], None], ...]:
        """What makes one card each, in the order in which they are looked at.

        The windows are as many as fit, so their card is filled in a step of its own.
        """
        return (
            self._make_windows,
            self._make_tiles,
            lambda: self._fill(self.windows),
            self._make_waits,
            self._make_timeline,
            self._make_finding,
            self._make_tray,
        )

    def show_board(self, board: Board) -> None:
        """Show a visit on the cards that are there; the others show it once they are made."""
        for part in self._parts:
            part.show_board(board)

    def show_photos(self, found: list[Evidence]) -> None:
        """Take the photographs that have no place yet."""
        self.finding.show_photos(found)
        self.tray.show_photos(found)

    def go_on(self, begun: Begun) -> None:
        """Go on with what was begun on the page before, on the cards where something can be."""
        begun.add("waits", self.waits)
        begun.add("finding", self.finding)

    def _make_windows(self) -> None:
        self.windows = WindowsCard(self._desk, self._acting)
        self._middle.addWidget(self.windows)

    def _make_tiles(self) -> None:
        board = self._acting.keeper.board
        if board is not None:
            self.windows.make_tiles(board)

    def _make_waits(self) -> None:
        self.waits = self._added(WaitsCard(self._desk, self._acting), self._middle)

    def _make_timeline(self) -> None:
        self.timeline = TimelineCard(self._desk, self._acting)
        self.timeline.pasted.connect(self.pasted)
        self.timeline.printed.connect(self.printed)
        self._added(self.timeline, self._middle)

    def _make_finding(self) -> None:
        self.finding = FindingCard(self._desk, self._acting)
        desk = self._desk
        self.finding.detailed.connect(lambda finding: desk.go("findings", finding))
        self.windows.chosen.connect(self.finding.choose_window)
        self._tick.timeout.connect(self.finding.show_time)
        self._tick.start()
        self._added(self.finding, self._right)

    def _make_tray(self) -> None:
        self.tray = self._added(TrayCard(self._desk), self._right)
        self._right.addStretch(1)

    def _added(self, part: P, place: QVBoxLayout) -> P:
        place.addWidget(part)
        self._fill(part)
        return part

    def _fill(self, part: Part) -> None:
        self._parts.append(part)
        board = self._acting.keeper.board
        if board is not None:
            part.show_board(board)
