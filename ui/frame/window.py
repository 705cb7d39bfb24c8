"""The main window. It navigates and nothing else."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from ui.desk import Place, Said
from ui.frame.pages import PAGES
from ui.frame.rail import Rail
from ui.frame.stack import BONES, Stack
from ui.frame.topbar import TopBar
from ui.page import Chrome
from ui.theme.look import dress
from ui.widgets.surfaces import Bones, column, row
from ui.work.stages import Stages

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent

    from inspector.domain.changes import Changes
    from ui.desk import Desk
    from ui.frame.footer import Footer
    from ui.page import Page

#: Where one begins, and where else one can go while no workspace is open.
START = "start"
WITHOUT_RECORDS = (START, "settings")
#: Imported when they are first needed: none of them is seen when the window appears.
_FOOTER, _KEYS, _PALETTE = "ui.frame.footer", "ui.frame.keys", "ui.frame.palette"
_MESSAGES = "ui.messages"


class MainWindow(QMainWindow):
    """Rail, top bar, the page that is shown, and the foot that tells what was saved.

    What the first paint shows is made at once, the rest with the first page.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._pages: dict[str, Page] = {}
        #: Pages in an earlier look, as something unsaved stands in them, and what others left.
        self._kept: set[str] = set()
        self._handed: dict[str, Any] = {}
        self._place: Place | None = None
        #: Made once, before any page: a window that stands at once, with bones where a page comes.
        self._stack = Stack()
        self._foot: Footer | None = None
        #: Until the page that was made is shown.
        self._bringing = Stages((), self)
        self._dress()
        desk.went.connect(self.show_place)
        desk.said.connect(self._say)
        desk.changed.connect(self._changed)
        desk.refused.connect(self._refused)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._stay_in_sight)

    # -- going somewhere -------------------------------------------------------------------

    @property
    def page(self) -> Page | None:
        """The page that is shown."""
        return self._pages.get(self._place.page) if self._place else None

    @property
    def place(self) -> Place | None:
        """Where one is."""
        return self._place

    def show_place(self, place: Place) -> None:
        """Go to a page, unless the one that is shown has to be finished first."""
        if place.page not in PAGES:
            tr = self.desk.tr
            self.desk.say(tr("This has no page yet. The command line “inspector” does it."))
            return
        if self.desk.root is None and place.page not in WITHOUT_RECORDS:
            if self._place_name() == START:
                # The wizard goes on: a key that leads elsewhere ends nothing of it.
                return
            place = Place(START, "", {})
        current = self.page
        if current is not None and place.page != self._place_name() and not current.may_leave():
            self._rail.mark(self._place_name())
            return
        is_new = place.page not in self._pages
        page = self._pages.get(place.page) or self._make(place.page)
        self._place = place
        # It asks for what it shows; while that is read there is time for the rest.
        page.show_place(place)
        self.complete()
        if is_new and current is not None:
            # To make it and to lay it out are two turns: each alone is as much as nobody feels.
            self._stack.clear_away()
            self._bringing.add([self._bring])
            self._bringing.begin()
        elif not (page.is_awaited and self._stack.is_clear):
            self._bring()

    def _filled(self, page: Page) -> None:
        if page is self.page and self._stack.is_clear:
            self._bring()

    def _bring(self) -> None:
        """Show the page of the place where one is."""
        place, page = self._place, self.page
        if place is None or page is None:
            return
        self._bringing.drop()
        bare = page.chrome is Chrome.BARE
        self._topbar.show_page(page)
        if bare or self._stack.is_clear:
            # The page is laid out once, in the room that it keeps: a bare one beside the rail
            # would make the window larger than the screen.
            self._frame(bare=bare)
        if self._stack.is_clear:
            self._around.activate()
        # What was read before it is shown may have said already where keys go on.
        wanted = page.focusWidget() if self._stack.indexOf(page) < 0 else None
        left = self._stack.currentWidget() is not page
        self._stack.bring(page)
        if left and (before := self.complete().take()).text:
            # Words go along; taking back is for the page that did it.
            self._say(before)
        self._frame(bare=bare)
        self._rail.mark(place.page)
        if place.page in self._kept:
            tr = self.desk.tr
            self.desk.say(tr("What is typed here is kept. Once it is saved the page looks anew."))
        if wanted is not None:
            wanted.setFocus()
        elif not page.isAncestorOf(self.focusWidget() or self):
            page.setFocus()

    def _frame(self, *, bare: bool) -> None:
        self._rail.setVisible(not bare)
        self._topbar.setVisible(not bare)

    def rebuild(self) -> None:
        """Make everything anew in another language, theme or text size; stay where one is.

        A page in which something stands that nobody saved stays as it is: see `renew`.
        """
        place, self._place = self._place, None
        self._kept = {name for name, page in self._pages.items() if page.would_lose()}
        self._stack = Stack()
        for name in list(self._pages):
            if name not in self._kept:
                self._drop(name)
                continue
            for tool in self._pages[name].tools:
                tool.setParent(None)
            self._stack.addWidget(self._pages[name])
        self._dress()
        if place is not None:
            self.show_place(place)

    def is_typed_in(self) -> bool:
        """Whether something was typed on a page that would be lost if it were made anew."""
        return any(page.is_typed_in() for page in self._pages.values())

    def is_unsaved(self) -> bool:
        """Whether something typed on a page would be gone with the window."""
        return any(page.is_unsaved() for page in self._pages.values())

    def renew(self) -> bool:
        """Make the pages anew that waited for what was typed; say whether others still wait."""
        for name in [each for each in self._kept if not self._pages[each].would_lose()]:
            self._kept.remove(name)
            place = self._place if name == self._place_name() else None
            if place is not None:
                self._place = None
            self._drop(name)
            if place is not None:
                self.show_place(place)
        return bool(self._kept)

    def _drop(self, name: str) -> None:
        page = self._pages.pop(name)
        self._handed[name] = page.hand_over()
        self._stack.removeWidget(page)
        page.deleteLater()

    def _place_name(self) -> str:
        return self._place.page if self._place else ""

    def _make(self, name: str) -> Page:
        page = PAGES[name].make(self.desk)
        if name in self._handed:
            page.take_over(self._handed.pop(name))
        page.retitled.connect(lambda: self._retitle(page))
        page.filled.connect(lambda: self._filled(page))
        self._pages[name] = page
        return page

    def _retitle(self, page: Page) -> None:
        if page is self.page:
            self._topbar.retitle(page)

    # -- around the page -------------------------------------------------------------------

    def _dress(self) -> None:
        desk = self.desk
        dress(desk.look, self)
        # Neutral: whoever passes by reads no more than this.
        self.setWindowTitle(desk.tr("Records"))
        self._rail = Rail(desk)
        self._rail.chosen.connect(desk.go)
        self._topbar = TopBar(desk)
        self._topbar.searched.connect(self._search)
        self._foot = None
        self._stack.insertWidget(BONES, Bones())
        centre = QWidget()
        centre.setObjectName("canvas")
        self._middle = column(self._topbar, self._stack, spacing=0)
        self._middle.setStretch(1, 1)
        self._around = row(self._rail, spacing=0)
        self._around.addLayout(self._middle, 1)
        centre.setLayout(self._around)
        self.setCentralWidget(centre)

    def complete(self) -> Footer:
        """Add what is not seen until there is a page: the foot, and the keys of every window.

        Return the foot. What is there already is not added again.
        """
        if self._foot is None:
            foot: Footer = importlib.import_module(_FOOTER).Footer(self.desk, self._undo)
            self._foot = foot
            self._middle.addWidget(foot)
            self._rail.complete()
            self._topbar.complete()
            acts = {"Ctrl+Z": self._undo, "Ctrl+K": self._search}
            importlib.import_module(_KEYS).bind(self, self.desk, acts)
        return self._foot

    def _stay_in_sight(self, left: QWidget | None, now: QWidget | None) -> None:
        """Leave the keys where they are when a page that is not shown says where its keys go on.

        What is read for a page comes whenever it is read, also once somebody is on another one.
        """
        shown = self._stack.currentWidget()
        if left is None or now is None or shown is None or not left.isVisible():
            return
        if self._stack.isAncestorOf(now) and shown is not now and not shown.isAncestorOf(now):
            left.setFocus()

    # -- what happens ----------------------------------------------------------------------

    def _changed(self, changes: Changes) -> None:
        page = self.page
        if self._foot is not None:
            # What was said of this action itself comes after the change.
            self._foot.another_was_saved()
        # In discretion it is not seen, and reads everything when it comes back.
        if page is not None and not self.desk.discreet:
            page.refresh(changes)

    def _say(self, said: Said) -> None:
        page = self.page
        if page is None or not page.tell(said):
            self.complete().say(said)

    def _search(self) -> None:
        if self.desk.locked or self.desk.root is None:
            return
        importlib.import_module(_PALETTE).open_palette(self.desk, self)

    def _undo(self) -> None:
        page = self.page
        if page is not None and not self.desk.locked:
            page.undo()

    def _refused(self, error: Exception) -> None:
        importlib.import_module(_MESSAGES).show_failure(self.desk, self, error)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close in order: the page first, then the work, then the store."""
        page = self.page
        if page is not None and not page.may_leave():
            event.ignore()
            return
        # A page that is made and not shown yet is no part of the window.
        for part in filter(None, (self, page)):
            for stages in part.findChildren(Stages):
                stages.drop()
        self.desk.closing.emit()
        self.desk.shutdown()
        event.accept()
