"""How dossiers are printed, and where they go."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QStandardPaths, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from inspector.base.errors import MingchaError
from inspector.base.i18n import LANGUAGES, N_
from inspector.domain.filenames import check_pattern, pattern_fields, usual_pattern
from inspector.operations.dossiers import DossierOptions
from ui.choosing import chosen_folder
from ui.theme import tokens
from ui.theme.tokens import Tone, Type
from ui.widgets.buttons import button
from ui.widgets.checkbox import CheckBox
from ui.widgets.choice import Choice
from ui.widgets.surfaces import column, scrolled
from ui.widgets.text import Elided, label

if TYPE_CHECKING:
    from ui.desk import Desk

_PHOTOS = ((1, N_("1 photograph a page")), (2, N_("2 photographs a page")), (4, N_("4 a page")))
#: At 100 % text.
_WIDTH = 264
_LANGUAGE_NAMES = {"zh": "中文", "en": "English"}


class OptionsPane(QFrame):
    """Choices that hold for every dossier of an export."""

    #: Something that the pages show was changed.
    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("panel")
        self._desk = desk
        tr = desk.tr
        documents = QStandardPaths.StandardLocation.DocumentsLocation
        self.folder = Path(QStandardPaths.writableLocation(documents))
        if not self.folder.is_dir():
            self.folder = Path.home()
        self.office = ""
        self.lang = self._combo(
            tr("Language"), [(each, _LANGUAGE_NAMES[each]) for each in LANGUAGES]
        )
        self.lang.setCurrentIndex(LANGUAGES.index(desk.lang))
        self.photos = self._combo(
            tr("Photographs"), [(count, tr(words)) for count, words in _PHOTOS]
        )
        self.photos.setCurrentIndex(1)
        self.for_paper = self._box(tr("Marked “copy for paper”"))
        self.originals = self._box(tr("Original photographs (large)"))
        self.index = self._box(tr("Index of the volume"), affects_pages=False)
        self.merged = self._box(tr("All in one file as well"), affects_pages=False)
        self.pattern = QLineEdit(usual_pattern(desk.lang))
        self.pattern.setAccessibleName(tr("File names"))
        self.pattern.textChanged.connect(self._check_pattern)
        self.wrong = label("", Type.CAPTION, tone=Tone.DANGER, wrap=True)
        self.wrong.hide()
        self._place = Elided(str(self.folder), Type.CAPTION)
        inside = QWidget()
        inside.setLayout(self._arranged())
        self.setLayout(column(scrolled(inside)))
        inside.setObjectName("panel")
        self._inside = inside

    def changeEvent(self, event: QEvent) -> None:
        """Take the room of what it holds, which is known once it is dressed."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            widest = max(each.sizeHint().width() for each in self._inside.findChildren(QCheckBox))
            usual = round(_WIDTH * self._desk.look.scale)
            self.setFixedWidth(max(usual, widest + 2 * tokens.L + 12))

    def _arranged(self) -> QVBoxLayout:
        tr = self._desk.tr
        change = button(self._desk.look, tr("Change folder"), self._choose, icon="folder")
        fields = " ".join(pattern_fields(self._desk.lang))
        return column(
            label(tr("Style"), Type.SECTION),
            label(tr("Language"), Type.CAPTION),
            self.lang,
            label(tr("Photographs"), Type.CAPTION),
            self.photos,
            self.for_paper,
            self.originals,
            label(tr("Volume"), Type.SECTION),
            self.index,
            self.merged,
            label(tr("File names"), Type.SECTION),
            self.pattern,
            label(tr("Fields: {fields}", fields=fields), Type.CAPTION, wrap=True),
            self.wrong,
            None,
            label(tr("Saved in"), Type.CAPTION),
            self._place,
            change,
            spacing=tokens.S,
            margins=tokens.L,
        )

    # -- what was chosen -------------------------------------------------------------------

    @property
    def options(self) -> DossierOptions:
        """How the dossiers are printed."""
        return DossierOptions(
            lang=self.lang.currentData(),
            photos_per_page=self.photos.currentData(),
            for_paper=self.for_paper.isChecked(),
            embed_originals=self.originals.isChecked(),
            office=self.office,
        )

    @property
    def is_sound(self) -> bool:
        """Whether names can be made and there is a folder to write to."""
        return not self.wrong.isVisibleTo(self) and self.folder.is_dir()

    def set_folder(self, folder: Path) -> None:
        """Write to another folder."""
        self.folder = folder
        self._place.setText(str(folder))
        self.changed.emit()

    def _choose(self) -> None:
        title = self._desk.tr("Where the dossiers are saved")
        chosen = chosen_folder(self, title, self.folder)
        if chosen is not None:
            self.set_folder(chosen)

    def _check_pattern(self, pattern: str) -> None:
        try:
            check_pattern(pattern)
        except MingchaError as error:
            self.wrong.setText(error.text(self._desk.tr))
            self.wrong.show()
        else:
            self.wrong.hide()
        self.changed.emit()

    def _combo(self, name: str, choices: list[tuple[object, str]]) -> Choice:
        made = Choice(name)
        for value, words in choices:
            made.addItem(words, value)
        made.currentIndexChanged.connect(lambda _index: self.changed.emit())
        made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        return made

    def _box(self, words: str, *, affects_pages: bool = True) -> QCheckBox:
        made = CheckBox(words)
        if affects_pages:
            made.toggled.connect(lambda _on: self.changed.emit())
        return made
