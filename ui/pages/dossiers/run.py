"""Exporting many dossiers one after the other, while everything else goes on."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from inspector.base.errors import MingchaError
from inspector.base.system_reasons import reason_of
from inspector.domain.filenames import file_name
from inspector.domain.numbers import bare_number
from inspector.operations.dossiers import note_export, ready_dossier, write_ready
from inspector.operations.upkeep import require_sound
from inspector.operations.volumes import VolumeRow, merge, write_index

if TYPE_CHECKING:
    from pathlib import Path

    from inspector.operations.dossiers import DossierOptions, PaperResult, ReadyDossier
    from inspector.operations.session import Session
    from inspector.operations.volumes import Choice
    from ui.desk import Desk
    from ui.work.worker import Job


@dataclass(frozen=True, slots=True)
class Order:
    """What to export: visits, how they are printed, where to, and what comes with them."""

    choices: tuple[Choice, ...]
    options: DossierOptions
    folder: Path
    pattern: str
    index: bool
    merged: bool


class ExportRun(QObject):
    """One order on its way. It ends with `ended`, whatever happens."""

    #: A visit's dossier was begun, is done, or failed: the visit's id, and for a failure why.
    began = Signal(str)
    done = Signal(str)
    failed = Signal(str, object)
    #: How many of all are finished.
    progressed = Signal(int, int)
    #: All is over: the files that were written, and whether it was stopped.
    ended = Signal(list, bool)

    def __init__(self, desk: Desk, order: Order, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._order = order
        self._left = list(order.choices)
        self._rows: list[VolumeRow] = []
        self._files: list[Path] = []
        self._job: Job | None = None
        self._stopped = False
        self.ended.connect(self._tell_end)

    def start(self) -> None:
        """Verify the record, as every export does, then begin with the first visit."""
        self._desk.act(self, require_sound, lambda _none: self._next(), self._end_badly)

    def _tell_end(self, files: list[Path], stopped: bool) -> None:
        """Say what was made, wherever one is by now."""
        tr = self._desk.tr
        self._desk.say(
            tr("Stopped. {count} files are finished.", count=len(files))
            if stopped
            else tr("{count} files are saved.", count=len(files))
        )
        self.deleteLater()

    def stop(self) -> None:
        """End after what is finished; the dossier being written leaves no file behind."""
        self._stopped = True
        if self._job is not None:
            self._job.stop()

    # -- one dossier -----------------------------------------------------------------------

    def _next(self) -> None:
        total = len(self._order.choices)
        self.progressed.emit(total - len(self._left), total)
        if self._stopped or not self._left:
            self._finish()
            return
        choice = self._left.pop(0)
        self.began.emit(choice.visit.id)
        self._desk.act(
            self,
            partial(ready_dossier, visit=choice.visit.id, options=self._order.options),
            partial(self._write, choice),
            partial(self._fail, choice),
        )

    def _write(self, choice: Choice, ready: ReadyDossier) -> None:
        if self._stopped:
            self._finish()
            return
        try:
            target = self._order.folder / self._name(choice)
        except OSError as error:
            folder = self._order.folder
            self._fail(choice, MingchaError("export_failed", path=folder, detail=reason_of(error)))
            return
        self._job = self._desk.papers.run(
            self,
            lambda progress: write_ready(ready, target, progress),
            partial(self._note, choice, target),
            failed=partial(self._fail, choice),
            ended=self._after_writing,
        )

    def _after_writing(self) -> None:
        if self._stopped and self._job is not None:
            self._job = None
            self._finish()

    def _note(self, choice: Choice, target: Path, result: PaperResult) -> None:
        self._job = None
        self._files.append(target)
        self._rows.append(
            VolumeRow(
                visit=choice.visit.id,
                number=bare_number(choice.visit),
                hall=choice.hall,
                day=choice.day,
                file=target.name,
                pages=result.pages,
                sha256=result.sha256,
                draft=not choice.sealed,
            )
        )
        visit, lang = choice.visit.id, self._order.options.lang
        self._desk.act(
            self,
            lambda session: note_export(session, visit, target, result, lang),
            lambda _none: self._noted(visit),
            partial(self._fail, choice),
        )

    def _noted(self, visit: str) -> None:
        self.done.emit(visit)
        self._next()

    def _fail(self, choice: Choice, error: Exception) -> None:
        self._job = None
        self.failed.emit(choice.visit.id, error)
        self._next()

    def _name(self, choice: Choice) -> str:
        there = [path.name for path in self._order.folder.iterdir()]
        taken = frozenset(name.casefold() for name in there)
        return file_name(self._order.pattern, choice.fields(self._order.options.lang), "pdf", taken)

    # -- the volume ------------------------------------------------------------------------

    def _finish(self) -> None:
        if self._stopped or not self._rows:
            self.ended.emit(self._files, self._stopped)
        elif self._order.index:
            self._desk.read(self, self._index, self._merge, self._end_badly)
        else:
            self._merge(None)

    def _index(self, session: Session) -> Path:
        target = self._free("index")
        write_index(session, self._rows, target, self._order.options.lang)
        return target

    def _merge(self, index: Path | None) -> None:
        parts = list(self._files)
        if index is not None:
            self._files.append(index)
            parts.insert(0, index)
        if not self._order.merged:
            self.ended.emit(self._files, False)
            return
        target = self._free("volume")
        self._job = self._desk.papers.run(
            self,
            lambda progress: merge(parts, target, progress),
            lambda _pages: self._end(target),
            failed=self._end_badly,
        )

    def _end(self, target: Path) -> None:
        self._files.append(target)
        self.ended.emit(self._files, False)

    def _end_badly(self, error: Exception) -> None:
        self.failed.emit("", error)
        self.ended.emit(self._files, False)

    def _free(self, stem: str) -> Path:
        """Return a path in the folder that nothing has yet."""
        number, path = 1, self._order.folder / f"{stem}.pdf"
        while path.exists():
            number += 1
            path = self._order.folder / f"{stem} ({number}).pdf"
        return path
