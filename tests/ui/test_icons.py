"""Our icons: drawn in the colour that is asked for, on whatever stands below them."""

from __future__ import annotations

from ui.theme import icons


def test_the_ground_shows_through_an_icon_and_its_lines_have_the_colour(qapp: object) -> None:
    drawn = icons.pixmap("check", "#cc0000", 24).toImage()
    assert drawn.pixelColor(0, 0).alpha() == 0
    seen = [drawn.pixelColor(x, y) for x in range(24) for y in range(24)]
    assert "#cc0000" in {each.name() for each in seen if each.alpha() == 255}
