"""The first start, in four steps: language and notice, who you are, where it lives, a PIN."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from inspector.base.errors import MingchaError
from inspector.base.paths import default_workspace
from inspector.base.system_reasons import reason_of
from ui import opening
from ui.choosing import chosen_folder
from ui.theme import tokens
from ui.theme.tokens import Tone, Type
from ui.widgets.buttons import button
from ui.widgets.labelled import Labelled
from ui.widgets.surfaces import Banner, Card, column, row
from ui.widgets.text import label

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtWidgets import QPushButton

    from inspector.base.i18n import Lang
    from ui.desk import Desk

#: A path is looked at once typing has paused so long. Milliseconds.
PAUSE_MS = 300
#: The languages in their own words.
_LANGUAGES: tuple[tuple[Lang, str], ...] = (("zh", "中文"), ("en", "English"))


@dataclass(frozen=True, slots=True)
class Draft:
    """What was entered in the steps before; it travels with the place that shows the next one."""

    name: str = ""
    office: str = ""
    folder: str = ""

    @staticmethod
    def of(more: Mapping[str, str]) -> Draft:
        """Return what `more` of a place holds."""
        return Draft(more.get("name", ""), more.get("office", ""), more.get("folder", ""))


class Step(Card):
    """One step: a heading, what is entered, and the way back and on."""

    #: Another step is to be shown: its number and a `Draft`.
    moved = Signal(int, object)

    def __init__(self, desk: Desk, number: int, title: str, draft: Draft) -> None:
        super().__init__(spacing=tokens.L)
        self.desk, self.draft, self.number = desk, draft, number
        tr = desk.tr
        where = tr("Step {number} of {count}", number=number, count=len(KINDS))
        self.body.addWidget(label(where, Type.CAPTION))
        self.body.addWidget(label(title, Type.TITLE, wrap=True))
        self.on: QPushButton = button(
            desk.look, tr("Continue"), self.go_on, kind="primary", extent="touch"
        )
        self.on.setDefault(True)
        self.feet = row(None, self.on, spacing=tokens.S)
        if number > 1:
            back = button(desk.look, tr("Back"), self._go_back, extent="touch")
            self.feet.insertWidget(0, back)

    def finish(self) -> None:
        """Add the buttons below what the step holds."""
        self.body.addLayout(self.feet)

    def entered(self) -> Draft:
        """Return the draft with what is entered here."""
        return self.draft

    def go_on(self) -> None:
        """Go to the next step, if this one is complete."""
        if self.on.isEnabled():
            self.moved.emit(self.number + 1, self.entered())

    def _go_back(self) -> None:
        self.moved.emit(self.number - 1, self.entered())

    def _line(self, text: str = "") -> QLineEdit:
        field = QLineEdit(text)
        field.setProperty("extent", "field")
        field.returnPressed.connect(self.go_on)
        return field


class LanguageStep(Step):
    """The language, and what may not be kept here."""

    def __init__(self, desk: Desk, draft: Draft) -> None:
        super().__init__(desk, 1, desk.tr("Welcome"), draft)
        tr = desk.tr
        languages = row(spacing=tokens.S)
        for code, word in _LANGUAGES:
            chip = button(desk.look, word, partial(self._speak, code), kind="chip",
                          extent="touch")  # fmt: skip
            chip.setChecked(desk.lang == code)
            languages.addWidget(chip)
        languages.addStretch(1)
        self.body.addLayout(languages)
        self.body.addWidget(
            label(
                tr(
                    "Everything stays on this computer. There is no account, no server and no "
                    "network."
                ),
                wrap=True,
            )
        )
        self.body.addWidget(
            Banner(
                desk.look,
                tr(
                    "State secrets may not be kept in this program. It records working "
                    "information of inspections only."
                ),
                Tone.WARN,
                "shield",
            )
        )
        self.on.setText(tr("Understood, continue"))
        self.finish()

    def _speak(self, lang: Lang) -> None:
        self.desk.prefer(replace(self.desk.settings, lang=lang))


class PersonStep(Step):
    """Who is typing, and for whom."""

    def __init__(self, desk: Desk, draft: Draft) -> None:
        super().__init__(desk, 2, desk.tr("Who are you?"), draft)
        tr = desk.tr
        self.name = self._line(draft.name)
        self.office = self._line(draft.office)
        self.body.addWidget(
            Labelled(tr("Your name"), self.name, tr("Stands beside everything you enter."))
        )
        self.body.addWidget(
            Labelled(tr("Your office"), self.office, tr("Stands on the papers. May be left empty."))
        )
        self.name.textChanged.connect(self._judge)
        self._judge()
        self.finish()
        self.setFocusProxy(self.name)

    def entered(self) -> Draft:
        """Return the draft with the names."""
        return replace(self.draft, name=self.name.text().strip(), office=self.office.text().strip())

    def _judge(self) -> None:
        self.on.setEnabled(bool(self.name.text().strip()))


class FolderStep(Step):
    """Where the workspace lives, judged by the guards that opening it uses."""

    def __init__(self, desk: Desk, draft: Draft) -> None:
        super().__init__(desk, 3, desk.tr("Where should the records live?"), draft)
        tr = desk.tr
        self.folder = self._line(draft.folder or str(default_workspace()))
        choose = button(
            desk.look, tr("Choose a folder"), self._choose, icon="folder", extent="touch"
        )
        beside: QHBoxLayout = row(self.folder, choose, stretch=0)
        self.said = Labelled(tr("Folder"), self.folder, " ", beside)
        self.body.addWidget(self.said)
        self.body.addWidget(
            label(
                tr(
                    "A folder on this computer's own disk: not a stick, not a network drive, not "
                    "a folder that another program synchronises."
                ),
                Type.CAPTION,
                wrap=True,
            )
        )
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._look)
        self.folder.textChanged.connect(self._wait)
        self.finish()
        self.setFocusProxy(self.folder)
        self._wait()

    def entered(self) -> Draft:
        """Return the draft with the folder."""
        return replace(self.draft, folder=self.folder.text().strip())

    def _wait(self) -> None:
        self.on.setEnabled(False)
        self._pause.start()

    def _look(self) -> None:
        text = self.folder.text().strip()
        root = Path(text).expanduser()
        if not text or not root.is_absolute():
            self.said.say(self.desk.tr("Name a whole path, beginning at the disk."), wrong=True)
            return
        self.desk.worker.apart(
            self,
            lambda _progress: opening.free_bytes(root),
            lambda free: self._judged(text, free),
            failed=lambda error: self._refused(text, error),
        )

    def _judged(self, text: str, free: int) -> None:
        if text == self.folder.text().strip():
            self.said.say(self.desk.tr("Good. {size} GB are free there.", size=free >> 30))
            self.on.setEnabled(True)

    def _refused(self, text: str, error: Exception) -> None:
        if not isinstance(error, MingchaError | OSError):
            raise error
        if text == self.folder.text().strip():
            if isinstance(error, OSError):
                error = MingchaError("disk_error", detail=reason_of(error))
            self.said.say(error.text(self.desk.tr), wrong=True)

    def _choose(self) -> None:
        found = chosen_folder(self, self.desk.tr("Choose a folder"), Path.home())
        if found is not None:
            # A folder that holds other things gets a folder of its own inside.
            inside = found / "mingcha" if found.is_dir() and any(found.iterdir()) else found
            self.folder.setText(str(inside))


class PinStep(Step):
    """A PIN, if one is wanted, in plain words; then the workspace is made."""

    #: Everything is entered: a `Draft` and the PIN, empty if none is wanted.
    finished = Signal(object, str)

    def __init__(self, desk: Desk, draft: Draft) -> None:
        super().__init__(desk, 4, desk.tr("A PIN, if you want one"), draft)
        tr = desk.tr
        self.pin, self.again = self._line(), self._line()
        for field in (self.pin, self.again):
            field.setEchoMode(QLineEdit.EchoMode.Password)
            field.textChanged.connect(self._judge)
        self.body.addWidget(
            label(
                tr(
                    "With a PIN, what was hidden is shown again to you only. A PIN is not "
                    "encryption: whoever copies the files can read them. A forgotten PIN cannot "
                    "be reset."
                ),
                wrap=True,
            )
        )
        hint = tr("4 to 12 digits. Leave it empty to do without.")
        self.said = Labelled(tr("PIN"), self.pin, hint)
        self.body.addWidget(self.said)
        self.repeat = Labelled(tr("The same PIN once more"), self.again)
        self.body.addWidget(self.repeat)
        self.on.setText(tr("Make the workspace"))
        self.finish()
        self.setFocusProxy(self.pin)

    def _judge(self) -> None:
        same = self.pin.text() == self.again.text()
        tr = self.desk.tr
        self.repeat.say("" if same or not self.again.text() else tr("The two PINs differ."),
                        wrong=not same)  # fmt: skip
        self.on.setEnabled(same)

    def go_on(self) -> None:
        """Hand everything over."""
        if self.on.isEnabled():
            self.finished.emit(self.draft, self.pin.text())


#: The steps in their order.
KINDS: tuple[Callable[[Desk, Draft], Step], ...] = (LanguageStep, PersonStep, FolderStep, PinStep)


def frame(inside: QWidget) -> QWidget:
    """Return `inside` in the middle, no wider than a line is pleasant to read."""
    whole = QWidget()
    inside.setMaximumWidth(720)
    across = QHBoxLayout()
    across.addStretch(1)
    across.addWidget(inside, 8)
    across.addStretch(1)
    whole.setLayout(column(None, across, None, margins=tokens.XL))
    return whole
