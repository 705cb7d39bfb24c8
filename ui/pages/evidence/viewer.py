"""The large view with its tools: loaded off the thread of the windows, at a bounded size."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from inspector.operations.pictures import FULL_PX
from ui.pages.evidence.away import Away
from ui.pages.evidence.canvas import Canvas
from ui.theme import tokens
from ui.theme.tokens import Tone
from ui.widgets.buttons import button, icon_button
from ui.widgets.surfaces import Nothing, column, row
from ui.work.pictures import Arrived, Want

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QImage
    from PySide6.QtWidgets import QToolButton

    from inspector.base.errors import MingchaError
    from inspector.operations.album import Item
    from inspector.operations.custody import Details
    from ui.desk import Desk

#: The longer side of what is loaded by itself. Device pixels.
PREVIEW_PX = 2048
#: Longer than this, the view says that the picture is on its way. Milliseconds.
PATIENCE_MS = 150


class Viewer(QWidget):
    """One photograph, or why there is none to see.

    Of the pictures around it only the neighbours are loaded, so that the next is there at once.
    """

    #: The original is asked for as it is.
    original_wanted = Signal()
    #: A copy of the file is asked for.
    copy_wanted = Signal()
    #: The facts are to be shown or hidden.
    facts_wanted = Signal(bool)
    #: A file is not what was stored, or not there: the error's code.
    found_wrong = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.item: Item | None = None
        self._long = 0
        self._wants: tuple[Want, ...] = ()
        self._ahead: tuple[Want, ...] = ()
        self.canvas = Canvas(desk)
        self.canvas.setAccessibleName(desk.tr("Large view"))
        self.canvas.viewed.connect(self._tell)
        self.notice: Nothing | None = None
        self._stack = QStackedWidget()
        self._stack.addWidget(self.canvas)
        #: Tells the zoom, and brings the picture to its own size.
        self.percent = button(desk.look, "", self.own_size, kind="text", extent="touch")
        self.percent.setToolTip(desk.tr("Own size, 100 % (0)"))
        self.tools = self._tools()
        self._covered = ""
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._patience.timeout.connect(self._say_waiting)
        desk.pictures.arrived.connect(self._arrived)
        self.away = Away(desk)
        self.away.came.connect(self._look_again)
        layout = column(self._bar(), self._stack, self.away, spacing=0)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self._tell()

    def _tools(self) -> dict[str, QToolButton]:
        look, tr, canvas = self._desk.look, self._desk.tr, self.canvas
        made = {
            "fit": icon_button(look, "fit", tr("Whole picture or its own size (Z)"), self.toggle),
            "out": icon_button(look, "zoom-out", tr("Zoom out (−)"), canvas.zoom_out),
            "in": icon_button(look, "zoom-in", tr("Zoom in (+)"), canvas.zoom_in),
            "turn": icon_button(look, "rotate", tr("Turn the view (R)"), lambda: canvas.turn(90)),
            "original": icon_button(
                look,
                "show",
                tr("Show the original (O); the record says so"),
                self.original_wanted.emit,
            ),
            "copy": icon_button(
                look, "export", tr("Save a copy; the record says so"), self.copy_wanted.emit
            ),
            "facts": icon_button(look, "info", tr("Facts (I)")),
        }
        made["facts"].setCheckable(True)
        made["facts"].setChecked(True)
        made["facts"].toggled.connect(self.facts_wanted)
        for each in made.values():
            each.setFixedSize(tokens.TOUCH, tokens.TOUCH)
        return made

    def _bar(self) -> QFrame:
        bar = QFrame()
        bar.setObjectName("topbar")
        self.percent.setMinimumWidth(round(64 * self._desk.look.scale))
        tools = self.tools
        layout = row(
            *(tools["out"], self.percent, tools["in"], tools["fit"], tools["turn"]),
            *(tools["original"], tools["copy"], None, tools["facts"]),
            spacing=tokens.XS,
        )
        layout.setContentsMargins(tokens.S, tokens.XS, tokens.S, tokens.XS)
        bar.setLayout(layout)
        return bar

    # -- what is shown ---------------------------------------------------------------------

    @property
    def held(self) -> tuple[Want, ...]:
        """The pictures that are shown or kept ready: no more than this one and its neighbours."""
        return (*self._wants, *self._ahead)

    def show_item(self, item: Item | None, near: Sequence[Item], covered: str = "") -> None:
        """Show a photograph; `near` are its neighbours. `covered` says why no picture may be."""
        before = (_seen_of(self.item), self._covered)
        self.item, self._covered = item, covered
        if item is not None and before == (_seen_of(item), covered):
            return  # where it belongs has changed, not what is seen of it
        self._patience.stop()
        self._give_up()
        self._long = 0
        self.away.rest()
        self.canvas.clear()
        self.canvas.setAccessibleName(item.name if item else self._desk.tr("Large view"))
        self._ahead = tuple(
            Want(each.sha256, PREVIEW_PX) for each in near if each.is_picture and not covered
        )
        if item is None:
            self._show_canvas()
        elif covered:
            self._show_canvas()
            self.canvas.clear(covered)
        elif item.is_picture:
            self._load(item)
        else:
            self._explain(item)
        self._tell()

    @property
    def elsewhere(self) -> str:
        """Where the original is that is not here, in words; "" if it is here."""
        return self.away.text

    def show_details(self, found: Details) -> None:
        """Take the size of the original in pixels, to tell zoom against it, and where it is.

        One that is not here can be neither shown in its own grain nor copied.
        """
        self._long = max(found.evidence.width or 0, found.evidence.height or 0)
        if self.canvas.image is not None:
            self.canvas.show_image(self.canvas.image, self._long)
        self.away.show_details(found)
        if self.elsewhere and self.canvas.image is None and self.notice is not None:
            self._say_away()
        self._tell()

    def _look_again(self) -> None:
        if self.item is not None:
            self._desk.pictures.forget(self.item.sha256)
        self.show_item(None, ())
        self.away.changed.emit()

    def _say_away(self) -> None:
        title = self._desk.tr("The original is not on this computer")
        self._say("drive", title, self.elsewhere)

    def show_original(self) -> None:
        """Load the picture in its own grain, as far as a window can hold it."""
        if self.item is not None and self.item.is_picture and not self._covered:
            want = Want(self.item.sha256, FULL_PX)
            self._wants = (*self._wants, want)
            image = self._desk.pictures.image(want)
            if image is not None:
                self._take(image)
            if self.canvas.is_fitted:
                self.canvas.zoom_to(1.0)

    def toggle(self) -> None:
        """Change between the whole picture and its own size; arrows then move the view."""
        self.canvas.toggle_fit()
        self.take_focus_if_zoomed()

    def own_size(self) -> None:
        """Show the picture in its own size; arrows then move the view."""
        self.canvas.own_size()
        self.take_focus_if_zoomed()

    def closer(self) -> None:
        """Look closer by one step."""
        self.canvas.zoom_in()
        self.take_focus_if_zoomed()

    def take_focus_if_zoomed(self) -> None:
        """Let the arrow keys move what is larger than the view."""
        if not self.canvas.is_fitted:
            self.canvas.setFocus()

    def _load(self, item: Item) -> None:
        self._show_canvas()
        want = Want(item.sha256, PREVIEW_PX)
        self._wants = (want,)
        problem = self._desk.pictures.problem(want)
        image = self._desk.pictures.image(want)
        if problem is not None:
            self._fail(problem)
        elif image is not None:
            self._take(image)
            self._look_ahead()
        else:
            self._patience.start()

    def _take(self, image: QImage) -> None:
        self._patience.stop()
        self._show_canvas()
        self.canvas.show_image(image, self._long)

    def _look_ahead(self) -> None:
        for want in self._ahead:
            if self._desk.pictures.problem(want) is None:
                self._desk.pictures.image(want)

    def _give_up(self) -> None:
        """Do not load what nobody looks at any more."""
        self._desk.pictures.drop((*self._wants, *self._ahead))
        self._wants, self._ahead = (), ()

    def _arrived(self, arrived: Arrived) -> None:
        if arrived.want not in self._wants:
            return
        if arrived.problem is not None:
            self._fail(arrived.problem)
        elif arrived.image is not None:
            held = self.canvas.image
            if held is None or held.width() < arrived.image.width():
                self._take(arrived.image)
            self._look_ahead()

    def _say_waiting(self) -> None:
        if self.canvas.image is None:
            self.canvas.clear(self._desk.tr("The picture is being loaded"))

    # -- what cannot be shown ----------------------------------------------------------------

    def _show_canvas(self) -> None:
        self._stack.setCurrentWidget(self.canvas)

    def _fail(self, problem: MingchaError) -> None:
        self._patience.stop()
        if self.elsewhere:
            self._say_away()
            return
        tr = self._desk.tr
        self._say("warning", tr("This picture cannot be shown"), problem.text(tr), Tone.WARN)
        if problem.code in ("blob_damaged", "blob_missing"):
            self.found_wrong.emit(problem.code)

    def _explain(self, item: Item) -> None:
        tr = self._desk.tr
        if item.erased:
            self._say(
                "trash",
                tr("Removed on purpose"),
                tr("Reason: {reason}. Name, hash and history stay.", reason=item.erased),
            )
            return
        self._say(
            "dossier",
            tr("This file is no picture"),
            tr(
                "{name} is stored unchanged under its hash, and can be placed like any other. To "
                "look at it, save a copy and open that.",
                name=item.name,
            ),
        )

    def _say(self, icon: str, title: str, text: str, tone: Tone = Tone.NEUTRAL) -> None:
        if self.notice is not None:
            self._stack.removeWidget(self.notice)
            self.notice.deleteLater()
        self.notice = Nothing(self._desk.look, icon, title, text, tone=tone)
        self._stack.setCurrentIndex(self._stack.addWidget(self.notice))
        self._tell()

    def _tell(self) -> None:
        """Say how closely one looks."""
        has_image = self.canvas.image is not None
        shown = f"{self.canvas.zoom:.0%}" if has_image else "–"
        self.percent.setText(shown)
        self.percent.setAccessibleName(f"{self._desk.tr('Own size, 100 % (0)')}: {shown}")
        self.percent.setEnabled(has_image)
        for name in ("fit", "out", "in", "turn", "original"):
            self.tools[name].setEnabled(has_image)
        self.tools["original"].setEnabled(has_image and not self.elsewhere)
        item = self.item
        may_go = item is not None and not (item.erased or self._covered or self.elsewhere)
        self.tools["copy"].setEnabled(may_go)


def _seen_of(item: Item | None) -> tuple[str, str, str] | None:
    """Return what decides which picture is seen."""
    return (item.id, item.sha256, item.erased) if item is not None else None
