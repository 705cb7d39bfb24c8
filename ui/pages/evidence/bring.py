"""Bringing photographs into a visit: they are offered, chosen and only then stored.

The window stays beside the page, so that one goes on recording while a telephone sends. It closes
by its button only: Esc twice hides the view, and must not end an upload on its way.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from inspector.domain.vocabulary import EvidenceRoute
from inspector.operations.incoming import Taken, taken_before
from inspector.operations.offering import (
    Around,
    Found,
    Offered,
    Outcome,
    around,
    offer,
    store_offered,
)
from inspector.operations.pictures import offered_pictures
from ui.choosing import chosen_folder
from ui.messages import asked_files
from ui.pages.evidence.bringing import dropping_words
from ui.pages.evidence.offered import OfferedModel, state_of
from ui.pages.evidence.panels import Panels
from ui.pages.evidence.parts import Foot, Head, OfferCard
from ui.pages.evidence.pasted import keep_clipboard
from ui.pages.evidence.results import Results
from ui.pages.evidence.routes import UNFOLDING, Ways
from ui.pages.evidence.waiting import Waiting
from ui.theme import tokens
from ui.widgets.dropping import Dropping, local_files
from ui.widgets.surfaces import column, row
from ui.widgets.working import Working
from ui.work.pictures import Shelf

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData

    from inspector.domain.changes import Changes
    from inspector.operations.evidence import AddedFile
    from ui.desk import Desk
    from ui.work.worker import Job

#: What decoded thumbnails of offered files may take in memory. Bytes.
THUMBNAILS = 32 << 20
#: While files come they are shown and counted no more often, and the less often the more there are:
#: the list goes through all of its lines each time. Milliseconds, and files for one more of them.
SHOW_MS, FILES_A_MS = 100, 40
#: A change of one of these may change what is offered, or whether anything is taken at all.
_CONCERNS = frozenset({"seal", "visit", "event", "clock_check", "visit_member"})


def bring_in(
    desk: Desk,
    parent_page: QWidget,
    visit_id: str,
    paths: tuple[Path, ...] = (),
    route: EvidenceRoute = EvidenceRoute.IMPORT,
) -> BringDialog:
    """Open the window for a visit, or come back to it, and offer `paths` at once.

    route: how they came, as the record will say.
    """
    window = parent_page.window()
    opened = (each for each in window.findChildren(BringDialog) if each.visit == visit_id)
    dialog = next((each for each in opened if each.isVisible()), None)
    dialog = dialog or BringDialog(desk, window, visit_id)
    dialog.show()
    dialog.raise_()
    dialog.activateWindow()
    if paths:
        dialog.offer(paths, route)
    return dialog


def bring_pasted(desk: Desk, parent_page: QWidget, visit_id: str) -> BringDialog:
    """Open the window and offer what is on the clipboard: a picture, or files."""
    dialog = bring_in(desk, parent_page, visit_id)
    dialog.paste()
    return dialog


class BringDialog(QDialog):
    """Ways at the left, what is offered at the right, and one button that stores."""

    def __init__(self, desk: Desk, parent: QWidget, visit: str) -> None:
        super().__init__(parent)
        self.visit, self._desk = visit, desk
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(1080, 660)
        self._around: Around | None = None
        self._queue: list[tuple[tuple[Path, ...], EvidenceRoute]] = []
        self._job: Job | None = None
        self._outcome: Outcome | None = None
        self._waiting = Waiting(desk)
        self._passed, self._more, self._looked = 0, False, False
        self.model = OfferedModel(desk.tr, self)
        paths = self.model.paths
        self.shelf = Shelf(
            desk.worker, desk, THUMBNAILS, lambda session: offered_pictures(session, paths)
        )
        self._make_parts(desk)
        self.setLayout(self._layout())
        self.model.ticked.connect(self._count)
        self._found_since: list[Offered] = []
        self._soon = QTimer(self, singleShot=True)
        self._soon.timeout.connect(self._show_found)
        self.model.grown.connect(self._show_soon)
        self._name(covert=True)
        self._count()
        # Of the window, as a button forgets its key with each new text.
        QShortcut(QKeySequence("Ctrl+Return"), self).activated.connect(self.store)
        desk.worker.changed.connect(self._changed)
        self._read()
        self.ways.buttons["files"].setFocus()

    def _make_parts(self, desk: Desk) -> None:
        self.ways = Ways(desk)
        self.ways.setFixedWidth(round(218 * desk.look.scale))
        self.ways.pressed.connect(self._go)
        self.head = Head(desk)
        self.head.changed.connect(self._judge)
        self.card = OfferCard(desk, self.model, self.shelf)
        self.working = Working(desk)
        self.results = Results(desk)
        self.foot = Foot(desk)
        self.foot.close_button.clicked.connect(self.close)
        self.foot.store.clicked.connect(self.store)
        self.panels = Panels(desk, self.ways, self.visit)
        self.panels.offered.connect(self.offer)
        self.panels.upload.received.connect(partial(self._wait_for, EvidenceRoute.UPLOAD))
        self.panels.camera.failed.connect(self._refused_once)
        self.panels.camera.taken.connect(
            lambda taken: self._wait_for(EvidenceRoute.CAMERA, taken.path, taken.ms)
        )
        self.card.pictures.toggled.connect(lambda on: self.panels.camera.show_preview(shown=on))
        self.dropping = Dropping(desk, self, self._takes, self._take, dropping_words(desk))

    def _layout(self) -> QVBoxLayout:
        right = column(self.head, self.panels, spacing=tokens.M)
        right.addWidget(self.card, 1)
        right.addWidget(self.working)
        right.addWidget(self.results)
        both = row(self.ways, spacing=tokens.L)
        both.addLayout(right, 1)
        both.setContentsMargins(tokens.L, tokens.L, tokens.L, tokens.M)
        whole = column(spacing=0)
        whole.addLayout(both, 1)
        whole.addWidget(self.foot)
        return whole

    @property
    def is_busy(self) -> bool:
        """Whether files are being looked at or stored, or wait for it."""
        return self._job is not None or bool(self._queue)

    # -- the visit -----------------------------------------------------------------------------

    def _read(self) -> None:
        visit = self.visit
        self._desk.read(self, lambda session: around(session, visit), self._begin, self._refused)

    def _begin(self, found: Around) -> None:
        before, self._around = self._around, found
        if before is None:
            self._find_taken(found.editions)
        self.head.show_members(found)
        self._name(covert=found.watched)
        # Somebody may want to see them all the same; but never because they were seen before.
        if before is None or found.watched is not before.watched:
            self.card.pictures.setChecked(not found.watched)
        self._judge()
        self._next()

    def _name(self, *, covert: bool) -> None:
        """Name the window neutrally while somebody may look over the shoulder."""
        tr = self._desk.tr
        self.setWindowTitle(tr("Files") if covert else tr("Bring in photographs"))
        self.head.title.setText(tr("Bring in files") if covert else tr("Bring in photographs"))
        self.panels.camera.name(covert=covert)

    def _judge(self) -> None:
        if self._around is not None:
            self.model.judge(self._around, self.head.observer)

    def _changed(self, changes: Changes) -> None:
        if self._around is not None and {noun for noun, _id in changes.touched} & _CONCERNS:
            self._read()

    def _refused(self, error: Exception) -> None:
        """Say why the visit takes nothing (any more): it may have been sealed meanwhile."""
        if not self._desk.foresaw(error):
            return
        self._around = None
        self._queue.clear()
        self.panels.stop()
        for each in (self.ways, self.head, self.card, self.panels):
            each.setEnabled(False)
        self.results.show_error(
            error, self._waiting.keep_taken(sealed=error.code == "visit_sealed")
        )
        self._count()

    # -- ways in -------------------------------------------------------------------------------

    def _go(self, way: str) -> None:
        self.results.clear()
        if way in UNFOLDING:
            self.panels.toggle(way)
        elif way == "paste":
            self.paste()
        elif way == "folder":
            folder = chosen_folder(self, self._desk.tr("Folder"), Path.home())
            self.offer((folder,) if folder else ())
        else:
            self.offer(tuple(asked_files(self, self._desk.tr("Files"), "")))

    def paste(self) -> None:
        """Offer what is on the clipboard: files that were copied, or a picture."""
        data = QGuiApplication.clipboard().mimeData()
        files = local_files(data) if data is not None else ()
        if files:
            self.offer(files)
            return
        tr, kept = self._desk.tr, partial(self._wait_for, EvidenceRoute.PASTE)
        if keep_clipboard(self._desk, self, kept, self._refused_once):
            words = tr("A pasted picture states no time; give it one once it is stored.")
        else:
            words = tr("There is no picture on the clipboard. Copy one, then paste it again.")
        self.results.show_note(words)

    def _takes(self, data: QMimeData) -> bool:
        return self._around is not None and bool(local_files(data))

    def _take(self, data: QMimeData) -> None:
        self.offer(local_files(data))

    def _wait_for(self, route: EvidenceRoute, path: Path, taken_ms: int | None = None) -> None:
        self._waiting.add(path, taken_ms)
        self.offer((path,), route)

    def _find_taken(self, visits: tuple[str, ...]) -> None:
        """Offer again what the camera took for these visits and nobody stored or gave up."""
        root = self._desk.root
        if root is not None:
            work = partial(_taken_before, root, visits)
            self._desk.papers.run(self, work, self._offer_taken)

    def _offer_taken(self, found: tuple[Taken, ...]) -> None:
        for path, ms in found:
            self._waiting.add(path, ms)
        self.offer(tuple(path for path, _ms in found), EvidenceRoute.CAMERA)
        if found:
            self.results.show_note(
                self._desk.tr("Pictures taken here before and not stored are offered again.")
            )

    # -- looking -------------------------------------------------------------------------------

    def offer(self, paths: tuple[Path, ...], route: EvidenceRoute = EvidenceRoute.IMPORT) -> None:
        """Look at files and folders, after what is being looked at already."""
        if paths:
            self._queue.append((paths, route))
            self._next()

    def _next(self) -> None:
        if self._job is not None or self._around is None or not self._queue:
            return
        paths, route = self._queue.pop(0)
        visit, observer, already = self.visit, self.head.observer, self.model.hashes
        live = {each: self._waiting.live[each] for each in paths if each in self._waiting.live}
        self._looked = True
        self._job = self._desk.long(
            self,
            lambda session, progress: offer(
                session,
                visit,
                paths,
                route,
                progress,
                observer=observer,
                already=already,
                live=live,
            ),
            each=self._found,
            told=self.working.tell,
            failed=self._refused_once,
            ended=self._rest,
        )
        self.working.follow(self._job, self._desk.tr("Looking for files"))
        self._count()

    def _found(self, found: Found) -> None:
        self._passed += len(found.passed_over)
        self._more = self._more or found.more
        self._found_since.extend(found.offered)
        self._show_soon()

    def _show_soon(self) -> None:
        if not self._soon.isActive():
            self._soon.start(SHOW_MS + self.model.total // FILES_A_MS)

    def _show_found(self) -> None:
        found, self._found_since = self._found_since, []
        self.model.add(found)
        self._count()

    def _refused_once(self, error: Exception) -> None:
        if self._desk.foresaw(error):
            self.results.show_error(error)

    def _rest(self) -> None:
        self._job = None
        self.working.rest()
        self._show_found()
        self._next()

    # -- storing -------------------------------------------------------------------------------

    def store(self) -> None:
        """Store what is ticked, in steps; what cannot be stored is named and stays ticked."""
        if not self.foot.store.isEnabled():
            return
        chosen = self.model.chosen
        visit, observer, provided = self.visit, self.head.observer, self.head.provided.isChecked()
        self.results.clear()
        self._outcome = Outcome()
        self._job = self._desk.long(
            self,
            lambda session, progress: store_offered(
                session, visit, chosen, observer, progress, provided=provided
            ),
            each=self._stored,
            told=self.working.tell,
            failed=self._refused_once,
            ended=self._end_storing,
        )
        self.working.follow(self._job, self._desk.tr("Taking in files"))
        self._count()

    def _stored(self, added: AddedFile) -> None:
        if self._outcome is not None:
            self._outcome.add(added)
        path, refused = added.taken.path, added.taken.status == "refused"
        self.model.tell(path, state_of(added, self._desk.tr), stored=not refused)
        if not refused:
            self._waiting.stored(path)

    def _end_storing(self) -> None:
        stopped = self._job is not None and self._job.stopped.is_set()
        outcome, self._outcome = self._outcome, None
        if outcome is not None and (outcome.stored or outcome.known or outcome.failed or stopped):
            self.results.show_outcome(outcome, stopped=stopped)
        self._read()
        self._rest()

    # -- what is seen --------------------------------------------------------------------------

    def _count(self) -> None:
        chosen = self.model.chosen
        size = sum(each.file.size for each in chosen)
        busy = self._job is not None
        self.foot.show_chosen(len(chosen), size, self._around, busy=busy)
        looked = self._looked and not busy
        self.card.show_state(self._passed, more=self._more, looked=looked)

    # -- leaving -------------------------------------------------------------------------------

    def reject(self) -> None:
        """Stay: Esc belongs to hiding the view."""

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close, once it is clear what becomes of files that were received and not stored."""
        if not self._waiting.may_leave(self):
            event.ignore()
            return
        self.panels.stop()
        if self._job is not None:
            self._job.stop()
        self.shelf.retire()
        self._waiting.leave()
        event.accept()


def _taken_before(root: Path, visits: tuple[str, ...], _progress: object) -> tuple[Taken, ...]:
    return taken_before(root, *visits)
