"""What the page of places does not show at first; made once the register stands, or is asked for.

All of it together takes longer to make than the register itself.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from ui.pages.halls.form import HallForm
from ui.pages.halls.importing import ImportView
from ui.pages.halls.laying import Laying
from ui.pages.halls.overview import Overview
from ui.pages.halls.plan import PlanView
from ui.pages.halls.window_form import WindowForm
from ui.widgets.typed import settle

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from inspector.domain.entities import Unit
    from inspector.operations.window_plan import Span
    from ui.desk import Desk

REGISTER, PLAN, IMPORT = 0, 1, 2


class Views(QStackedWidget):
    """The register, the windows of a place, and where tables are brought in."""

    #: The person wants to be at the register again.
    left = Signal()

    def __init__(self, desk: Desk, register: QWidget) -> None:
        super().__init__()
        self._desk = desk
        #: What keeps the places of those that are not made yet.
        self._empty = {PLAN: QWidget(), IMPORT: QWidget()}
        for view in (register, *self._empty.values()):
            self.addWidget(view)

    @property
    def steps(self) -> tuple[Callable[[], object], ...]:
        """What makes all of it, each of them no more than a turn takes."""
        plan = (lambda: self.laying, lambda: self.window_form, lambda: self.plan)
        return (*plan, lambda: self.importing)

    @cached_property
    def laying(self) -> Laying:
        """Where the windows of a place are laid out; a part of `plan`."""
        return Laying(self._desk)

    @cached_property
    def window_form(self) -> WindowForm:
        """The form of a window; a part of `plan`."""
        return WindowForm(self._desk)

    @cached_property
    def plan(self) -> PlanView:
        """The windows of a place."""
        made = PlanView(self._desk, self.laying, self.window_form)
        made.left.connect(self.left)
        self._put(PLAN, made)
        return made

    @cached_property
    def importing(self) -> ImportView:
        """Where tables are brought in."""
        made = ImportView(self._desk)
        made.left.connect(self.left)
        self._put(IMPORT, made)
        return made

    def hand_over(self) -> dict[str, tuple[Span, ...]]:
        """Return the ranges of windows that were typed and not laid out, by place."""
        return self.plan.hand_over() if "plan" in vars(self) else {}

    def take_over(self, ranges: dict[str, tuple[Span, ...]]) -> None:
        """Go on with ranges of windows that were typed before."""
        if ranges:
            self.plan.take_over(ranges)

    def _put(self, at: int, view: QWidget) -> None:
        """Let a view take the place that was kept for it."""
        empty = self._empty.pop(at)
        self.removeWidget(empty)
        empty.deleteLater()
        self.insertWidget(at, view)


class Side(QStackedWidget):
    """What is known of the chosen place, or its form."""

    #: A place was saved: its id, "" where it was taken away.
    saved = Signal(str)
    #: Nothing is to be saved.
    cancelled = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._offered: tuple[list[Unit], date] | None = None
        self.overview = Overview(desk)
        self.addWidget(self.overview)

    @cached_property
    def form(self) -> HallForm:
        """The form of a place."""
        made = HallForm(self._desk)
        # Whatever is still written in it, nobody is to be asked about.
        for over in (made.saved, made.cancelled):
            over.connect(lambda *_hall: settle(made))
        made.saved.connect(self.saved)
        made.cancelled.connect(self.cancelled)
        if self._offered is not None:
            made.offer(*self._offered)
        self.addWidget(made)
        return made

    def offer(self, units: list[Unit], day: date) -> None:
        """Let the form offer these units; its dates are counted from `day`."""
        self._offered = (units, day)
        if "form" in vars(self):
            self.form.offer(units, day)
