"""New files in a folder are noticed and counted; nobody is interrupted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from inspector.operations.watching import Watch, look_again

if TYPE_CHECKING:
    from pathlib import Path

    from ui.desk import Desk

#: How often the folder is looked at. Milliseconds.
EVERY_MS = 2_000


class FolderWatch(QObject):
    """Watches the folder that the settings name for the open workspace, if they name one.

    Looking is done off the windows' thread, one look after the other. What lay there before is not
    new; `take` makes what is new be so no more.
    """

    #: There was another look: `Watch`, or None if nothing is watched.
    looked = Signal(object)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.watch: Watch | None = None
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._looking = False
        desk.preferred.connect(self._follow)
        desk.opened.connect(self._follow)
        desk.closing.connect(self._timer.stop)
        self._follow()

    @classmethod
    def of(cls, desk: Desk) -> FolderWatch:
        """Return the one watch of the desk: all pages count the same, and what one takes is taken.

        It begins with whoever asks first.
        """
        return desk.findChild(cls) or cls(desk, desk)

    @property
    def folder(self) -> Path | None:
        """The folder that is watched."""
        return self.watch.folder if self.watch else None

    @property
    def fresh(self) -> tuple[Path, ...]:
        """The files that came since."""
        return self.watch.fresh if self.watch else ()

    @property
    def is_looking(self) -> bool:
        """Whether a look is under way."""
        return self._looking

    def set_folder(self, folder: Path | None) -> None:
        """Watch another folder, or none; it is remembered. Raises OSError."""
        if self._desk.root is not None:
            # Whoever else watches hears of it by the settings, as this does.
            self._desk.prefer(self._desk.settings.watching(self._desk.root, folder))

    def take(self) -> tuple[Path, ...]:
        """Return the new files, which are new no more."""
        fresh = self.fresh
        if self.watch is not None:
            self.watch = self.watch.knowing(set(fresh))
            self.looked.emit(self.watch)
        return fresh

    def look(self) -> None:
        """Look now, unless a look is under way."""
        if self.watch is None or self._looking:
            return
        self._looking = True
        before = self.watch
        self._desk.papers.run(
            self, lambda _progress: look_again(before), self._seen, ended=self._rested
        )

    def _follow(self, _settings: object = None) -> None:
        """Watch what the settings name now."""
        root = self._desk.root
        folder = self._desk.settings.watched_for(root) if root is not None else None
        if folder == self.folder:
            return
        self._timer.stop()
        self.watch = None
        if folder is not None:
            self.watch = Watch(folder)
            self._timer.start()
            self.look()
        self.looked.emit(self.watch)

    def _seen(self, now: Watch) -> None:
        if self.watch is None or self.watch.folder != now.folder:
            return
        # What was taken while this look was under way stays taken.
        self.watch = now.knowing(self.watch.before)
        self.looked.emit(self.watch)

    def _rested(self) -> None:
        self._looking = False
