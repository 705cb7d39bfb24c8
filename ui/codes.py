"""Small files as QR codes on the screen, and read from pictures or with a camera."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTemporaryDir, Signal
from PySide6.QtWidgets import QDialog

from ui.choosing import chosen_files
from ui.messages import Message, show_failure
from ui.opening import operation
from ui.theme.tokens import Tone, Type
from ui.widgets.buttons import button
from ui.widgets.camera_view import PREVIEW, Preview, jpeg_of, small_image
from ui.widgets.choice import Choice
from ui.widgets.keys import bind
from ui.widgets.qr import QrCode
from ui.widgets.text import label, retone
from ui.work.cameras import Cameras, SystemCameras

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QObject
    from PySide6.QtGui import QImage
    from PySide6.QtWidgets import QWidget

    from inspector.operations.code_files import Kind, Reading, Workers
    from inspector.operations.qr_codes import Squares
    from ui.desk import Desk
    from ui.work.cameras import Frame, Opened

_PICTURES = "*.png *.jpg *.jpeg *.webp *.bmp *.heic"


class CodesDialog(Message):
    """Shows the codes of a file one after the other; arrow keys turn them."""

    def __init__(
        self, desk: Desk, parent: QWidget | None, title: str, squares: Sequence[Squares]
    ) -> None:
        tr = desk.tr
        text = tr("Let the other side read this code from the screen, or take a picture of it.")
        if len(squares) > 1:
            text = tr(
                "Let the other side read these {count} codes from the screen, in any order, or "
                "take a picture of each.",
                count=len(squares),
            )
        super().__init__(desk, parent, title, text)
        self._squares, self.at = tuple(squares), 0
        self.code = QrCode("")
        self.which = label("", Type.SECTION)
        self.back = button(desk.look, tr("Previous code"), partial(self.turn, -1), icon="previous")
        self.next = button(desk.look, tr("Next code"), partial(self.turn, 1), icon="next")
        self.put(self.code)
        self._body.setAlignment(self.code, Qt.AlignmentFlag.AlignHCenter)
        if len(squares) > 1:
            for place, part in enumerate((self.back, self.which, self.next)):
                self._feet.insertWidget(place, part)
            bind(self, "Left", partial(self.turn, -1))
            bind(self, "Right", partial(self.turn, 1))
        self.add(tr("Close"), QDialog.DialogCode.Accepted, kind="primary").setFocus()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.turn(0)

    def turn(self, by: int) -> None:
        """Show another one; after the last comes the first."""
        self.at = (self.at + by) % len(self._squares)
        said = self._desk.tr("Code {number} of {count}", number=self.at + 1,
                             count=len(self._squares))  # fmt: skip
        self.which.setText(said)
        self.code.setAccessibleName(said)
        self.code.show_squares(self._squares[self.at])
        self.fit()


def show_codes(
    desk: Desk, owner: QObject, parent: QWidget, title: str, source: Path | bytes
) -> None:
    """Show a file, or bytes that would be one, as codes; say so if it is too large."""

    def work(_progress: object) -> tuple[Squares, ...]:
        files = operation("code_files")
        if isinstance(source, bytes):
            data, name = source, title
        else:
            data, name = files.read_small(source), source.name
        found: tuple[Squares, ...] = files.squares_of(data, name)
        return found

    desk.papers.run(
        owner,
        work,
        lambda squares: CodesDialog(desk, parent, title, squares).open(),
        failed=partial(show_failure, desk, parent),
    )


class Kept:
    """Files that came as codes, for as long as whoever takes them in needs them."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._folder: QTemporaryDir | None = None

    def file(self, data: bytes, kind: Kind) -> Path:
        """Put a file into the workspace and return where; it goes when this object goes."""
        assert self._desk.root is not None
        self._folder = QTemporaryDir(str(self._desk.root / "codes"))
        path = Path(self._folder.path()) / kind.value
        path.write_bytes(data)
        return path


class ReadingDialog(Message):
    """Reads codes from pictures and from what a camera sees, until a file is whole."""

    #: The file that the codes make: bytes.
    whole = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget, cameras: Cameras | None = None) -> None:
        tr = desk.tr
        super().__init__(
            *(desk, parent, tr("Read codes")),
            tr(
                "Choose pictures of the codes, or hold the screen that shows them before the "
                "camera of this computer. The order does not matter."
            ),
        )
        self._cameras: Cameras = cameras or SystemCameras()
        self._opened: Opened | None = None
        self._workers: Workers | None = None
        self._reading: Reading | None = None
        self._busy = False
        self.said = label("", wrap=True, selectable=True)
        self.preview = Preview(desk, tr("What the camera sees"))
        self.choice = Choice(tr("Camera"))
        self.pictures = button(desk.look, tr("Choose pictures …"), self.choose, icon="evidence")
        self.light = button(desk.look, tr("Turn on the camera"), self._load, icon="camera")
        for part in (self.preview, self.choice):
            self.put(part)
            part.hide()
        self.put(self.said)
        self._feet.addWidget(self.pictures)
        self._feet.addWidget(self.light)
        self.add(tr("Cancel"), QDialog.DialogCode.Rejected)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        desk.covered.connect(lambda covered: self._let_go() if covered else None)
        desk.read(self, lambda session: session.workers, self._take_workers)

    def _take_workers(self, workers: Workers) -> None:
        self._workers = workers
        self._reading = operation("code_files").Reading()

    # -- pictures ------------------------------------------------------------------------------

    def choose(self) -> None:
        """Choose pictures and read them."""
        tr = self._desk.tr
        named = tr("Pictures")
        self.read_pictures(chosen_files(self, tr("Pictures of codes"), f"{named} ({_PICTURES})"))

    def read_pictures(self, paths: Sequence[Path]) -> None:
        """Read pictures apart from the windows, one after the other."""
        workers = self._workers
        if workers is None or not paths:
            return

        def read(_progress: object) -> tuple[str, ...]:
            files = operation("code_files")
            found = (files.texts_in_file(workers, path) for path in paths)
            return tuple(text for texts in found for text in texts)

        self._say(self._desk.tr("Reading …"))
        self._desk.papers.run(self, read, partial(self._take, asked=True), failed=self._refuse)

    def _take(self, texts: Sequence[str], *, asked: bool = False) -> None:
        """Take what codes say. asked: a person chose these pictures, and is told of none."""
        reading = self._reading
        if reading is None:
            return
        reading.take(texts)
        if not reading.is_whole:
            if asked or reading.parts.count:
                self._tell(reading)
            return
        try:
            data = reading.made()
        except Exception as error:  # noqa: BLE001 - told or raised by `_refuse`
            self._reading = operation("code_files").Reading()
            self._refuse(error)
            return
        self.done(QDialog.DialogCode.Accepted)
        self.whole.emit(data)

    def _tell(self, reading: Reading) -> None:
        tr, parts = self._desk.tr, reading.parts
        if not parts.count:
            self._say(tr("No code was found. Take the picture straight, sharp, with a white edge."),
                      Tone.WARN)  # fmt: skip
            return
        lacking = ", ".join(map(str, parts.missing))
        read = parts.count - len(parts.missing)
        self._say(tr("{read} of {count} codes read. Still missing: {numbers}", read=read,
                     count=parts.count, numbers=lacking))  # fmt: skip

    def _refuse(self, error: Exception) -> None:
        self._let_go()
        if self._desk.foresaw(error):
            self._say(error.text(self._desk.tr), Tone.DANGER)

    def _say(self, text: str, tone: Tone | None = None) -> None:
        self.said.setText(text)
        retone(self.said, tone)

    # -- camera --------------------------------------------------------------------------------

    def _load(self) -> None:
        if self._opened is not None:
            self._let_go()
            return
        cameras = self._cameras
        self._desk.papers.run(
            *(self, lambda _progress: cameras.load(), lambda _none: self._open()),
            failed=self._refuse,
        )

    def _open(self) -> None:
        found = self._cameras.found()
        before = self.choice.currentData()
        self.choice.clear()
        for each in found:
            self.choice.addItem(each.name, each.key)
        self.choice.setCurrentIndex(max(0, self.choice.findData(before)))
        self.choice.setVisible(len(found) > 1)
        key = self.choice.currentData() or ""
        try:
            self._opened = self._cameras.open(key, self._came, self._refuse)
        except Exception as error:  # noqa: BLE001 - told or raised by `_refuse`
            self._refuse(error)
            return
        self.preview.show()
        self.light.setText(self._desk.tr("Turn off the camera"))

    def _came(self, frame: Frame) -> None:
        workers = self._workers
        if self._busy or workers is None or self._opened is None:
            return
        self._busy = True
        size = PREVIEW * self.devicePixelRatioF()

        def read(_progress: object) -> tuple[QImage, tuple[str, ...]]:
            image = frame()
            texts = operation("code_files").texts_in(workers, jpeg_of(image))
            return small_image(image, size), texts

        self._desk.papers.run(self, read, self._saw, failed=self._refuse, ended=self._rest)

    def _saw(self, seen: tuple[QImage, tuple[str, ...]]) -> None:
        image, texts = seen
        if self._opened is not None:
            self.preview.show_image(image)
            self._take(texts)

    def _rest(self) -> None:
        self._busy = False

    def _let_go(self) -> None:
        opened, self._opened = self._opened, None
        if opened is not None:
            opened.close()
        self.preview.hide()
        self.light.setText(self._desk.tr("Turn on the camera"))

    def done(self, result: int) -> None:
        """Let the camera go before closing."""
        self._let_go()
        super().done(result)
