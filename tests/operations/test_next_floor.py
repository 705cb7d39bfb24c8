"""Which floor is offered for the next range of windows."""

import pytest

from inspector.operations.window_plan import next_floor


@pytest.mark.parametrize(
    ("floor", "zone", "following"),
    [
        *(("1", "", "2"), ("2层", "", "3层"), ("9", "", "10"), ("F1", "", "F2")),
        *(
            ("一层", "", "二层"),
            ("九楼", "", "十楼"),
            ("十层", "", "十层"),
            ("二十层", "", "二十层"),
        ),
        *(("1", "A 区", "1"), ("", "", ""), ("大堂", "", "大堂")),
    ],
)
def test_the_floor_above_comes_next_unless_the_floor_has_zones(
    floor: str, zone: str, following: str
) -> None:
    assert next_floor(floor, zone) == following
