"""Real pages of the dossier that will be exported, drawn apart from the windows."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QWidget

from inspector.operations.previews import (
    PagePicture,
    Preview,
    make_preview,
    page_picture,
    ready_preview,
    remove,
)
from ui.pages.dossiers.strip import Strip, pixmap_of
from ui.theme import tokens
from ui.theme.tokens import Type
from ui.widgets.buttons import button, icon_button
from ui.widgets.surfaces import Nothing, column, row
from ui.widgets.text import Elided, label

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from inspector.operations.dossiers import DossierOptions, ReadyDossier
    from ui.desk import Desk
    from ui.work.worker import Job

#: A page as wide as the pane, but no wider than paper looks good at.
WIDEST = 900


class PreviewPane(QFrame):
    """One page at a time; ← → and the page keys turn pages."""

    #: A page is shown: its number from 1, and how many there are.
    turned = Signal(int, int)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        tr, look = desk.tr, desk.look
        self.setAccessibleName(tr("Preview"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._page = QLabel()
        self._page.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._page.setContentsMargins(tokens.L, tokens.L, tokens.L, tokens.L)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        # Always there: a bar that comes with the page would make it too wide.
        self._area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._area.setWidget(self._page)
        self.strip = Strip(desk)
        self.strip.chosen.connect(self.show_page)
        self._page.setObjectName("canvas")
        self._empty: QWidget = Nothing(
            look, "dossier", tr("No visit chosen"), tr("Choose a visit to see its pages.")
        )
        self.uncover = self._make_cover()
        self.setLayout(column(spacing=0))
        body = self.layout()
        assert body is not None
        body.addWidget(self._empty)
        self._head = self._make_head()
        body.addWidget(self._head)
        body.addWidget(self.uncover)
        self._pages = self._make_pages()
        body.addWidget(self._pages)
        self._covered = False
        self._waiting: Callable[[], None] | None = None
        self._preview: Preview | None = None
        self._job: Job | None = None
        self._number = 0
        self._wanted = ""
        self.clear()

    def _make_pages(self) -> QWidget:
        pages = row(self.strip, spacing=0)
        pages.addWidget(self._area, 1)
        made = QWidget()
        made.setLayout(pages)
        return made

    def _make_head(self) -> QWidget:
        tr, look = self._desk.tr, self._desk.look
        self._title = Elided(role=Type.STRONG)
        self._count = label("", Type.BODY)
        self._back = icon_button(look, "previous", tr("Previous page"), lambda: self.turn(-1))
        self._on = icon_button(look, "next", tr("Next page"), lambda: self.turn(1))
        #: Pressed, a page is shown whole; else as wide as there is room.
        self.whole = button(look, tr("Whole page"), self._draw, kind="chip", icon="fit")
        head = row(self._title, self._back, self._count, self._on, self.whole, stretch=0)
        head.setContentsMargins(tokens.L, tokens.S, tokens.L, tokens.S)
        made = QWidget()
        made.setObjectName("panel")
        made.setLayout(head)
        return made

    def _make_cover(self) -> Nothing:
        tr = self._desk.tr
        return Nothing(
            self._desk.look,
            "hide",
            tr("A covert part is going on: no page is shown by itself."),
            tr("Pages name places and people."),
            tr("Show the pages"),
            self._uncover,
        )

    # -- which dossier ---------------------------------------------------------------------

    def cover(self, *, covered: bool) -> None:
        """Say whether pages are shown only after a press, as they are while anybody is covert.

        What is shown already is covered too.
        """
        if covered and not self._covered:
            self.clear()
        self._covered = covered

    def _uncover(self) -> None:
        self._covered = False
        if self._waiting is not None:
            self._waiting()
            self.setFocus()

    def clear(self) -> None:
        """Show that nothing is chosen, and remove what was shown."""
        self._forget()
        self._wanted = ""
        self._waiting = None
        self._set_shown(shown=False)

    def show_visit(self, visit: str, name: str, options: DossierOptions) -> None:
        """Make and show the dossier of a visit; what is being made for another one is stopped."""
        self._forget()
        self._wanted = visit
        self._set_shown(shown=True)
        self._title.setText(self._desk.tr("Preview · {name}", name=name))
        self._count.setText("")
        if self._covered:
            self._page.clear()
            self._waiting = partial(self.show_visit, visit, name, options)
            return
        self._page.setText(self._desk.tr("The pages are being made …"))
        self._waiting = None
        self._desk.read(
            self, partial(ready_preview, visit=visit, options=options), partial(self._make, visit)
        )

    def _make(self, visit: str, ready: ReadyDossier) -> None:
        root = self._desk.root
        if visit != self._wanted or root is None:
            return
        self._job = self._desk.papers.run(
            self, lambda progress: make_preview(root, ready, progress), self._take
        )

    def _take(self, preview: Preview) -> None:
        if self._job is not None and self._job.stopped.is_set():
            remove(preview)  # finished while it was being stopped
            return
        self._job = None
        self._preview = preview
        self._number = 0
        self._draw()
        # After the page that is looked at: both are drawn one after the other.
        self.strip.show_pages(preview)

    def _forget(self) -> None:
        if self._job is not None:
            self._job.stop()
        if self._preview is not None:
            old = self._preview
            self._desk.papers.run(self, lambda _progress: remove(old))
        self._preview = None
        self.strip.show_pages(None)

    def _set_shown(self, *, shown: bool) -> None:
        self._empty.setVisible(not shown)
        self._head.setVisible(shown)
        self._pages.setVisible(shown and not self._covered)
        self.uncover.setVisible(shown and self._covered)
        for turning in (self._back, self._on):
            turning.setEnabled(False)

    # -- which page ------------------------------------------------------------------------

    @property
    def is_shown(self) -> bool:
        """Whether a page is to be seen."""
        return self._preview is not None and not self._page.pixmap().isNull()

    def turn(self, step: int) -> None:
        """Go some pages on or back."""
        self.show_page(self._number + step)

    def show_page(self, number: int) -> None:
        """Show a page by its number from 0, the first or last one where there is none."""
        if self._preview is not None:
            self._number = min(max(number, 0), self._preview.pages - 1)
            self._draw()

    def _draw(self) -> None:
        preview, number = self._preview, self._number
        if preview is None:
            return
        self.strip.stand_on(number)
        ratio, room = self.devicePixelRatioF(), self._area.viewport().size()
        width = max(200, round(min(room.width() - 2 * tokens.L - 2, WIDEST) * ratio))
        high = round((room.height() - 2 * tokens.L) * ratio)
        height = max(200, high) if self.whole.isChecked() else 0
        self._desk.papers.run(
            self,
            lambda _progress: page_picture(preview, number, width, height),
            partial(self._show, preview, ratio),
        )

    def _show(self, preview: Preview, ratio: float, drawn: PagePicture) -> None:
        if preview is not self._preview or drawn.number != self._number:
            return
        self._page.setPixmap(pixmap_of(drawn, ratio))
        self._area.verticalScrollBar().setValue(0)
        self._count.setText(f"{drawn.number + 1} / {preview.pages}")
        self._page.setAccessibleName(
            self._desk.tr("Page {number} of {count}", number=drawn.number + 1, count=preview.pages)
        )
        self._back.setEnabled(drawn.number > 0)
        self._on.setEnabled(drawn.number + 1 < preview.pages)
        self.turned.emit(drawn.number + 1, preview.pages)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn pages."""
        steps = {
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_PageDown: 1,
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_PageUp: -1,
        }
        step = steps.get(Qt.Key(event.key()))
        if step:
            self.turn(step)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw the page at its new width."""
        super().resizeEvent(event)
        self._draw()

    def minimumSizeHint(self) -> QSize:
        """Return the room in which a page can still be made out."""
        return QSize(320, 240)
