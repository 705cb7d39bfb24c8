"""Taking pictures with a camera of this computer: off until it is started, silent, soon let go.

A picture is one frame as it came. Its time is this computer's clock at the press; it is offered
like the files of a card and stored only when somebody chooses so.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal

from inspector.base.clock import to_datetime
from inspector.base.errors import MingchaError
from inspector.operations.incoming import Taken, keep_taken
from ui.theme import tokens
from ui.widgets.buttons import button, icon_button
from ui.widgets.camera_view import PREVIEW, PREVIEW_MS, Preview, jpeg_of, small_image
from ui.widgets.choice import Choice
from ui.widgets.surfaces import Card, column, row
from ui.widgets.text import label
from ui.work.cameras import Cameras, Frame, Named, Opened, SystemCameras

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QImage

    from inspector.base.clock import Clock
    from ui.desk import Desk

#: A camera that gives nothing for so long is not allowed to, or held by another program.
PATIENCE_MS = 10_000


class CameraPanel(Card):
    """Which camera, what it sees, and the button that takes a picture; or what is missing."""

    #: A picture was taken and waits to be offered: `Taken`.
    taken = Signal(object)
    #: A picture could not be kept: the exception.
    failed = Signal(object)

    def __init__(self, desk: Desk, visit: str) -> None:
        super().__init__(desk.tr("Camera"))
        self._desk, self._visit = desk, visit
        self.cameras: Cameras = SystemCameras()
        self._opened: Opened | None = None
        self._frame: Frame | None = None
        #: The frame that was taken last: pressing twice within it takes it once.
        self._took: Frame | None = None
        #: The clock of the record. It is read here, at the press: the worker may be busy for long.
        self._clock: Clock | None = None
        self._looked_at = False
        self._shown = False
        self.count = 0
        self._make_parts(desk)
        self._pause = QTimer(self, singleShot=True, interval=PREVIEW_MS)
        self.patience = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self.patience.timeout.connect(self._wait_no_longer)
        desk.read(self, lambda session: session.store.clock, self._take_clock)
        desk.closing.connect(self.stop)
        desk.covered.connect(self._leave_when_covered)
        self.name(covert=True)
        self._show_state()

    def _make_parts(self, desk: Desk) -> None:
        tr, look = desk.tr, desk.look
        self.again = icon_button(look, "refresh", tr("Look again"), self.look_again)
        self.halt = button(look, tr("Turn off"), self.stop, icon="stop", extent="touch")
        self.head.addStretch(1)
        self.head.addWidget(self.again)
        self.head.addWidget(self.halt)
        self.preview = Preview(desk, tr("What the camera sees"))
        self.choice = Choice(tr("Camera"))
        self.start = button(look, tr("Turn on"), self.open, kind="primary", extent="touch")
        self.shoot = button(look, "", self.take, kind="primary", icon="camera", extent="touch")
        # A command in it may be copied.
        self.said = label("", wrap=True, selectable=True)
        words = column(
            row(self.choice, self.start, self.shoot, stretch=0), self.said, None, spacing=tokens.S
        )
        both = row(self.preview, spacing=tokens.L)
        both.addLayout(words, 1)
        self.body.addLayout(both)

    # -- which there are -----------------------------------------------------------------------

    def look_again(self) -> None:
        """Look which cameras are connected, once what they need is loaded."""
        if self._opened is None:
            self.again.setEnabled(False)
            self.said.setText(self._desk.tr("Looking for cameras"))
            cameras = self.cameras
            self._desk.papers.run(
                self,
                lambda _progress: cameras.load(),
                lambda _nothing: self._show_found(self.cameras.found()),
                failed=self._refuse,
                ended=lambda: self.again.setEnabled(True),
            )

    def _show_found(self, found: tuple[Named, ...]) -> None:
        before = self.choice.currentData()
        self.choice.clear()
        for each in found:
            self.choice.addItem(each.name, each.key)
        self.choice.setCurrentIndex(max(0, self.choice.findData(before)))
        if found:
            self._show_state()
        else:
            self._refuse(MingchaError("camera_absent"))

    def _refuse(self, error: Exception) -> None:
        """Say what is missing, how to get it, and what to do instead."""
        self._let_go()
        self._show_state()
        if self._desk.foresaw(error):
            self.said.setText(error.text(self._desk.tr))

    # -- on and off ----------------------------------------------------------------------------

    @property
    def is_on(self) -> bool:
        """Whether a camera is lit."""
        return self._opened is not None

    def open(self) -> None:
        """Light the chosen camera."""
        key = self.choice.currentData()
        if self._opened is not None or key is None or not self.isVisible():
            return
        try:
            self._opened = self.cameras.open(key, self._came, self._refuse)
        except MingchaError as error:
            self._refuse(error)
            return
        self.patience.start()
        self._show_state()
        self.halt.setFocus()

    def stop(self) -> None:
        """Let the camera go."""
        if self._opened is not None:
            self._let_go()
            self._show_state()

    def _let_go(self) -> None:
        opened, self._opened = self._opened, None
        self._frame = self._took = None
        self.patience.stop()
        if opened is not None:
            opened.close()

    def hideEvent(self, event: QHideEvent) -> None:
        """Let it go whenever this is not seen: folded up, closed, put away."""
        self.stop()
        super().hideEvent(event)

    def _leave_when_covered(self, covered: bool) -> None:
        if covered:
            self.stop()

    def _wait_no_longer(self) -> None:
        words = self._desk.tr("it gives no picture")
        self._refuse(MingchaError("camera_not_opened", detail=words))

    # -- pictures ------------------------------------------------------------------------------

    def _take_clock(self, clock: Clock) -> None:
        self._clock = clock
        self._show_state()

    def _came(self, frame: Frame) -> None:
        first, self._frame = self._frame is None, frame
        if first:
            self.patience.stop()
            self._show_state()
            self.shoot.setFocus()
        if self._shown and not self._looked_at and not self._pause.isActive():
            self._look_at(frame)

    def _look_at(self, frame: Frame) -> None:
        """Make the small picture apart from the windows, one after the other."""
        self._looked_at = True
        size = PREVIEW * self.devicePixelRatioF()
        self._desk.papers.run(
            self,
            lambda _progress: small_image(frame(), size),
            self._show_preview,
            ended=self._looked,
        )

    def _looked(self) -> None:
        self._looked_at = False
        self._pause.start()

    def _show_preview(self, image: QImage) -> None:
        if self._opened is not None and self._shown and not image.isNull():
            self.preview.show_image(image)

    def show_preview(self, *, shown: bool) -> None:
        """Show what the camera sees, or do not: somebody may look over the shoulder."""
        self._shown = shown
        self._show_words()

    def take(self) -> None:
        """Take the picture of this moment; nothing is to be heard."""
        frame, clock, root, visit = self._frame, self._clock, self._desk.root, self._visit
        if frame is None or frame is self._took or clock is None or root is None:
            return
        self._took, now = frame, clock.read()
        ms = now.ms
        name = f"camera-{to_datetime(ms, now.zone):%Y%m%d-%H%M%S}-{ms % 1000:03}.jpg"
        self._desk.papers.run(
            self,
            lambda _progress: keep_taken(root, visit, ms, jpeg_of(frame()), name),
            self._kept,
            failed=partial(self._not_kept, frame),
        )

    def _not_kept(self, frame: Frame, error: Exception) -> None:
        """Let the same moment be tried once more: another frame may not come soon."""
        if self._took is frame:
            self._took = None
        self.failed.emit(error)

    def _kept(self, taken: Taken) -> None:
        self.count += 1
        self._show_words()
        self.taken.emit(taken)

    # -- words ---------------------------------------------------------------------------------

    def name(self, *, covert: bool) -> None:
        """Say neutrally what the button does while somebody may look over the shoulder."""
        tr = self._desk.tr
        self.shoot.setText(tr("Take one") if covert else tr("Take a picture"))

    def _show_state(self) -> None:
        on, any_ = self._opened is not None, self.choice.count() > 0
        self.start.setVisible(not on)
        self.start.setEnabled(any_)
        self.choice.setEnabled(any_ and not on)
        self.again.setVisible(not on)
        for each in (self.halt, self.shoot):
            each.setVisible(on)
        self.shoot.setEnabled(self._frame is not None and self._clock is not None)
        self._show_words()

    def _show_words(self) -> None:
        tr = self._desk.tr
        if self._opened is None:
            self.preview.show_image(None, tr("Off"))
            self.said.setText(
                tr(
                    "Off. Turned on, it is let go again when this is folded up, the view is hidden "
                    "or the window is put away. It makes no sound; its light cannot be put out "
                    "from here."
                )
            )
            return
        if self._frame is None:
            self.preview.show_image(None, tr("Waiting for the first picture"))
        elif not self._shown:
            self.preview.show_image(None, tr("Covered. “Show pictures” shows it."))
        parts = [tr("taken: {count}", count=self.count)] if self.count else []
        parts.append(tr("What is taken is offered below and stored only when chosen."))
        self.said.setText(" · ".join(parts))
