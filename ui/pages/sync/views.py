"""The depots and the views beside them, each made when somebody first wants it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from inspector.base.i18n import N_
from ui.pages.sync.aside import AsideView
from ui.pages.sync.originals import OriginalsView
from ui.pages.sync.teams import TeamsView
from ui.pages.sync.whereabouts import Whereabouts

if TYPE_CHECKING:
    from collections.abc import Callable

    from inspector.operations.exchange_desk import ExchangeDesk
    from ui.by_hand import ByHand
    from ui.desk import Desk

    View = Whereabouts | AsideView | OriginalsView | TeamsView

#: The views by name, with their words; the depots stand first.
DEPOTS = "depots"
VIEWS = {
    DEPOTS: N_("Depots"),
    "visits": N_("Where visits are"),
    "originals": N_("Originals"),
    "aside": N_("Put aside"),
    "teams": N_("Teams"),
}
_MADE: dict[str, Callable[[Desk], View]] = {
    "originals": OriginalsView,
    "aside": AsideView,
    "teams": TeamsView,
}


class Views(QStackedWidget):
    """Shows one of them."""

    #: Something was decided about what was put aside, or other lines are wanted.
    judged = Signal()

    def __init__(self, desk: Desk, hands: ByHand) -> None:
        super().__init__()
        self._desk, self._hands = desk, hands
        self._made: dict[str, View] = {}
        self._found: ExchangeDesk | None = None

    @property
    def on_depots(self) -> bool:
        """Whether the depots are shown."""
        return self.currentIndex() == 0

    @property
    def every(self) -> bool:
        """Whether what was judged is wanted too."""
        return "aside" in self._made and self.aside.every.isChecked()

    def take(self, found: ExchangeDesk) -> None:
        """Show what was read; the views read the rest by themselves."""
        self._found = found
        for view in self._made.values():
            self._fill(view)

    def show_view(self, name: str) -> None:
        """Show the depots or one of the others, and give it the keys."""
        if name == DEPOTS:
            self.setCurrentIndex(0)
            return
        view = self._view(name)
        self.setCurrentWidget(view)
        view.table.setFocus()

    def _view(self, name: str) -> View:
        if name not in self._made:
            made = self._made[name] = self._make(name)
            if isinstance(made, AsideView):
                made.changed.connect(self.judged)
            self.addWidget(made)
            self._fill(made)
        return self._made[name]

    def _make(self, name: str) -> View:
        return _MADE[name](self._desk) if name in _MADE else Whereabouts(self._desk, self._hands)

    def _fill(self, view: QWidget) -> None:
        if isinstance(view, AsideView):
            if self._found is not None:
                view.show_desk(self._found)
        elif isinstance(view, Whereabouts | OriginalsView | TeamsView):
            view.read()

    @property
    def visits(self) -> Whereabouts:
        """Where visits are."""
        view = self._view("visits")
        assert isinstance(view, Whereabouts)
        return view

    @property
    def aside(self) -> AsideView:
        """What was put aside."""
        view = self._view("aside")
        assert isinstance(view, AsideView)
        return view

    @property
    def originals(self) -> OriginalsView:
        """Originals that are here, and which of them may go."""
        view = self._view("originals")
        assert isinstance(view, OriginalsView)
        return view

    @property
    def teams(self) -> TeamsView:
        """The board of teams."""
        view = self._view("teams")
        assert isinstance(view, TeamsView)
        return view
