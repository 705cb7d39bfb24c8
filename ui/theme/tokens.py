"""Colours, sizes and spacing of the design language, in logical pixels.

The contrast of every pair of colours that carries text or marks a control is computed in
`tests/ui/test_tokens.py` by the formula of WCAG 2.2; no colour stands anywhere else in `ui`.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Tone(StrEnum):
    """What a coloured thing says. It never says so by its colour alone."""

    NEUTRAL = "neutral"
    ACCENT = "accent"
    OK = "ok"
    WARN = "warn"
    DANGER = "danger"
    INFO = "info"


class Colours(NamedTuple):
    """One theme. `*_soft` are backgrounds on which the colour of the same name is written."""

    canvas: str
    surface: str
    sunken: str
    border: str
    control: str
    text: str
    text2: str
    text3: str
    accent: str
    accent_hover: str
    accent_soft: str
    on_accent: str
    ok: str
    ok_soft: str
    warn: str
    warn_soft: str
    danger: str
    danger_soft: str
    info: str
    info_soft: str
    focus: str

    def of(self, tone: Tone) -> tuple[str, str]:
        """Return the colour of a tone and the background on which it is written."""
        if tone is Tone.NEUTRAL:
            return self.text2, self.sunken
        return getattr(self, tone.value), getattr(self, f"{tone.value}_soft")


LIGHT = Colours(
    canvas="#F3F5F8",
    surface="#FFFFFF",
    sunken="#E9EDF2",
    border="#D3DAE3",
    control="#7C8896",
    text="#17202B",
    text2="#475464",
    text3="#5E6B7A",
    accent="#1F5FBF",
    accent_hover="#174C9C",
    accent_soft="#E4EDFA",
    on_accent="#FFFFFF",
    ok="#177245",
    ok_soft="#E0F3E8",
    warn="#8A5200",
    warn_soft="#FCEFD6",
    danger="#B3261E",
    danger_soft="#FBE8E6",
    info="#0A6480",
    info_soft="#DFF2F7",
    focus="#0B57D0",
)
DARK = Colours(
    canvas="#11161C",
    surface="#1A2129",
    sunken="#151B22",
    border="#313C48",
    control="#75869A",
    text="#E8EDF3",
    text2="#B4C0CC",
    text3="#93A1AF",
    accent="#7DB0F7",
    accent_hover="#9CC4FA",
    accent_soft="#1D3350",
    on_accent="#0A1726",
    ok="#5FCB92",
    ok_soft="#16362A",
    warn="#EDB754",
    warn_soft="#3A2C12",
    danger="#F58E85",
    danger_soft="#43211F",
    info="#6CC6DF",
    info_soft="#12343E",
    focus="#A8CBFF",
)

#: The mini window in every theme: dim, and without a colour that could be noticed from afar.
MINI = Colours(
    canvas="#101419",
    surface="#191F25",
    sunken="#14191E",
    border="#2F363D",
    control="#7B848D",
    text="#E4E8EC",
    text2="#B2B9C1",
    text3="#939BA4",
    accent="#C6CDD5",
    accent_hover="#D9DFE5",
    accent_soft="#2A3138",
    on_accent="#12171C",
    ok="#C6CDD5",
    ok_soft="#232A30",
    warn="#C6CDD5",
    warn_soft="#232A30",
    danger="#E4E8EC",
    danger_soft="#2A3138",
    info="#C6CDD5",
    info_soft="#232A30",
    focus="#E4E8EC",
)

#: Spacing between and around things.
XS, S, M, L, XL = 4, 8, 12, 16, 24

#: Corner radii: small tags, controls, cards, pills.
TAG_RADIUS, CONTROL_RADIUS, CARD_RADIUS, PILL_RADIUS = 4, 8, 12, 16

#: Heights: office tables only, default controls, fields and answers in the hall, window tiles.
DENSE, CONTROL, FIELD = 30, 38, 54
#: Whatever is touched in the field is at least this high.
TOUCH = 44
#: Text is large beyond this scale: fewer things stand beside each other.
LARGE = 1.2

RAIL_WIDTH = 80
TOP_BAR = 62


class Type(StrEnum):
    """The roles that text plays; sizes and weights stand in `SIZES`."""

    TIMER = "timer"
    FIGURE = "figure"
    HEADLINE = "headline"
    TITLE = "title"
    SECTION = "section"
    STRONG = "strong"
    BODY = "body"
    CAPTION = "caption"
    BADGE = "badge"


#: Size at 100 % and weight of each role.
SIZES: dict[Type, tuple[int, int]] = {
    Type.TIMER: (38, 600),
    Type.FIGURE: (30, 600),
    Type.HEADLINE: (26, 600),
    Type.TITLE: (20, 600),
    Type.SECTION: (16, 600),
    Type.STRONG: (14, 600),
    Type.BODY: (14, 400),
    Type.CAPTION: (12, 400),
    Type.BADGE: (11, 600),
}
