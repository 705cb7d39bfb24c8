"""Thumbnails and previews for the windows: loaded off their thread, the newest request first.

What was made before is looked up on one thread, what must be made is made on others, so that a
strip of known photographs never waits for new ones – nor for the thread that owns the store.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QBuffer, QIODevice, QObject, Qt, Signal
from PySide6.QtGui import QImage, QImageReader

from inspector.base.errors import MingchaError
from inspector.base.system_reasons import reason_of
from inspector.base.values import frozen
from ui.opening import operation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from inspector.operations.session import Session
    from ui.work.worker import Worker

#: What decoded pictures may take in memory: some 250 thumbnails and four previews. Bytes.
MEMORY = 96 << 20
_MAKERS = 2
#: What could not be shown is tried again when it is looked at so much later: a busy decoder, a full
#: disk or a file that was away may be as they should by then. Seconds.
RETRY = 20.0


class Source(Protocol):
    """Where pictures come from. Thread-safe."""

    def kept(self, sha256: str, px: int) -> bytes | None:
        """Return what is at hand, None if it must be made: never takes long."""
        ...

    def made(self, sha256: str, px: int) -> bytes:
        """Return the picture as an image file. Raises MingchaError if there is none."""
        ...


@frozen
class Want:
    """A picture by the hash of its original, its longer side at most `px` device pixels."""

    sha256: str
    px: int


@frozen
class Arrived:
    """What came of a request: a picture, or why there is none."""

    want: Want
    image: QImage | None = None
    problem: MingchaError | None = None


class Lane:
    """Requests of one sort, the newest first, worked off by at most `limit` threads.

    A thread ends when nothing waits, so an idle window has none.
    """

    def __init__(self, name: str, work: Callable[[Want], None], limit: int) -> None:
        self._name = name
        self._work = work
        self._limit = limit
        self._waiting: dict[Want, None] = {}
        self._threads: set[threading.Thread] = set()
        self._lock = threading.Lock()

    def put(self, want: Want) -> None:
        """Serve `want` before all that wait."""
        with self._lock:
            self._waiting.pop(want, None)
            self._waiting[want] = None
            if len(self._threads) < self._limit:
                thread = threading.Thread(target=self._run, name=self._name, daemon=True)
                self._threads.add(thread)
                thread.start()

    def drop(self, want: Want) -> bool:
        """Return whether it was still waiting."""
        with self._lock:
            return want in self._waiting and self._waiting.pop(want) is None

    def end(self) -> None:
        """Forget what waits, and wait for what is being done."""
        with self._lock:
            self._waiting.clear()
            running = list(self._threads)
        for thread in running:
            thread.join()

    def _run(self) -> None:
        try:
            while (want := self._next()) is not None:
                self._work(want)
        finally:  # a fault ends its thread, not the lane
            with self._lock:
                self._threads.discard(threading.current_thread())

    def _next(self) -> Want | None:
        with self._lock:
            if self._waiting:
                return self._waiting.popitem()[0]
            self._threads.discard(threading.current_thread())
            return None


def _of_workspace(session: Session) -> Source:
    """Return the pictures of the open workspace; what reads them takes long to load."""
    source: Source = operation("pictures").pictures_of(session)
    return source


class Shelf(QObject):
    """Pictures at hand, and those on their way. Lives on the thread of the windows."""

    #: A picture was loaded, or cannot be: `Arrived`.
    arrived = Signal(object)
    _loaded = Signal(object)
    _emptied = Signal()

    def __init__(
        self,
        worker: Worker,
        parent: QObject | None = None,
        memory: int = MEMORY,
        source: Callable[[Session], Source] | None = None,
    ) -> None:
        """`source` is asked on the worker's thread where pictures are: those of the workspace."""
        super().__init__(parent)
        self._source_of = source or _of_workspace
        self._worker = worker
        self._memory = memory
        self._images: OrderedDict[Want, QImage] = OrderedDict()
        self._bytes = 0
        #: Why a picture cannot be shown, and when that was found out.
        self._problems: dict[Want, tuple[MingchaError, float]] = {}
        self._asked: dict[Want, None] = {}
        self._source: Source | None = None
        self._is_fetching = False
        self._looking = Lane("pictures kept", self._look_up, 1)
        self._making = Lane("pictures made", self._make, _MAKERS)
        self._loaded.connect(self._keep, Qt.ConnectionType.QueuedConnection)
        self._emptied.connect(self._empty, Qt.ConnectionType.QueuedConnection)
        worker.before_closing.append(self._let_go)

    # -- on the thread of the windows ----------------------------------------------------------

    @property
    def held(self) -> int:
        """Bytes of the pictures at hand."""
        return self._bytes

    @property
    def waiting(self) -> set[Want]:
        """What was asked for and has not come yet."""
        return set(self._asked)

    def image(self, want: Want) -> QImage | None:
        """Return a picture if it is at hand; else it is asked for and will arrive."""
        found = self._images.get(want)
        if found is not None:
            self._images.move_to_end(want)
        elif want not in self._asked and not self._failed_lately(want):
            self._ask(want)
        return found

    def _failed_lately(self, want: Want) -> bool:
        known = self._problems.get(want)
        return known is not None and time.monotonic() - known[1] < RETRY

    def problem(self, want: Want) -> MingchaError | None:
        """Return why a picture cannot be shown, if that was found out; it may be tried again."""
        known = self._problems.get(want)
        return known[0] if known else None

    def drop(self, wants: Iterable[Want]) -> None:
        """Give up pictures that nobody looks at any more, unless they are being loaded."""
        for want in wants:
            waited = self._looking.drop(want) or self._making.drop(want)
            if waited or self._source is None:
                self._asked.pop(want, None)

    def renew(self) -> None:
        """Load everything anew that is looked at: originals came, and better pictures with them."""
        self._images.clear()
        self._problems.clear()
        self._bytes = 0

    def forget(self, sha256: str) -> None:
        """Load pictures of a file anew when they are looked at: a better one may have come."""
        for want in [each for each in self._images if each.sha256 == sha256]:
            self._bytes -= self._images.pop(want).sizeInBytes()
        self._problems = {k: v for k, v in self._problems.items() if k.sha256 != sha256}

    def retire(self) -> None:
        """End it for good: its threads stop, and then it is gone."""

        def end(_progress: object) -> None:
            # On the worker's thread, which goes through this list when a workspace is closed.
            if self._let_go in self._worker.before_closing:
                self._worker.before_closing.remove(self._let_go)
            self._source = None
            self._looking.end()
            self._making.end()

        self._worker.apart(self, end, lambda _none: self.deleteLater())

    def _ask(self, want: Want) -> None:
        self._asked[want] = None
        if self._source is not None:
            self._looking.put(want)
        elif not self._is_fetching:
            self._is_fetching = True
            self._worker.submit(self, self._fetch, self._begin, failed=self._without)

    def _begin(self, _fetched: None) -> None:
        self._is_fetching = False
        for want in self._asked:
            self._looking.put(want)

    def _without(self, _no_workspace: Exception) -> None:
        """No workspace is open: what is asked for next asks for its pictures again."""
        self._is_fetching = False
        self._asked.clear()

    def _keep(self, arrived: Arrived) -> None:
        want = arrived.want
        self._asked.pop(want, None)
        if arrived.problem is not None:
            self._problems[want] = (arrived.problem, time.monotonic())
        elif arrived.image is not None and want not in self._images:
            self._problems.pop(want, None)
            self._images[want] = arrived.image
            self._bytes += arrived.image.sizeInBytes()
            while self._bytes > self._memory and len(self._images) > 1:
                _want, oldest = self._images.popitem(last=False)
                self._bytes -= oldest.sizeInBytes()
        self.arrived.emit(arrived)

    def _empty(self) -> None:
        self._images.clear()
        self._problems.clear()
        self._asked.clear()
        self._bytes = 0

    # -- on other threads ----------------------------------------------------------------------

    def _fetch(self, session: Session) -> None:
        # Set on the worker's thread, so that a workspace closed meanwhile is never used again.
        self._source = self._source_of(session)

    def _let_go(self) -> None:
        """End all use of the workspace that is about to be closed."""
        self._source = None
        self._looking.end()
        self._making.end()
        self._emptied.emit()

    def _look_up(self, want: Want) -> None:
        source = self._source
        if source is not None and not self._load(want, source.kept):
            self._making.put(want)

    def _make(self, want: Want) -> None:
        source = self._source
        if source is not None:
            self._load(want, source.made)

    def _load(self, want: Want, get: Callable[[str, int], bytes | None]) -> bool:
        """Tell what comes of a picture; False: there is none here."""
        try:
            jpeg = get(want.sha256, want.px)
        except MingchaError as error:
            self._loaded.emit(Arrived(want, problem=error))
        except OSError as error:
            name, reason = want.sha256[:8], reason_of(error)
            problem = MingchaError("file_unreadable", name=name, reason=reason)
            self._loaded.emit(Arrived(want, problem=problem))
        else:
            if jpeg is None:
                return False
            self._loaded.emit(Arrived(want, decoded(jpeg, want.px)))
        return True


def decoded(jpeg: bytes, px: int) -> QImage:
    """Return the picture no larger than needed, in the format that is painted fastest.

    Read by a reader: `QImage.fromData` keeps every other thread of Python waiting while it decodes.
    """
    buffer = QBuffer()
    buffer.setData(jpeg)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, b"jpeg")
    size = reader.size()
    if max(size.width(), size.height()) > px:
        reader.setScaledSize(size.scaled(px, px, Qt.AspectRatioMode.KeepAspectRatio))
    return reader.read().convertToFormat(QImage.Format.Format_RGB32)
