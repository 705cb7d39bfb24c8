"""What the drawn photographs of the demonstration show: a service hall, the papers of a visit."""

from __future__ import annotations

import io
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from PIL import Image

from inspector.base.clock import Reading, to_ms
from inspector.media.clock_card import clock_card
from inspector.media.sample_drawing import CLOTHES, INK, LED, PAPER, WOOD, Brush, shade

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from inspector.media.sample_drawing import Box


class Scene(StrEnum):
    """What a drawn photograph shows."""

    CLOCK_CARD = "clock_card"
    HALL = "hall"
    EMPTY_WINDOW = "empty_window"
    LIT_SCREEN = "lit_screen"
    PAUSED_WINDOW = "paused_window"
    TICKET = "ticket"
    NOTICE_BOARD = "notice_board"
    BLOCKED_EXIT = "blocked_exit"
    TERMINALS = "terminals"
    LEDGER = "ledger"
    SIGNED_SHEET = "signed_sheet"


@dataclass(frozen=True, slots=True, kw_only=True)
class SamplePhoto:
    """A photograph to be drawn.

    taken: what the camera's own clock said; shown: what a photographed clock card showed.
    camera: model name, "" for a copy without metadata as messengers make it. numbers, words: what
    displays, signs and sheets say. people: how many wait. place: latitude and longitude in whole
    1e-7 degrees.
    """

    name: str
    scene: Scene
    taken: datetime
    camera: str = ""
    shown: datetime | None = None
    numbers: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    people: int = 0
    place: tuple[int, int] | None = None


def _room(brush: Brush, horizon: float) -> None:
    """Draw ceiling, wall and tiled floor; the wall meets the floor at `horizon`."""
    width, height = brush.width, brush.height
    brush.gradient((0, 0, width, height * 0.14), (236, 238, 240), (214, 218, 222))
    brush.gradient((0, height * 0.14, width, horizon), (228, 230, 226), (208, 212, 208))
    brush.gradient((0, horizon, width, height), (186, 182, 172), (214, 210, 200))
    for column in range(-8, 9):
        start = width / 2 + column * width * 0.09
        end = width / 2 + column * width * 0.26
        brush.draw.line((start, horizon, end, height), (166, 162, 152), 3)
    for row in range(1, 6):
        y = horizon + (height - horizon) * (row / 6) ** 1.7
        brush.draw.line((0, y, width, y), (168, 164, 154), 3)
    for column in range(4):
        x = width * (0.07 + 0.24 * column)
        brush.box((x, height * 0.045, x + width * 0.15, height * 0.085), (255, 255, 250), radius=8)


def _booth(brush: Brush, box: Box, number: str, state: str) -> None:
    """Draw one window: `box` holds it from the display down to the foot of the counter."""
    left, top, right, bottom = box
    width, height = right - left, bottom - top
    middle, desk = (left + right) / 2, top + height * 0.66
    brush.box((left, top + height * 0.2, right, desk), (196, 206, 212))
    if state == "serving":
        brush.clerk(middle - width * 0.1, desk, height * 0.3)
    else:
        brush.chair(middle - width * 0.1, desk, height * 0.32)
    brush.monitor(middle + width * 0.26, desk, width * 0.3, lit=state == "lit")
    pane = shade((196, 206, 212), 0.82)
    for x in (left, right):
        brush.box((x - width * 0.015, top + height * 0.2, x + width * 0.015, desk), pane)
    display = (middle - width * 0.34, top, middle + width * 0.34, top + height * 0.17)
    brush.box(display, (28, 30, 34), radius=height * 0.02, line=(90, 94, 98))
    brush.text((middle, top + height * 0.085), number, height * 0.13, LED)
    brush.box(
        (left - width * 0.02, desk, right + width * 0.02, desk + height * 0.045), shade(WOOD, 1.25)
    )
    brush.gradient((left, desk + height * 0.045, right, bottom), WOOD, shade(WOOD, 0.8))
    brush.draw.line((right, desk, right, bottom), shade(WOOD, 0.6), 3)


def _hall(brush: Brush, photo: SamplePhoto) -> None:
    """The counters of a floor, some without a clerk, people standing in front of them."""
    width, height = brush.width, brush.height
    horizon = height * 0.66
    _room(brush, horizon)
    count = len(photo.numbers)
    each = width * 0.94 / count
    sign = (width * 0.2, height * 0.12, width * 0.8, height * 0.2)
    brush.box(sign, (34, 84, 140), radius=10)
    brush.text((width / 2, height * 0.16), "  ".join(photo.words), height * 0.045, PAPER)
    for position, number in enumerate(photo.numbers):
        left = width * 0.03 + position * each
        empty = position == 2
        _booth(
            brush,
            (left + each * 0.04, height * 0.25, left + each * 0.96, horizon + height * 0.03),
            number,
            "empty" if empty else "serving",
        )
    _queue(brush, photo.people, 0.05, 0.97, height * 0.93, height * 0.44)


def _queue(brush: Brush, people: int, start: float, end: float, floor: float, tall: float) -> None:
    for number in range(people):
        share = (number + 0.5) / people
        x = brush.width * (start + (end - start) * share) + brush.random.uniform(-30, 30)
        size = tall * brush.random.uniform(0.93, 1.05)
        clothes = brush.random.choice(CLOTHES)
        brush.person(x, floor + brush.random.uniform(-0.02, 0.05) * tall, size, clothes)


def _close(brush: Brush, photo: SamplePhoto, state: str) -> None:
    """Three windows from near by; the middle one is what the photograph is about."""
    width, height = brush.width, brush.height
    horizon = height * 0.86
    _room(brush, horizon)
    for position, number in enumerate(photo.numbers):
        left = width * (-0.16 + 0.46 * position)
        shown = state if position == 1 else "serving"
        box = (left, height * 0.17, left + width * 0.4, horizon + height * 0.02)
        _booth(brush, box, number, shown)


def _empty_window(brush: Brush, photo: SamplePhoto) -> None:
    _close(brush, photo, "empty")
    _queue(brush, photo.people, 0.16, 0.9, brush.height * 1.1, brush.height * 0.62)


def _lit_screen(brush: Brush, photo: SamplePhoto) -> None:
    """An empty window whose screen shows somebody's form."""
    width, height = brush.width, brush.height
    brush.gradient((0, 0, width, height * 0.7), (222, 226, 226), (200, 206, 206))
    brush.box((width * 0.05, height * 0.06, width * 0.34, height * 0.2), (28, 30, 34), radius=14)
    brush.text((width * 0.195, height * 0.13), photo.numbers[0], height * 0.1, LED)
    brush.chair(width * 0.26, height * 0.72, height * 0.46)
    brush.monitor(width * 0.63, height * 0.72, width * 0.48, lit=True)
    brush.box((0, height * 0.7, width, height * 0.76), shade(WOOD, 1.25))
    brush.gradient((0, height * 0.76, width, height), WOOD, shade(WOOD, 0.75))
    for sheet in range(3):
        left = width * (0.1 + 0.05 * sheet)
        paper = (
            left,
            height * (0.66 + 0.008 * sheet),
            left + width * 0.14,
            height * (0.7 + 0.01 * sheet),
        )
        brush.box(paper, PAPER, line=(180, 180, 174))


def _paused_window(brush: Brush, photo: SamplePhoto) -> None:
    """A closed window with its sign on the desk."""
    _close(brush, photo, "empty")
    width, height = brush.width, brush.height
    card = (width * 0.33, height * 0.52, width * 0.52, height * 0.665)
    brush.box(card, (250, 214, 70), radius=8, line=(120, 100, 30))
    for row, words in enumerate(photo.words):
        size = height * (0.052 if row == 0 else 0.026)
        brush.text((width * 0.425, height * (0.568 + 0.062 * row)), words, size, INK)


def _ticket(brush: Brush, photo: SamplePhoto) -> None:
    """A queue ticket held against the ticket machine."""
    width, height = brush.width, brush.height
    _room(brush, height * 0.9)
    brush.box((width * 0.06, height * 0.08, width * 0.5, height), (70, 86, 108), radius=30)
    brush.box((width * 0.1, height * 0.14, width * 0.46, height * 0.5), (208, 228, 246), radius=12)
    for row in range(4):
        y = height * (0.17 + 0.08 * row)
        brush.box((width * 0.12, y, width * 0.44, y + height * 0.055), (74, 134, 204), radius=10)
    left, top = width * 0.47, height * 0.2
    brush.box((left, top, left + width * 0.36, top + height * 0.64), PAPER, line=(190, 188, 180))
    middle = left + width * 0.18
    brush.text((middle, top + height * 0.07), photo.words[0], height * 0.034, INK)
    brush.text((middle, top + height * 0.2), photo.numbers[0], height * 0.14, INK)
    for row, words in enumerate(photo.words[1:]):
        brush.text((middle, top + height * (0.35 + 0.065 * row)), words, height * 0.034, INK)
    thumb = (left + width * 0.26, top + height * 0.52, left + width * 0.36, height * 1.1)
    brush.box(thumb, (214, 174, 150), radius=width * 0.05)


def _notice_board(brush: Brush, photo: SamplePhoto) -> None:
    """A board with guides, one of them the photograph is about."""
    width, height = brush.width, brush.height
    brush.gradient((0, 0, width, height), (224, 226, 222), (206, 208, 204))
    brush.box((width * 0.06, height * 0.1, width * 0.94, height * 0.9), (120, 40, 36), radius=14)
    brush.box((width * 0.08, height * 0.2, width * 0.92, height * 0.87), (214, 196, 168))
    brush.text((width / 2, height * 0.15), photo.words[0], height * 0.055, (250, 224, 150))
    for column in range(4):
        left = width * (0.1 + 0.205 * column)
        sheet = (left, height * 0.24, left + width * 0.185, height * 0.82)
        brush.box(sheet, PAPER, line=(170, 166, 156))
        brush.box((left, height * 0.24, left + width * 0.185, height * 0.29), (60, 110, 170))
        if column == 1:
            for row, words in enumerate(photo.words[1:]):
                at = (left + width * 0.0925, height * (0.33 + 0.045 * row))
                brush.text(at, words, height * 0.026, (176, 32, 28) if row else INK)
        start = 0.48 if column == 1 else 0.32
        brush.lines((left + 22, height * start, left + width * 0.185 - 22, height * 0.8), 14)


def _blocked_exit(brush: Brush, photo: SamplePhoto) -> None:
    """A door below an exit sign with boxes in front of it."""
    width, height = brush.width, brush.height
    _room(brush, height * 0.8)
    door = (width * 0.32, height * 0.2, width * 0.7, height * 0.82)
    brush.box(door, (150, 158, 160), line=(100, 106, 108))
    brush.draw.line((width * 0.51, height * 0.2, width * 0.51, height * 0.82), (96, 100, 102), 6)
    brush.box((width * 0.37, height * 0.5, width * 0.65, height * 0.53), (70, 74, 76), radius=10)
    brush.box((width * 0.39, height * 0.11, width * 0.63, height * 0.18), (16, 128, 70), radius=8)
    brush.text((width * 0.51, height * 0.145), photo.words[0], height * 0.05, (240, 255, 244))
    for left, top, size in (
        (0.36, 0.66, 0.15),
        (0.5, 0.62, 0.18),
        (0.4, 0.5, 0.13),
        (0.55, 0.47, 0.12),
    ):
        right, bottom = left + size, top + size * 1.2
        box = (width * left, height * top, width * right, height * min(bottom, top + 0.2))
        brush.box(box, (190, 152, 104), line=(130, 100, 62))
        middle = width * (left + size / 2)
        tape = (middle - 24, height * top, middle + 24, height * top + 60)
        brush.box(tape, (222, 204, 166))


def _terminals(brush: Brush, photo: SamplePhoto) -> None:
    """Self-service machines, one of them dark with a sheet of paper on it."""
    width, height = brush.width, brush.height
    _room(brush, height * 0.82)
    for position in range(4):
        left = width * (0.06 + 0.23 * position)
        brush.box(
            (left, height * 0.2, left + width * 0.19, height * 0.9), (232, 236, 238), radius=20
        )
        screen = (left + width * 0.025, height * 0.27, left + width * 0.165, height * 0.52)
        dark = position == 2
        brush.box(screen, (24, 26, 28) if dark else (70, 140, 214), radius=8)
        keys = (left + width * 0.03, height * 0.58, left + width * 0.16, height * 0.68)
        brush.box(keys, (90, 96, 102), radius=8)
        if dark:
            sheet = (left + width * 0.035, height * 0.33, left + width * 0.155, height * 0.44)
            brush.box(sheet, PAPER)
            brush.text((left + width * 0.095, height * 0.385), photo.words[0], height * 0.04, INK)
        else:
            brush.lines((screen[0] + 30, screen[1] + 40, screen[2] - 30, screen[3] - 30), 5, PAPER)
    _queue(brush, photo.people, 0.1, 0.3, height * 0.98, height * 0.6)


def _table(brush: Brush) -> None:
    """Draw the table that papers lie on."""
    brush.gradient((0, 0, brush.width, brush.height), shade(WOOD, 0.92), shade(WOOD, 0.7))
    for _ in range(70):
        y = brush.random.uniform(0, brush.height)
        tone = shade(WOOD, brush.random.uniform(0.68, 0.86))
        brush.draw.line((0, y, brush.width, y + brush.random.uniform(-30, 30)), tone, 2)


def _ledger(brush: Brush, photo: SamplePhoto) -> None:
    """An open ledger with columns, some of them empty."""
    width, height = brush.width, brush.height
    _table(brush)
    for page in range(2):
        left = width * (0.07 + 0.43 * page)
        brush.box(
            (left, height * 0.1, left + width * 0.43, height * 0.92), PAPER, line=(190, 184, 170)
        )
        brush.text((left + width * 0.215, height * 0.16), photo.words[page], height * 0.036, INK)
        for row in range(11):
            y = height * (0.22 + 0.06 * row)
            brush.draw.line((left + 40, y, left + width * 0.43 - 40, y), (150, 150, 146), 3)
            if row < (10 if page == 0 else 4):
                brush.lines((left + 60, y + 24, left + width * 0.39, y + 66), 1, (60, 70, 120))
        for column in range(1, 4):
            x = left + width * 0.107 * column
            brush.draw.line((x, height * 0.22, x, height * 0.82), (150, 150, 146), 3)


def _signed_sheet(brush: Brush, photo: SamplePhoto) -> None:
    """A sheet with a title, printed lines and signatures."""
    width, height = brush.width, brush.height
    _table(brush)
    left, right = width * 0.2, width * 0.8
    brush.box((left + 14, height * 0.045, right + 14, height + 20), shade(WOOD, 0.5))
    brush.box((left, height * 0.03, right, height + 20), PAPER)
    brush.text((width / 2, height * 0.11), photo.words[0], height * 0.05, INK)
    brush.lines((left + 130, height * 0.19, right - 130, height * 0.56), 12, (96, 100, 104))
    for row, words in enumerate(photo.words[1:]):
        y = height * (0.65 + 0.1 * row)
        brush.text((left + 130, y), words, height * 0.03, INK, "lm")
        brush.draw.line((left + 470, y + 30, right - 150, y + 30), (120, 120, 116), 3)
        brush.signature(left + 540, y, height * 0.1)


def _clock_card(brush: Brush, photo: SamplePhoto) -> None:
    """The clock card on the screen of a laptop."""
    width, height = brush.width, brush.height
    _table(brush)
    brush.box((width * 0.08, height * 0.05, width * 0.92, height * 0.86), (34, 36, 40), radius=30)
    brush.box((width * 0.02, height * 0.86, width * 0.98, height), (168, 172, 176), radius=20)
    shown = photo.shown or photo.taken
    zone = shown.utcoffset()
    minutes = int(zone.total_seconds()) // 60 if zone else 0
    card = clock_card(Reading(to_ms(shown), minutes, "", 0), (1600, 1080))
    with Image.open(io.BytesIO(card)) as picture:
        brush.image.paste(picture.convert("RGB").resize((1600, 1080)), (200, 120))


SCENES: dict[Scene, Callable[[Brush, SamplePhoto], None]] = {
    Scene.CLOCK_CARD: _clock_card,
    Scene.HALL: _hall,
    Scene.EMPTY_WINDOW: _empty_window,
    Scene.LIT_SCREEN: _lit_screen,
    Scene.PAUSED_WINDOW: _paused_window,
    Scene.TICKET: _ticket,
    Scene.NOTICE_BOARD: _notice_board,
    Scene.BLOCKED_EXIT: _blocked_exit,
    Scene.TERMINALS: _terminals,
    Scene.LEDGER: _ledger,
    Scene.SIGNED_SHEET: _signed_sheet,
}
