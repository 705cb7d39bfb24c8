"""How the application looks now: colours, text scale, language of the fonts. One per window."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from PySide6 import QtCore
from PySide6.QtCore import QDir
from PySide6.QtGui import QFont, QGuiApplication, QPalette

from inspector.base.paths import resource
from ui.theme import icons
from ui.theme.style import palette_of, sheet
from ui.theme.tokens import DARK, LIGHT, SIZES, Colours, Tone, Type
from ui.theme.words import speak

if TYPE_CHECKING:
    from PySide6.QtGui import QIcon, QPixmap
    from PySide6.QtWidgets import QApplication, QWidget

    from inspector.base.i18n import Lang
    from inspector.base.settings import Settings, ThemeName

_CHINESE = (
    *("Microsoft YaHei UI", "PingFang SC", "HarmonyOS Sans SC", "Noto Sans CJK SC"),
    *("Source Han Sans SC", "WenQuanYi Micro Hei"),
)
_LATIN = ("Segoe UI", "Noto Sans", "Liberation Sans", "DejaVu Sans")
#: For hashes and codes: characters of one width.
MONOSPACE = ("Cascadia Mono", "Menlo", "Noto Sans Mono", "DejaVu Sans Mono", "Liberation Mono")


class Look(NamedTuple):
    """The colours of a theme at a text scale, with the icons tinted to fit."""

    colours: Colours
    scale: float
    lang: Lang

    @property
    def is_dark(self) -> bool:
        """Whether this is the dark theme."""
        return self.colours is DARK

    def icon(
        self, name: str, tone: Tone | None = None, *, on_accent: bool = False, off: bool = True
    ) -> QIcon:
        """Return a tinted icon for a button; `tone` is its colour also while the button is checked.

        off: it may be disabled.
        """
        dull = self.colours.text3 if off else ""
        if on_accent:
            return icons.icon(name, self.colours.on_accent, dull)
        if tone:
            return icons.icon(name, self.colours.of(tone)[0], dull)
        return icons.icon(name, self.colours.text2, dull, on_colour=self.colours.accent)

    def pixmap(self, name: str, size: int, tone: Tone | None = None) -> QPixmap:
        """Return a tinted icon as a picture of `size` logical pixels."""
        ink = self.colours.of(tone)[0] if tone else self.colours.text2
        screen = QGuiApplication.primaryScreen()
        return icons.pixmap(name, ink, size, screen.devicePixelRatio() if screen else 1.0)

    def font(self, role: Type) -> QFont:
        """Return the font for what is painted by hand."""
        # A copy, which costs nothing until it is changed: each is built once.
        return QFont(_font(role, self.scale, self.lang))


@cache
def _font(role: Type, scale: float, lang: Lang) -> QFont:
    size, weight = SIZES[role]
    font = QFont(families(lang))
    font.setPixelSize(round(size * scale))
    font.setWeight(QFont.Weight(weight))
    return font


def families(lang: Lang) -> list[str]:
    """Return the font families. Latin first in English: Chinese fonts draw its quotes full-width.

    In Chinese the order is reversed for the same reason.
    """
    return [*_CHINESE, *_LATIN] if lang == "zh" else [*_LATIN, *_CHINESE]


def look_of(settings: Settings, lang: Lang, *, system_dark: bool | None = None) -> Look:
    """Return the look that the settings ask for; `system` follows the system's colours.

    system_dark: whether these are dark, where that is known already.
    """
    dark = _wants_dark(settings.theme, system_dark)
    return Look(DARK if dark else LIGHT, settings.scale / 100, lang)


def _wants_dark(theme: ThemeName, system_dark: bool | None) -> bool:
    if theme != "system":
        return theme == "dark"
    if system_dark is not None:
        return system_dark
    return QGuiApplication.styleHints().colorScheme() is QtCore.Qt.ColorScheme.Dark


def system_looks_dark() -> bool:
    """Tell by the system's palette whether its colours are dark, before it is replaced by ours."""
    window = QGuiApplication.palette().color(QPalette.ColorRole.Window)
    return window.lightness() < 128


def apply(look: Look, application: QApplication) -> None:
    """Dress the whole application, and let Qt's own dialogs speak its language."""
    speak(look.lang, application)
    QDir.setSearchPaths("mark", [str(resource("icons", "marks", _marks(look)))])
    font = QFont(families(look.lang))
    font.setPixelSize(round(14 * look.scale))
    application.setFont(font)
    application.setPalette(palette_of(look.colours))


def dress(look: Look, window: QWidget) -> None:
    """Give a window the style sheet; all that is put into it, and dialogs above it, follow it.

    It is no sheet of the application: with one, Qt would go through all that stands in a widget
    each time it is put into another, and make a page five times over while it is built.
    """
    window.setStyleSheet(sheet(look.colours, look.scale))


def _marks(look: Look) -> str:
    return "dark" if look.is_dark else "light"
