"""What every page is handed: the worker, the language, the look, and where one can go."""

from __future__ import annotations

import importlib
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple, TypeGuard, TypeVar
from weakref import WeakKeyDictionary

from PySide6.QtCore import QObject, Signal

from inspector.base.i18n import Lang, Translator, system_language, translator
from inspector.base.settings import Settings, save_settings
from ui.theme.look import Look, look_of

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping
    from pathlib import Path

    from inspector.base.errors import MingchaError
    from inspector.operations.session import Session
    from inspector.operations.watches import Watch
    from ui.exchange import Exchange
    from ui.messages import Message
    from ui.widgets.drafts import Draft
    from ui.work.pictures import Shelf
    from ui.work.pool import Pool
    from ui.work.worker import Job, Worker

T = TypeVar("T")

#: Who works off the thread of the windows; imported when work is first asked for, not to paint.
_WORKER, _POOL, _PICTURES = "ui.work.worker", "ui.work.pool", "ui.work.pictures"
_EXCHANGE = "ui.exchange"
#: What nobody needs to paint either.
_ERRORS = "inspector.base.errors"


class Place(NamedTuple):
    """Where one can go: a page, the thing it shows, and what to point at there.

    page: a name of `ui.frame.pages.PAGES`; id: usually of a visit; more: what that page reads.
    """

    page: str
    id: str = ""
    more: Mapping[str, str] = MappingProxyType({})


class Said(NamedTuple):
    """A sentence for the person, shown at the foot of the window; `undo` offers to take back.

    opening: it is over once the workspace is open.
    """

    text: str
    undo: bool = False
    opening: bool = False


class Desk(QObject):
    """The surroundings of all pages. Lives on the thread of the windows."""

    #: Somebody wants to be somewhere else: `Place`.
    went = Signal(object)
    #: Something is to be told without interrupting: `Said`.
    said = Signal(object)
    #: The view is to be hidden now.
    hidden = Signal()
    #: The notes lie over everything (True) or are gone again (False).
    covered = Signal(bool)
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
    #: The store was changed: `Changes`.
    changed = Signal(object)
    #: Nobody took an exception of some work: a catalogued failure to show, or a fault of ours.
    refused = Signal(object)

    def __init__(
        self, settings: Settings, file: Path | None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.settings = settings
        #: Whether the system's colours are dark; None: ask it.
        self.system_dark: bool | None = None
        self._file = file
        #: The folder of the open workspace.
        self.root: Path | None = None
        #: The screen is in other hands, or nothing is open yet: nobody may go anywhere.
        self.locked = False
        #: The program ended while the screen was in other hands: it shows nothing before the PIN.
        self.handed_over = False
        #: Only the mini window may be seen.
        self.discreet = False
        #: What is to be said in words while it may not be shown.
        self.withheld: list[Message] = []
        #: What was typed in dialogs that a stray gesture closed: see `ui.widgets.drafts`.
        self.drafts: dict[tuple[Hashable, ...], Draft] = {}
        #: What tells what was typed in a visit ("" for any) and is not saved, by the name of where
        #: it stands.
        self.typed: dict[str, Callable[[str], tuple[str, ...]]] = {}
        #: Actions on their way that nobody means twice, by owner: see `act`.
        self._under_way: WeakKeyDictionary[QObject, dict[Hashable, Job]] = WeakKeyDictionary()
        #: Windows that are being watched without a break, by visit and window; the store has them
        #: as well (`operations.watches`).
        self.watches: dict[tuple[str, str], Watch] = {}

    @cached_property
    def worker(self) -> Worker:
        """The one that owns the store."""
        made: Worker = importlib.import_module(_WORKER).Worker(self)
        # It tells on its own thread, so this comes queued.
        made.changed.connect(self.changed)
        made.refused.connect(self.refused)
        return made

    @cached_property
    def papers(self) -> Pool:
        """For papers: it is handed values and never touches the store."""
        made: Pool = importlib.import_module(_POOL).Pool(self)
        made.refused.connect(self.refused)
        return made

    @cached_property
    def pictures(self) -> Shelf:
        """Thumbnails and previews for all pages."""
        made: Shelf = importlib.import_module(_PICTURES).Shelf(self.worker, self)
        return made

    @cached_property
    def exchange(self) -> Exchange:
        """Visits to depots, and what is only on this computer."""
        made: Exchange = importlib.import_module(_EXCHANGE).Exchange(self)
        return made

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
        return look_of(self.settings, self.lang, system_dark=self.system_dark)

    def prefer(self, settings: Settings) -> None:
        """Keep changed settings and tell the windows. Raises OSError if they cannot be written."""
        self.keep(settings)
        self.preferred.emit(settings)

    def keep(self, settings: Settings) -> None:
        """Keep settings of which nothing is seen. Raises OSError if they cannot be written."""
        if self._file is not None:
            save_settings(self._file, settings)
        self.settings = settings

    def go(self, page: str, id: str = "", **more: str) -> None:
        """Ask to be brought to a page; not while the screen is in other hands."""
        if self.locked:
            return
        self.went.emit(Place(page, id, more))

    def say(self, text: str, *, undo: bool = False, opening: bool = False) -> None:
        """Tell something that needs no answer; see `Said`."""
        self.said.emit(Said(text, undo, opening))

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
            return self.worker.submit(owner, work, then, failed=failed, saves=True)
        on_way = self._under_way.setdefault(owner, {})
        if same not in on_way:
            on_way[same] = self.worker.submit(
                owner,
                work,
                _after(on_way, same, then or _nothing),
                failed=_after(on_way, same, failed or self.worker.refused.emit),
                saves=True,
            )
        return on_way[same]

    def foresaw(self, error: Exception) -> TypeGuard[MingchaError]:
        """Say whether a failure is a catalogued one, which whoever asked tells in its own place.

        Anything else is a fault of ours and goes where every fault goes.
        """
        if isinstance(error, importlib.import_module(_ERRORS).MingchaError):
            return True
        self.worker.refused.emit(error)
        return False

    def long(self, owner: QObject, work: Callable[..., Any], **callbacks: Any) -> Job:
        """Do long work in steps (see `ui.work.worker.Worker.steps`)."""
        return self.worker.steps(owner, work, **callbacks)

    def shutdown(self) -> None:
        """Stop all work in order and close the store."""
        for each in ("papers", "worker"):
            if each in vars(self):
                getattr(self, each).shutdown()


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
