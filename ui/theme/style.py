"""From tokens to Qt: the palette and the one style sheet of the application."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QPalette

from ui.theme import tokens
from ui.theme.tokens import SIZES, Colours, Tone, Type

if TYPE_CHECKING:
    from collections.abc import Iterator


def palette_of(colours: Colours) -> QPalette:
    """Return the palette for what the style sheet does not reach."""
    palette = QPalette()
    roles = {
        QPalette.ColorRole.Window: colours.canvas,
        QPalette.ColorRole.WindowText: colours.text,
        QPalette.ColorRole.Base: colours.surface,
        QPalette.ColorRole.AlternateBase: colours.canvas,
        QPalette.ColorRole.Text: colours.text,
        QPalette.ColorRole.PlaceholderText: colours.text3,
        QPalette.ColorRole.Button: colours.surface,
        QPalette.ColorRole.ButtonText: colours.text,
        QPalette.ColorRole.ToolTipBase: colours.surface,
        QPalette.ColorRole.ToolTipText: colours.text,
        QPalette.ColorRole.Highlight: colours.accent,
        QPalette.ColorRole.HighlightedText: colours.on_accent,
        QPalette.ColorRole.Link: colours.accent,
    }
    for role, colour in roles.items():
        palette.setColor(role, QColor(colour))
    disabled = QPalette.ColorGroup.Disabled
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        palette.setColor(disabled, role, QColor(colours.text3))
    return palette


def px(size: float, scale: float) -> int:
    """Return a text size at the user's scale."""
    return round(size * scale)


def sheet(colours: Colours, scale: float) -> str:
    """Return the style sheet for a theme at a text scale (1.0, 1.15, 1.3)."""
    parts = (
        *_texts(colours, scale),
        *_surfaces(colours),
        *_buttons(colours),
        *_quiet_buttons(colours),
        *_extents(scale),
        *_chips(colours),
        *_tool_buttons(colours, scale),
        *_fields(colours),
        *_fields_in_use(),
        *_numbers(),
        *_tables(colours, scale),
        *_scrolling(colours),
        *_badges(colours, scale),
    )
    return "\n".join(parts)


def mini_sheet(colours: Colours, scale: float) -> str:
    """Return the style sheet of the mini window; it holds over that of the application."""
    return "\n".join((sheet(colours, scale), *_mini(colours)))


def _mini(c: Colours) -> Iterator[str]:
    yield f"#mini {{ background: {c.canvas}; }}"
    yield (
        f"#mini QPushButton {{ min-height: {tokens.TOUCH - 2}px; padding: 0 2px; }}"
        f"#mini QPushButton:focus {{ min-height: {tokens.TOUCH - 4}px; padding: 0 1px; }}"
        f'#mini QPushButton[kind="chip"] {{ border-radius: {tokens.CONTROL_RADIUS}px; }}'
        f'#mini QPushButton[kind="text"] {{ color: {c.text2}; text-align: left; '
        "padding: 0 8px; }"
        '#mini QPushButton[kind="danger"] { padding: 0 8px; }'
        "#mini QMenu::item { padding: 12px 24px; }"
        f"#mini QLineEdit, #mini QComboBox {{ min-height: {tokens.TOUCH - 2}px; }}"
        "#mini QLineEdit:focus, #mini QComboBox:focus "
        f"{{ min-height: {tokens.TOUCH - 4}px; }}"
        f"#mini QToolButton {{ min-width: {tokens.TOUCH - 4}px; "
        f"min-height: {tokens.TOUCH - 4}px; }}"
    )


def _texts(c: Colours, scale: float) -> Iterator[str]:
    yield f"QWidget {{ color: {c.text}; font-size: {px(14, scale)}px; }}"
    for role, (size, weight) in SIZES.items():
        colour = c.text2 if role is Type.CAPTION else c.text
        yield (
            f'QLabel[type="{role.value}"] {{ font-size: {px(size, scale)}px; '
            f"font-weight: {weight}; color: {colour}; }}"
        )
    for tone in Tone:
        ink, _soft = c.of(tone)
        yield f'QLabel[tone="{tone.value}"] {{ color: {ink}; }}'
    yield f"QToolTip {{ color: {c.text}; background: {c.surface}; border: 1px solid {c.control}; }}"


def _surfaces(c: Colours) -> Iterator[str]:
    yield f"QMainWindow, QDialog, #canvas {{ background: {c.canvas}; }}"
    yield f"#rail {{ background: {c.surface}; border-right: 1px solid {c.border}; }}"
    yield f"#topbar {{ background: {c.surface}; border-bottom: 1px solid {c.border}; }}"
    yield f"#footer {{ background: {c.surface}; border-top: 1px solid {c.border}; }}"
    yield (
        f"#card {{ background: {c.surface}; border: 1px solid {c.border}; "
        f"border-radius: {tokens.CARD_RADIUS}px; }}"
    )
    yield f'#card[active="true"] {{ border: 2px solid {c.accent}; }}'
    yield (
        f"#answering {{ background: {c.accent_soft}; border: 1px solid {c.accent}; "
        f"border-radius: {tokens.CONTROL_RADIUS}px; }}"
    )
    yield f"#strip {{ background: {c.sunken}; border-radius: {tokens.CARD_RADIUS}px; }}"
    yield f"#panel, #cover {{ background: {c.surface}; }}"
    yield f"#line {{ background: {c.border}; }}"
    yield f"#bone {{ background: {c.sunken}; border-radius: {tokens.TAG_RADIUS}px; }}"
    for tone in Tone:
        ink, soft = c.of(tone)
        yield (
            f'#banner[tone="{tone.value}"] {{ background: {soft}; '
            f"border-radius: {tokens.CONTROL_RADIUS}px; }}"
        )
        yield f'#banner[tone="{tone.value}"] QLabel {{ color: {ink}; }}'
    yield (
        f"QProgressBar {{ background: {c.sunken}; border: none; border-radius: 3px; "
        "max-height: 6px; min-height: 6px; }"
    )
    yield f"QProgressBar::chunk {{ background: {c.accent}; border-radius: 3px; }}"
    yield f"QMenu {{ background: {c.surface}; border: 1px solid {c.border}; padding: 4px; }}"
    yield f"QMenu::item {{ padding: 8px 24px; border-radius: {tokens.TAG_RADIUS}px; }}"
    yield f"QMenu::item:selected {{ background: {c.accent_soft}; color: {c.accent}; }}"


def _buttons(c: Colours) -> Iterator[str]:
    r = tokens.CONTROL_RADIUS
    yield (
        f"QPushButton {{ background: {c.surface}; border: 1px solid {c.control}; "
        f"border-radius: {r}px; padding: 0 14px; min-height: {tokens.CONTROL - 2}px; }}"
        # Qt would draw a second frame inside the ring of the focus.
        "QPushButton { outline: none; }"
        f"QPushButton:hover {{ border-color: {c.accent}; color: {c.accent}; }}"
        f"QPushButton:pressed {{ background: {c.sunken}; }}"
        f"QPushButton:focus {{ border: 2px solid {c.focus}; padding: 0 13px; }}"
        f"QPushButton:disabled {{ color: {c.text3}; border-color: {c.border}; "
        f"background: {c.sunken}; }}"
    )
    yield (
        f'QPushButton[kind="primary"] {{ background: {c.accent}; color: {c.on_accent}; '
        f"border-color: {c.accent}; font-weight: 600; }}"
        f'QPushButton[kind="primary"]:hover {{ background: {c.accent_hover}; '
        f"color: {c.on_accent}; border-color: {c.accent_hover}; }}"
        f'QPushButton[kind="primary"]:focus {{ border: 2px solid {c.text}; }}'
        f'QPushButton[kind="primary"]:disabled {{ background: {c.sunken}; color: {c.text3}; '
        f"border-color: {c.border}; }}"
    )


def _quiet_buttons(c: Colours) -> Iterator[str]:
    yield (
        f'QPushButton[kind="text"] {{ background: transparent; border: 1px solid transparent; '
        f"color: {c.accent}; padding: 0 8px; }}"
        f'QPushButton[kind="text"]:hover {{ background: {c.accent_soft}; }}'
        f'QPushButton[kind="text"]:focus {{ border: 2px solid {c.focus}; padding: 0 7px; }}'
        f'QPushButton[kind="text"]:disabled {{ color: {c.text3}; background: transparent; }}'
        f'QPushButton[kind="quiet"] {{ background: transparent; border: 1px solid transparent; '
        f"padding: 0 8px; }}"
        f'QPushButton[kind="quiet"]:hover {{ background: {c.sunken}; color: {c.text}; }}'
        f'QPushButton[kind="quiet"]:focus {{ border: 2px solid {c.focus}; padding: 0 7px; }}'
        f'QPushButton[kind="quiet"]:checked {{ background: {c.accent_soft}; color: {c.accent}; '
        f"font-weight: 600; }}"
    )
    yield 'QPushButton[align="left"] { text-align: left; }'
    yield (
        f'QPushButton[kind="secondary"]:checked {{ background: {c.accent_soft}; '
        f"color: {c.accent}; border-color: {c.accent}; }}"
    )
    yield (
        f'QPushButton[kind="danger"] {{ color: {c.danger}; border-color: {c.danger}; }}'
        f'QPushButton[kind="danger"]:hover {{ background: {c.danger_soft}; color: {c.danger}; }}'
        # The rule for all that is disabled says less than the one above it.
        f'QPushButton[kind="danger"]:disabled {{ color: {c.text3}; border-color: {c.border}; }}'
    )


def _extents(scale: float) -> Iterator[str]:
    yield (
        f'QPushButton[extent="field"] {{ min-height: {tokens.FIELD - 2}px; '
        f"font-size: {px(16, scale)}px; }}"
        f'QPushButton[extent="dense"] {{ min-height: {tokens.DENSE - 2}px; padding: 0 10px; }}'
        # The ring of the focus takes a pixel on each side: a button keeps its width with it.
        'QPushButton[extent="dense"]:focus { padding: 0 9px; }'
        f'QPushButton[extent="touch"] {{ min-height: {tokens.TOUCH - 2}px; }}'
    )


def _chips(c: Colours) -> Iterator[str]:
    yield (
        f'QPushButton[kind="chip"] {{ border-radius: {tokens.PILL_RADIUS}px; '
        f"border-color: {c.control}; padding: 0 14px; min-height: {tokens.DENSE}px; }}"
        f'QPushButton[kind="chip"]:checked {{ background: {c.accent_soft}; color: {c.accent}; '
        f"border: 1px solid {c.accent}; font-weight: 600; }}"
        f'QPushButton[kind="chip"]:disabled {{ color: {c.text3}; border-color: {c.border}; }}'
        f'QPushButton[kind="chip"]:focus {{ border: 2px solid {c.focus}; padding: 0 13px; }}'
        f'QPushButton[kind="chip"][extent="touch"] {{ min-height: {tokens.TOUCH - 2}px; '
        f"border-radius: {tokens.TOUCH // 2}px; }}"
    )
    for tone in (Tone.OK, Tone.WARN):
        ink, soft = c.of(tone)
        # A word on a tinted ground that leads somewhere.
        yield (
            f'QPushButton[kind="pill"][tone="{tone.value}"] {{ background: {soft}; color: {ink}; '
            f"border: 1px solid {soft}; border-radius: {tokens.PILL_RADIUS}px; padding: 0 12px; "
            f"min-height: {tokens.DENSE}px; }}"
            f'QPushButton[kind="pill"][tone="{tone.value}"]:hover {{ border-color: {ink}; }}'
            f'QPushButton[kind="pill"][tone="{tone.value}"]:focus {{ padding: 0 11px; '
            f"border: 2px solid {c.focus}; }}"
        )
    for tone in (Tone.OK, Tone.DANGER, Tone.WARN, Tone.INFO, Tone.ACCENT):
        ink, soft = c.of(tone)
        yield (
            f'QPushButton[kind="answer"][tone="{tone.value}"]:checked {{ background: {soft}; '
            f"color: {ink}; border: 2px solid {ink}; font-weight: 600; }}"
        )


def _tool_buttons(c: Colours, scale: float) -> Iterator[str]:
    r = tokens.CONTROL_RADIUS
    yield (
        f"QToolButton {{ background: transparent; border: 1px solid transparent; "
        f"border-radius: {r}px; min-width: {tokens.CONTROL}px; min-height: {tokens.CONTROL}px; }}"
        f"QToolButton:hover {{ background: {c.sunken}; }}"
        f"QToolButton:checked {{ background: {c.accent_soft}; border-color: {c.accent}; }}"
        f"QToolButton:focus {{ border: 2px solid {c.focus}; }}"
        f'QToolButton[kind="rail"] {{ padding: 6px 0; font-size: {px(12, scale)}px; '
        "qproperty-toolButtonStyle: ToolButtonTextUnderIcon; }"
        f'QToolButton[kind="rail"]:checked {{ color: {c.accent}; border-color: transparent; '
        f"font-weight: 600; }}"
    )


def _fields_in_use() -> Iterator[str]:
    yield (
        # The thicker border of the focus grows inwards: nothing moves when the focus does.
        "QLineEdit:focus, QComboBox:focus, QSpinBox:focus, QDateEdit:focus "
        f"{{ min-height: {tokens.CONTROL - 4}px; }}"
        f'QLineEdit[extent="field"]:focus {{ min-height: {tokens.TOUCH - 4}px; }}'
        # The cross that empties a field is no button of a page.
        "QLineEdit QToolButton { min-width: 0; min-height: 0; border: none; padding: 0; }"
    )


def _fields(c: Colours) -> Iterator[str]:
    fields = "QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QSpinBox, QDateEdit"
    focused = ", ".join(f"{name}:focus" for name in fields.split(", "))
    disabled = ", ".join(f"{name}:disabled" for name in fields.split(", "))
    yield (
        f"{fields} {{ background: {c.surface}; color: {c.text}; border: 1px solid {c.control}; "
        f"border-radius: {tokens.CONTROL_RADIUS}px; padding: 0 10px; "
        f"selection-background-color: {c.accent}; selection-color: {c.on_accent}; "
        f"placeholder-text-color: {c.text3}; }}"
        f"QLineEdit, QComboBox, QSpinBox, QDateEdit {{ min-height: {tokens.CONTROL - 2}px; }}"
        f"QPlainTextEdit, QTextEdit {{ padding: 8px 10px; }}"
        f"{focused} {{ border: 2px solid {c.focus}; padding-left: 9px; }}"
        f"{disabled} {{ background: {c.sunken}; color: {c.text3}; border-color: {c.border}; }}"
        f'QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"] {{ '
        f"border: 2px solid {c.danger}; }}"
        "#notes, #notes:focus { border: none; border-radius: 0; padding: 16px 24px; }"
        f'QLineEdit[extent="field"] {{ min-height: {tokens.TOUCH - 2}px; }}'
    )
    yield (
        "QComboBox::drop-down, QDateEdit::drop-down { border: none; width: 28px; }"
        "QComboBox::down-arrow, QDateEdit::down-arrow { image: url(mark:down.svg); "
        "width: 16px; height: 16px; }"
        f"QComboBox QAbstractItemView {{ background: {c.surface}; border: 1px solid {c.control}; "
        f"selection-background-color: {c.accent_soft}; selection-color: {c.accent}; "
        "padding: 4px; outline: none; }"
    )
    yield (
        "QCheckBox, QRadioButton { spacing: 10px; min-height: 28px; }"
        "QCheckBox::indicator, QRadioButton::indicator { width: 18px; height: 18px; "
        f"border: 2px solid {c.control}; background: {c.surface}; }}"
        f"QCheckBox::indicator {{ border-radius: {tokens.TAG_RADIUS}px; }}"
        "QRadioButton::indicator { border-radius: 11px; }"
        f"QCheckBox::indicator:checked {{ background: {c.accent}; border-color: {c.accent}; "
        "image: url(mark:check.svg); }"
        f"QRadioButton::indicator:checked {{ border: 6px solid {c.accent}; "
        "width: 10px; height: 10px; }"
        f"QCheckBox:focus, QRadioButton:focus {{ color: {c.accent}; }}"
        f"QCheckBox::indicator:focus, QRadioButton::indicator:focus {{ "
        f"border-color: {c.focus}; }}"
    )


def _numbers() -> Iterator[str]:
    # A number that is typed: its arrows are on the keyboard.
    yield (
        'QSpinBox[plain="true"]::up-button, QSpinBox[plain="true"]::down-button { '
        "width: 0; border: none; }"
    )


def _tables(c: Colours, scale: float) -> Iterator[str]:
    yield (
        # The border is always there: one that appears with the focus is laid over by what it holds.
        f"QTableView, QListView, QTreeView {{ background: {c.surface}; "
        f"border: 2px solid {c.surface}; "
        f"gridline-color: {c.border}; selection-background-color: {c.accent_soft}; "
        f"selection-color: {c.text}; outline: none; alternate-background-color: {c.surface}; }}"
        f"QTableView:focus, QListView:focus, QTreeView:focus {{ border-color: {c.focus}; }}"
        f"QTableView::item {{ padding: 0 8px; border-bottom: 1px solid {c.border}; }}"
        f"QTableView::item:selected, QListView::item:selected {{ background: {c.accent_soft}; "
        f"color: {c.text}; }}"
        f"QHeaderView {{ background: {c.surface}; }}"
        f"QHeaderView::section {{ background: {c.surface}; color: {c.text2}; border: none; "
        f"border-bottom: 1px solid {c.control}; padding: 6px 8px; "
        f"font-size: {px(12, scale)}px; font-weight: 600; }}"
        f"QTableCornerButton::section {{ background: {c.surface}; border: none; }}"
    )
    yield (
        "QTabBar::tab { padding: 8px 14px; border: none; border-bottom: 2px solid transparent; }"
        f"QTabBar::tab:selected {{ color: {c.accent}; border-bottom-color: {c.accent}; }}"
        f"QTabBar::tab:focus {{ color: {c.focus}; border-bottom-color: {c.focus}; }}"
        "QTabWidget::pane { border: none; }"
    )


def _scrolling(c: Colours) -> Iterator[str]:
    yield (
        "QScrollArea, QScrollArea > QWidget > QWidget#canvas { border: none; }"
        "QScrollBar:vertical { width: 10px; background: transparent; margin: 0; }"
        "QScrollBar:horizontal { height: 10px; background: transparent; margin: 0; }"
        f"QScrollBar::handle {{ background: {c.control}; border-radius: 4px; min-height: 32px; "
        "min-width: 32px; margin: 1px; }"
        "QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }"
        "QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }"
        "QSplitter::handle { background: transparent; }"
    )


def _badges(c: Colours, scale: float) -> Iterator[str]:
    for tone in Tone:
        ink, soft = c.of(tone)
        yield (
            f'#badge[tone="{tone.value}"] {{ background: {soft}; border-radius: 9px; }}'
            f'#badge[tone="{tone.value}"] QLabel {{ color: {ink}; '
            f"font-size: {px(12, scale)}px; }}"
        )
    yield (
        f"#keycap {{ background: {c.surface}; border: 1px solid {c.control}; "
        f"border-radius: {tokens.TAG_RADIUS}px; padding: 1px 6px; color: {c.text2}; "
        f"font-size: {px(11, scale)}px; }}"
    )
