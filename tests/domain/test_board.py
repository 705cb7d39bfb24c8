"""Windows on sheets: a floor, else its zones, else parts; nothing is lost."""

from __future__ import annotations

from inspector.domain.board import Sheet, Tile, sheets
from inspector.domain.entities import Window


def tiles(floor: str, zone: str, count: int) -> list[Tile]:
    return [
        Tile(Window(id=f"{floor}{zone}{n}", number=str(n), floor=floor, zone=zone))
        for n in range(count)
    ]


def shape(made: tuple[Sheet, ...]) -> list[tuple[str, str, int, int]]:
    return [(each.floor, each.zone, each.part, len(each.tiles)) for each in made]


def test_a_floor_is_one_sheet_while_it_fits() -> None:
    windows = [*tiles("1", "A", 9), *tiles("1", "B", 9), *tiles("2", "", 18)]
    assert shape(sheets(windows, 20)) == [("1", "", 0, 18), ("2", "", 0, 18)]


def test_a_larger_floor_is_divided_by_zone_and_a_large_zone_into_parts() -> None:
    windows = [*tiles("1", "A", 45), *tiles("1", "B", 3)]
    made = sheets(windows, 20)
    assert shape(made) == [("1", "A", 1, 20), ("1", "A", 2, 20), ("1", "A", 3, 5), ("1", "B", 0, 3)]
    assert [tile for each in made for tile in each.tiles] == windows


def test_no_windows_no_sheets() -> None:
    assert sheets([], 20) == ()
