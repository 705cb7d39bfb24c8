"""What every page is handed: the worker, the language, the look, and where one can go."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar
from weakref import WeakKeyDictionary

from PySide6.QtCore import QObject, Signal

from inspector.base.i18n import Lang, Translator, system_language, translator
from inspector.base.settings import Settings, save_settings
from ui.theme.look import Look, look_of
from ui.work.pictures import Shelf
from ui.work.pool import Pool
from ui.work.worker import Job, Urgency, Worker

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping
    from pathlib import Path

    from inspector.operations.session import Session
    from inspector.operations.watches import Watch
    from ui.messages import Message

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Place:
    """Where one can go: a page, the thing it shows, and what to point at there.

    page: a name of `ui.frame.pages.PAGES`; id: usually of a visit; more: what that page reads.
    """

    page: str
    id: str = ""
    more: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence for the person, shown at the foot of the window; `undo` offers to take back."""

    text: str
    undo: bool = False


class Desk(QObject):
    """The surroundings of all pages. Lives on the thread of the windows."""

    #: Somebody wants to be somewhere else: `Place`.
    went = Signal(object)
    #: Something is to be told without interrupting: `Said`.
    said = Signal(object)
    #: The view is to be hidden now.
    hidden = Signal()
    #: Somebody wants to go on in the mini window: the id of the visit.
    shrunk = Signal(str)
    #: Settings were changed: `Settings`.
    preferred = Signal(object)
    #: A workspace was opened; `root` is its folder.
    opened = Signal()
    #: The upkeep after opening has ended: the record was checked, the backup of the day made.
    kept = Signal()
    #: The windows are about to close; what is only in memory is to be saved now.
    closing = Signal()

    def __init__(
        self, settings: Settings, file: Path | None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.settings = settings
        self._file = file
        self.worker = Worker(self)
        #: For papers: it is handed values and never touches the store.
        self.papers = Pool(self)
        #: Thumbnails and previews for all pages.
        self.pictures = Shelf(self.worker, self)
        #: The folder of the open workspace.
        self.root: Path | None = None
        #: The screen is in other hands: nobody may go anywhere until it is given back.
        self.locked = False
        #: Only the mini window may be seen.
        self.discreet = False
        #: What is to be said in words while it may not be shown.
        self.withheld: list[Message] = []
        #: Actions on their way that nobody means twice, by owner: see `act`.
        self._under_way: WeakKeyDictionary[QObject, dict[Hashable, Job]] = WeakKeyDictionary()
        #: Windows that are being watched without a break, by visit and window; the store has them
        #: as well (`operations.watches`).
        self.watches: dict[tuple[str, str], Watch] = {}

    @property
    def lang(self) -> Lang:
        """The language of the windows."""
        return self.settings.lang or system_language()

    @property
    def tr(self) -> Translator:  # type: ignore[override]  # Qt's own would ask Qt's catalogues
        """Turns English message ids into the language of the windows."""
        return translator(self.lang)

    @property
    def look(self) -> Look:
        """Colours, text scale and icons as they are now."""
        return look_of(self.settings, self.lang)

    def prefer(self, settings: Settings) -> None:
        """Keep changed settings and tell the windows. Raises OSError if they cannot be written."""
        if self._file is not None:
            save_settings(self._file, settings)
        self.settings = settings
        self.preferred.emit(settings)

    def go(self, page: str, id: str = "", **more: str) -> None:
        """Ask to be brought to a page; not while the screen is in other hands."""
        if self.locked:
            return
        self.went.emit(Place(page, id, more))

    def say(self, text: str, *, undo: bool = False) -> None:
        """Tell something that needs no answer."""
        self.said.emit(Said(text, undo))

    def read(
        self,
        owner: QObject,
        work: Callable[[Session], T],
        then: Callable[[T], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> Job:
        """Read from the store on the worker; `then` gets the value unless `owner` is gone.

        failed: gets what was raised; without it `Worker.refused` is emitted.
        """
        return self.worker.submit(owner, work, then, failed=failed)

    def act(
        self,
        owner: QObject,
        work: Callable[[Session], T],
        then: Callable[[T], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
        *,
        same: Hashable = None,
    ) -> Job:
        """Do one user action: an operation that is saved before anything else is read.

        same: what is asked for. Asking `owner` for the same again before it is saved, as a double
        click does, begins nothing and returns the action that is on its way.
        """
        if same is None:
            return self.worker.submit(owner, work, then, failed=failed, urgency=Urgency.SAVE)
        on_way = self._under_way.setdefault(owner, {})
        if same not in on_way:
            on_way[same] = self.worker.submit(
                owner,
                work,
                _after(on_way, same, then or _nothing),
                failed=_after(on_way, same, failed or self.worker.refused.emit),
                urgency=Urgency.SAVE,
            )
        return on_way[same]

    def long(self, owner: QObject, work: Callable[..., Any], **callbacks: Any) -> Job:
        """Do long work in steps (see `ui.work.worker.Worker.steps`)."""
        return self.worker.steps(owner, work, **callbacks)

    def shutdown(self) -> None:
        """Stop all work in order and close the store."""
        self.papers.shutdown()
        self.worker.shutdown()


def _after(
    on_way: dict[Hashable, Job], same: Hashable, then: Callable[[Any], None]
) -> Callable[[Any], None]:
    """Return what lets the same be asked for again, and then does `then`."""

    def ended(value: Any) -> None:
        on_way.pop(same, None)
        then(value)

    return ended


def _nothing(_value: object) -> None:
    """Take what nobody waits for."""
