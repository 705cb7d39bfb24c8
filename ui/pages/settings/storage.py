"""Storage, backups, checking: what is kept where, and what to do when something is wrong."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from inspector.base.clock import SystemClock, to_datetime
from ui import opening
from ui.choosing import chosen_file, new_file
from ui.messages import confirmed
from ui.opening import operation
from ui.pages.settings.section import Section
from ui.theme import tokens
from ui.theme.tokens import Tone, Type
from ui.widgets.buttons import button
from ui.widgets.surfaces import Card, cleared, column, row
from ui.widgets.text import Elided, label, retone
from ui.widgets.working import Working

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtWidgets import QHBoxLayout

    from inspector.base.progress import Progress
    from inspector.operations.session import Session
    from inspector.operations.storage_state import StorageState
    from inspector.operations.upkeep import CheckReport
    from ui.desk import Desk

#: Problems that are shown one by one; more are counted.
MOST_SHOWN = 20


class StorageSection(Section):
    """The workspace as files."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        tr, look = self.tr, desk.look
        self._place = Card(tr("Storage"))
        self._rows = column(spacing=tokens.S)
        self._place.body.addLayout(self._rows)
        other = button(look, tr("Open another workspace"), self._other, icon="folder")
        self._place.body.addLayout(row(other, None))
        self.buttons = {
            "backup": button(look, tr("Back up now"), self._back_up, icon="shield"),
            "copy": button(look, tr("Save a copy elsewhere"), self._copy, icon="export"),
            "restore": button(look, tr("Restore a backup"), self._restore, kind="danger"),
            "check": button(look, tr("Check everything"), self._check, icon="check"),
            "rebuild": button(look, tr("Make the tables anew"), self._rebuild, icon="refresh"),
        }
        self._backups = Card(tr("Backups"))
        self._newest = label("", wrap=True)
        self._backups.body.addWidget(self._newest)
        self._backups.body.addWidget(
            label(
                tr(
                    "A backup holds the record without the photographs, which never change once "
                    "stored: copy the folder “media” beside it."
                ),
                Type.CAPTION,
                wrap=True,
            )
        )
        self._backups.body.addLayout(self._line("backup", "copy", "restore"))
        self._checks = Card(tr("Check"))
        self._checks.body.addLayout(self._line("check", "rebuild"))
        self.working = Working(desk)
        self.result = label("", wrap=True, selectable=True)
        self._found = column(spacing=tokens.XS)
        for part in (self.working, self.result):
            self._checks.body.addWidget(part)
        self._checks.body.addLayout(self._found)
        for card in (self._place, self._backups, self._checks):
            self.body.addWidget(card)

    def _line(self, *names: str) -> QHBoxLayout:
        return row(*(self.buttons[name] for name in names), None)

    # -- what is shown -----------------------------------------------------------------------

    def show_state(self) -> None:
        """Look at the folders."""
        if self.desk.root is None:
            return
        self.desk.read(
            self, lambda session: operation("storage_state").storage_state(session), self._show
        )

    def _show(self, state: StorageState) -> None:
        tr = self.tr
        cleared(self._rows)
        self._rows.addLayout(
            row(label(tr("Folder"), Type.CAPTION), Elided(str(state.root)), stretch=1)
        )
        sizes = tr(
            "Record {record} MB, photographs and files {media} MB",
            record=_megabytes(state.database),
            media=_megabytes(state.media),
        )
        room = tr(
            "{size} GB free: room for about {count} photographs",
            size=f"{state.free / (1 << 30):.1f}",
            count=about(state.photographs),
        )
        self._rows.addWidget(label(sizes, wrap=True))
        low = state.photographs < 300
        self._rows.addWidget(label(room, wrap=True, tone=Tone.WARN if low else None))
        newest = state.backups[0] if state.backups else None
        self._newest.setText(
            tr(
                "{count} automatic backups, the newest of {day}",
                count=len(state.backups),
                day=f"{to_datetime(newest.ms, SystemClock().read().zone):%Y-%m-%d %H:%M}",
            )
            if newest
            else tr("No backup yet. One is made by itself on the first start of each day.")
        )

    def _other(self) -> None:
        self.desk.go("start", list="1")

    # -- backups -----------------------------------------------------------------------------

    def _back_up(self) -> None:
        self._backed_up_to(None)

    def _copy(self) -> None:
        target = new_file(self, self.tr("Save a copy elsewhere"), Path.home() / "mingcha-backup.db")
        if target is not None:
            self._backed_up_to(target)

    def _backed_up_to(self, target: Path | None) -> None:
        self.desk.act(
            self, lambda session: operation("upkeep").back_up(session, target), self._backed_up
        )

    def _backed_up(self, path: Path) -> None:
        self._tell(self.tr("Backup: {path}", path=path), Tone.OK)
        self.show_state()

    def _restore(self) -> None:
        root = self.desk.root
        if root is None:
            return
        start = root / "backups"
        source = chosen_file(self, self.tr("Restore a backup"), start, "Mingcha (*.db)")
        if source is None:
            return
        text = self.tr(
            "The record is put back to {name}; whatever came after it is added again. The present "
            "database is kept beside it.",
            name=source.name,
        )
        verb = self.tr("Restore")
        if confirmed(self.desk, self, self.tr("Restore a backup"), text, verb, danger=True):
            self.restore_from(root, source)

    def restore_from(self, root: Path, source: Path) -> None:
        """Close the workspace, take the backup back, and open it again whatever happened."""
        self._busy()
        self.desk.worker.close_session(self, lambda _none: None)
        job = self.desk.worker.apart(
            self,
            lambda progress: opening.restored(root, progress, source),
            lambda _root: self.desk.say(self.tr("The backup was restored.")),
            failed=self._refused,
            told=self.working.tell,
            ended=lambda: self.desk.go("start", open=str(root)),
        )
        self.working.follow(job, self.tr("Restoring the backup"))

    # -- checking ----------------------------------------------------------------------------

    def _check(self) -> None:
        self._long(_checked, self.tr("Checking everything"))

    def _rebuild(self) -> None:
        self._long(_rebuilt, self.tr("Making the tables anew"))

    def _long(self, work: Callable[[Session, Progress], Iterator[CheckReport]], text: str) -> None:
        self._busy()
        job = self.desk.long(
            self,
            work,
            each=self._checked,
            failed=self._refused,
            told=self.working.tell,
            ended=self._rest,
        )
        self.working.follow(job, text)

    def _busy(self) -> None:
        self._tell("")
        cleared(self._found)
        for each in self.buttons.values():
            each.setEnabled(False)

    def _rest(self) -> None:
        self.working.rest()
        for each in self.buttons.values():
            each.setEnabled(True)
        if not self.result.text():
            self._tell(self.tr("Stopped. Nothing was changed."))
        self.show_state()

    def _checked(self, report: CheckReport) -> None:
        text = operation("check_text")
        self._tell(text.report_text(self.tr, report), Tone.OK if report.ok else Tone.DANGER)
        for problem in report.problems[:MOST_SHOWN]:
            words = text.problem_text(self.tr, problem)
            self._found.addWidget(label(f"· {words} ({problem.where})", wrap=True, selectable=True))

    def _refused(self, error: Exception) -> None:
        if not self.desk.foresaw(error):
            return
        self._tell(error.text(self.tr), Tone.DANGER)

    def _tell(self, text: str, tone: Tone | None = None) -> None:
        self.result.setText(text)
        retone(self.result, tone)


def _checked(session: Session, progress: Progress) -> Iterator[CheckReport]:
    yield operation("upkeep").check(session, progress)


def _rebuilt(session: Session, progress: Progress) -> Iterator[CheckReport]:
    operation("upkeep").rebuild(session, progress)
    yield operation("upkeep").check(session, progress)


def about(count: int) -> int:
    """Return a count that is an estimate without the digits that nobody can know."""
    step: int = 10 ** max(0, len(str(count)) - 2)
    return count // step * step


def _megabytes(size: int) -> str:
    return f"{size / (1 << 20):.1f}"
