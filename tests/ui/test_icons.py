"""Our icons: drawn in the colour that is asked for, on whatever stands below them."""

from __future__ import annotations

from PySide6.QtGui import QIcon

from ui.theme import icons
from ui.theme.look import Look
from ui.theme.tokens import LIGHT, Tone


def test_the_ground_shows_through_an_icon_and_its_lines_have_the_colour(qapp: object) -> None:
    drawn = icons.pixmap("check", "#cc0000", 24).toImage()
    assert drawn.pixelColor(0, 0).alpha() == 0
    seen = [drawn.pixelColor(x, y) for x in range(24) for y in range(24)]
    assert "#cc0000" in {each.name() for each in seen if each.alpha() == 255}


def test_the_sign_of_an_answer_keeps_its_colour_when_the_answer_is_chosen(qapp: object) -> None:
    look = Look(LIGHT, 1.0, "zh")
    for tone in (Tone.OK, Tone.DANGER):
        chosen = look.icon("check", tone).pixmap(22, QIcon.Mode.Normal, QIcon.State.On).toImage()
        seen = [chosen.pixelColor(x, y) for x in range(22) for y in range(22)]
        strong = {each.name() for each in seen if each.alpha() == 255}
        assert strong == {LIGHT.of(tone)[0].lower()}
