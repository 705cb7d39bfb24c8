"""The contrast of every pair of colours that carries text or marks a control, by WCAG 2.2."""

from __future__ import annotations

import pytest

from ui.theme.tokens import DARK, LIGHT, MINI, Colours, Tone

#: WCAG 2.2: 1.4.3 text at least 4.5, 1.4.11 outlines of controls at least 3.
TEXT, OUTLINE = 4.5, 3.0
THEMES = pytest.mark.parametrize("colours", [LIGHT, DARK, MINI], ids=["light", "dark", "mini"])
#: The largest difference between the channels of a grey, of 255.
GREY = 20

#: What is written on what.
WRITTEN = {
    **{(ink, ground): TEXT for ink in ("text", "text2") for ground in
       ("canvas", "surface", "sunken", "accent_soft")},
    **{("text3", ground): TEXT for ground in ("canvas", "surface", "sunken")},
    **{(tone, "surface"): TEXT for tone in ("accent", "ok", "warn", "danger", "info")},
    **{(tone, "canvas"): TEXT for tone in ("accent", "ok", "warn", "danger", "info")},
    ("accent_hover", "surface"): TEXT,
    ("on_accent", "accent"): TEXT,
    ("on_accent", "accent_hover"): TEXT,
    **{(ink, ground): OUTLINE for ink in ("control", "focus") for ground in
       ("canvas", "surface", "sunken")},
    # The ring around a primary button is drawn in the colour of text, against its own ground.
    ("text", "canvas"): TEXT,
    ("accent", "surface"): TEXT,
}  # fmt: skip


def luminance(colour: str) -> float:
    """Relative luminance of `#RRGGBB` (WCAG 2.2)."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_formula_agrees_with_the_standard() -> None:
    assert contrast("#FFFFFF", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@THEMES
@pytest.mark.parametrize(("pair", "least"), WRITTEN.items(), ids=lambda value: str(value))
def test_pairs_can_be_read(colours: Colours, pair: tuple[str, str], least: float) -> None:
    ink, ground = (getattr(colours, name) for name in pair)
    assert contrast(ink, ground) >= least


@THEMES
@pytest.mark.parametrize("tone", Tone)
def test_each_tone_can_be_read_on_its_own_ground(colours: Colours, tone: Tone) -> None:
    assert contrast(*colours.of(tone)) >= TEXT


def test_every_colour_is_judged_or_known_to_carry_nothing() -> None:
    judged = {name for pair in WRITTEN for name in pair}
    judged |= {f"{tone.value}_soft" for tone in Tone}
    assert set(Colours._fields) - judged == {"border"}


def test_nothing_in_the_mini_window_is_coloured() -> None:
    for name, colour in MINI._asdict().items():
        channels = [int(colour[place : place + 2], 16) for place in (1, 3, 5)]
        assert max(channels) - min(channels) <= GREY, name
