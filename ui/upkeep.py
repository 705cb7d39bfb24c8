"""What is done while nothing else waits: pages are loaded, the record is checked and backed up."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QObject

from ui.frame.pages import PAGES
from ui.frame.painting import NextPaint
from ui.messages import show_note
from ui.mini.switch import MINI
from ui.opening import operation
from ui.work.loading import load_below
from ui.work.sharing import collect_garbage, take_short_turns
from ui.work.stages import Stages
from ui.work.worker import Urgency

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Sequence

    from PySide6.QtWidgets import QWidget

    from inspector.base.errors import MingchaError
    from inspector.operations.session import Session
    from ui.desk import Desk

#: What is left to the thread of the windows.
_Steps: TypeAlias = "Sequence[Callable[[], object]]"


def _load_below(module: str, _progress: object) -> _Steps:
    return load_below([module])


class Upkeep(QObject):
    """Looks after each workspace that is opened; says only what a person has to know."""

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        self._stages = Stages((), self)
        desk.opened.connect(self.begin)

    def begin(self) -> None:
        """Load, check and back up in small steps, behind everything people do."""
        # Once what the first page shows is painted: to load at the same time would delay it.
        self._desk.worker.when_idle(self, self._wait_for_paint)
        tr = self._desk.tr
        problems: list[str] = []
        notices: list[MingchaError] = []

        def work(session: Session, _progress: object) -> Generator[_Steps | None, None, None]:
            # Loading the modules of a page takes longer than a press of a button may.
            for page in PAGES.values():
                yield load_below(page.modules)
            yield [*load_below([MINI]), collect_garbage]
            upkeep = operation("upkeep")
            text = operation("check_text").problem_text
            found = yield from upkeep.drift_steps(session)
            problems.extend(text(tr, problem) for problem in found)
            yield from upkeep.backup_steps(session)
            notices.extend(session.notices)

        self._desk.long(
            self,
            work,
            each=self._add,
            then=lambda _none: self._tell(problems, notices),
            urgency=Urgency.UPKEEP,
        )

    def _add(self, steps: _Steps | None) -> None:
        """Do these steps as well on the thread of the windows, one in each turn."""
        if steps:
            self._stages.add(steps)
            self._stages.begin()

    def _wait_for_paint(self, _none: object) -> None:
        NextPaint(self._window, self._get_ready)

    def _get_ready(self) -> None:
        # Until now both threads loaded what the other needs, and short turns are of no use to that.
        take_short_turns()
        # What stands in the way here is told by the first action that meets it.
        self._desk.read(
            self,
            lambda session: operation("workspaces").get_ready(session),
            lambda _none: None,
            failed=lambda _error: None,
        )
        # Whoever sees Home goes on to a visit. Not by the worker: what is read goes first.
        for module in PAGES["visit"].modules:
            self._desk.papers.run(self, partial(_load_below, module), self._add)

    def _tell(self, problems: list[str], notices: list[MingchaError]) -> None:
        desk, tr = self._desk, self._desk.tr
        desk.kept.emit()
        for notice in notices:
            desk.say(notice.text(tr))
        if not problems:
            return
        show_note(
            desk,
            self._window,
            tr("The record and its tables differ"),
            tr(
                "{problem} ({count} places.) The record itself is safe. Sealing and exporting wait "
                "until this is in order: open Settings, Storage and backups.",
                problem=problems[0],
                count=len(problems),
            ),
        )
