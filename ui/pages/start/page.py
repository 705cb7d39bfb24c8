"""Start: the first start, what was opened before, and what to do when a workspace will not open."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel, QWidget

from inspector.base.errors import MingchaError
from inspector.base.i18n import N_
from inspector.base.system_reasons import reason_of
from ui import opening
from ui.choosing import chosen_folder
from ui.entering import enter, open_in_place, prefer
from ui.page import Chrome, Page
from ui.pages.start.recent import Recent
from ui.pages.start.wizard import KINDS, Draft, PinStep, Step, frame
from ui.theme import tokens
from ui.theme.tokens import Tone, Type
from ui.widgets.buttons import button, icon_button
from ui.widgets.surfaces import Banner, Bones, Card, cleared, column, row, scrolled
from ui.widgets.text import label
from ui.widgets.working import Working

if TYPE_CHECKING:
    from collections.abc import Callable

    from inspector.operations.session import Recovered, Session
    from ui.desk import Desk, Place

#: Shorter opening is not shown. Milliseconds.
PATIENCE_MS = 150


@dataclass(frozen=True, slots=True)
class State:
    """Why a workspace did not open: the heading, and what can be done besides opening another."""

    title: str
    action: str = ""
    does: str = ""


STATES: dict[str, State] = {
    "workspace_missing": State(N_("There is no workspace"), N_("Make a new one there"), "make"),
    "workspace_in_use": State(N_("Open in another program"), N_("Try again"), "again"),
    "workspace_not_writable": State(N_("This folder cannot be written"), N_("Try again"), "again"),
    "workspace_newer": State(N_("Made by a newer version")),
    "workspace_damaged": State(
        N_("The database cannot be read"), N_("Restore the newest backup"), "restore"
    ),
    "backup_unusable": State(N_("There is no usable backup")),
    "disk_full": State(N_("The disk is full"), N_("Try again"), "again"),
    "disk_error": State(N_("The disk refused"), N_("Try again"), "again"),
}
OTHER = State(N_("This folder cannot be used"))


class StartPage(Page):
    """Start."""

    chrome = Chrome.BARE

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.title = self.tr("Start")
        self._middle = column(spacing=tokens.L)
        self._working = Working(desk)
        hide = icon_button(self.look, "hide", self.tr("Hide the view (F9)"), desk.hidden.emit)
        picture = QLabel()
        picture.setPixmap(self.look.pixmap("shield", 30, Tone.ACCENT))
        name = label(self.tr("Mingcha"), Type.HEADLINE)
        head = row(picture, name, None, hide, spacing=tokens.M)
        content = QWidget()
        content.setLayout(column(head, self._middle, self._working, spacing=tokens.XL))
        self.setLayout(column(scrolled(frame(content))))
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._patience.timeout.connect(self._show_bones)
        self._root: Path | None = None
        self._step: Step | None = None

    # -- what is shown -----------------------------------------------------------------------

    def show_place(self, place: Place) -> None:
        """Open what `place` names, show a step of the wizard, or what was opened before."""
        self._step = None
        if "open" in place.more:
            self._open(Path(place.more["open"]))
        elif "step" in place.more:
            self._show_step(int(place.more["step"]), Draft.of(place.more))
        elif self.desk.settings.recent or "list" in place.more:
            self._show_recent()
        else:
            self._show_step(1, Draft())

    def _show(self, *parts: QWidget) -> None:
        self._patience.stop()
        cleared(self._middle)
        for part in parts:
            self._middle.addWidget(part)

    def _show_bones(self) -> None:
        card = Card(self.tr("Opening the workspace"))
        card.body.addWidget(Bones(2))
        self._show(card)

    def _show_recent(self) -> None:
        shown = Recent(self.desk)
        shown.chosen.connect(self._open)
        self._show(shown, self._others(fresh=True))

    def _show_step(self, number: int, draft: Draft) -> None:
        step = KINDS[number - 1](self.desk, draft)
        step.moved.connect(self._go_step)
        if isinstance(step, PinStep):
            step.finished.connect(self._make)
        self._step = step
        self._show(step, *([self._others(fresh=False)] if number == 1 else []))
        (step.focusProxy() or step.on).setFocus()

    def _go_step(self, number: int, draft: Draft) -> None:
        self.desk.go(
            "start", step=str(number), name=draft.name, office=draft.office, folder=draft.folder
        )

    def _others(self, *, fresh: bool) -> QWidget:
        """Return the other ways in; `fresh`: also to begin a new workspace."""
        tr, look = self.tr, self.look
        ways = [
            button(look, tr("Open another workspace"), self._choose, kind="text", icon="folder"),
            button(look, tr("Try the demonstration"), self._demonstrate, kind="text", icon="play"),
        ]
        if fresh:
            begin = button(
                look, tr("Make a new one"), lambda: self.desk.go("start", step="1"), kind="text",
                icon="plus",
            )  # fmt: skip
            ways.insert(0, begin)
        if self.desk.root is not None:
            home = button(look, tr("Back to Today"), lambda: self.desk.go("home"), kind="text",
                          icon="back")  # fmt: skip
            ways.insert(0, home)
        line = QWidget()
        line.setLayout(column(*(row(way, None) for way in ways), spacing=tokens.XS))
        return line

    # -- opening -----------------------------------------------------------------------------

    def _choose(self) -> None:
        found = chosen_folder(self, self.tr("Open another workspace"), Path.home())
        if found is not None:
            self._open(found)

    def _open(self, root: Path) -> None:
        self._begin(root, lambda: opening.opened(root))

    def _make(self, draft: Draft, pin: str) -> None:
        root = Path(draft.folder).expanduser()

        def made(found: Path, recovered: Recovered) -> None:
            self._opened(found, recovered)
            if pin:
                # Only now: whoever has just chosen a PIN is not asked for it at once.
                prefer(self.desk, cover_pin=True)

        self._begin(root, lambda: opening.made(root, draft.name, draft.office, pin), made)

    def _begin(
        self,
        root: Path,
        work: Callable[[], Session],
        then: Callable[[Path, Recovered], None] | None = None,
    ) -> None:
        self._root = root
        self._patience.start()
        self.setEnabled(False)
        open_in_place(self.desk, self, work, then or self._opened, self._refused)

    def _opened(self, root: Path, recovered: Recovered) -> None:
        self._patience.stop()
        self.setEnabled(True)
        enter(self.desk, self.window(), root, recovered)

    # -- when it does not open -----------------------------------------------------------------

    def _refused(self, error: Exception) -> None:
        self._patience.stop()
        self.setEnabled(True)
        # Whatever was open before was closed to open this one.
        self.desk.root = None
        if isinstance(error, OSError):
            error = MingchaError("disk_error", detail=reason_of(error))
        if not self.desk.foresaw(error):
            return
        if isinstance(self._step, PinStep):
            banner = Banner(self.look, error.text(self.tr), Tone.DANGER, "info")
            self._middle.insertWidget(0, banner)
            return
        self._show(self._state(error))

    def _state(self, error: MingchaError) -> Card:
        tr = self.tr
        state = STATES.get(error.code, OTHER)
        card = Card(spacing=tokens.L)
        picture = QLabel()
        picture.setPixmap(self.look.pixmap("drive", 30, Tone.DANGER))
        title = label(tr(state.title), Type.TITLE, wrap=True)
        card.body.addLayout(row(picture, title, spacing=tokens.M, stretch=1))
        card.body.addWidget(label(error.text(tr), wrap=True, selectable=True))
        feet = row(spacing=tokens.S)
        if state.does:
            does = {"again": self._again, "make": self._make_there, "restore": self._restore}
            act = button(
                self.look, tr(state.action), does[state.does], kind="primary", extent="touch"
            )
            feet.addWidget(act)
            QTimer.singleShot(0, act, act.setFocus)
        feet.addWidget(
            button(self.look, tr("Open another workspace"), self._choose, extent="touch")
        )
        feet.addWidget(
            button(self.look, tr("Back to the start"), lambda: self.desk.go("start"), kind="text")
        )
        feet.addStretch(1)
        card.body.addLayout(feet)
        return card

    def _again(self) -> None:
        if self._root is not None:
            self._open(self._root)

    def _make_there(self) -> None:
        self.desk.go("start", step="1", folder=str(self._root or ""))

    def _restore(self) -> None:
        root = self._root
        if root is not None:
            self._long(
                lambda progress: opening.restored(root, progress), self.tr("Restoring the backup")
            )

    def _demonstrate(self) -> None:
        lang = self.desk.lang
        self._long(
            lambda progress: opening.demonstrated(lang, progress),
            self.tr("Carrying a visit through, as an example"),
        )

    def _long(self, work: Callable[..., Path], text: str) -> None:
        """Do long work that ends with a workspace to open."""
        self._show()
        job = self.desk.worker.apart(
            self,
            work,
            self._open,
            failed=self._refused,
            told=self._working.tell,
            ended=self._long_ended,
        )
        self._working.follow(job, text)

    def _long_ended(self) -> None:
        self._working.rest()
        if not self._middle.count() and not self._patience.isActive():
            # Stopped by a person: nothing is half done, and the choice is there again.
            self.desk.go("start")
