"""What a page of the main window is."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from ui.widgets.typed import is_typed_in

if TYPE_CHECKING:
    from inspector.base.i18n import Translator
    from inspector.domain.changes import Changes
    from ui.desk import Desk, Place, Said
    from ui.theme.look import Look


class Chrome(Enum):
    """What the window shows around a page."""

    #: The rail at the left and the top bar with title and search.
    RAIL = "rail"
    #: The page alone; it has a heading of its own with a way back.
    BARE = "bare"


class Key(NamedTuple):
    """A key and what it does, as the settings list it; `single`: a letter or digit alone."""

    key: str
    does: str
    single: bool = False


class Page(QWidget):
    """A page: built once for each showing, told where it stands and what changed.

    Pages are made anew when the language, the theme or the text size changes, so a page builds its
    widgets in its constructor and reads what it shows in `show_place`. A page in which something
    stands unsaved is made anew only after that.
    """

    chrome: ClassVar[Chrome] = Chrome.RAIL
    #: The keys of this page beside those of every window; their words are marked with `N_`.
    keys: ClassVar[tuple[Key, ...]] = ()
    #: The title or the line below it changed: the window reads `title` and `subtitle` again.
    retitled = Signal()
    #: It has something to show now: see `is_awaited`.
    filled = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.title = ""
        self.subtitle = ""
        #: What stands at the right of the top bar for this page.
        self.tools: list[QWidget] = []
        #: Fields that only narrow what is shown: their text goes along when the page is made anew.
        self.narrowing: list[QLineEdit] = []

    @property
    def is_awaited(self) -> bool:
        """Whether there is nothing on it yet; where bones stand they stay until it is `filled`.

        A page that is shown before is laid out and painted for nothing.
        """
        return False

    @property
    def is_whole(self) -> bool:
        """Whether all of it was made; some pages make what is seen first and then the rest."""
        return True

    @property
    def tr(self) -> Translator:  # type: ignore[override]  # Qt's own would ask Qt's catalogues
        """Turns English message ids into the language of the windows."""
        return self.desk.tr

    @property
    def look(self) -> Look:
        """Colours and icons."""
        return self.desk.look

    def show_place(self, place: Place) -> None:
        """Show what `place` names. Called each time somebody comes here."""

    def refresh(self, changes: Changes) -> None:
        """Read again what `changes` touched, if it is shown here."""

    def tell(self, said: Said) -> bool:
        """Show a sentence at the page's own foot; False where the window has to."""
        del said
        return False

    def undo(self) -> None:
        """Take back the last action (Ctrl+Z); the page says what that was."""

    def is_typed_in(self) -> bool:
        """Whether something was typed here that would be lost if the page were made anew."""
        return is_typed_in(self, self.narrowing)

    def would_lose(self) -> bool:
        """Whether something typed is lost if the page is made anew: `hand_over` leaves it."""
        return self.is_typed_in()

    def is_unsaved(self) -> bool:
        """Whether something typed here would be gone with the window."""
        return self.is_typed_in()

    def hand_over(self) -> Any:
        """Return what the page that is made in place of this one begins with."""
        return [field.text() for field in self.narrowing]

    def take_over(self, handed: Any) -> None:
        """Begin with what the page that stood here before has handed over."""
        for field, text in zip(self.narrowing, handed, strict=True):
            field.setText(text)

    def may_leave(self) -> bool:
        """Say whether the page can be left now; it asks where something would be lost."""
        return True
