"""QR codes: their shape follows the standard, so that telephones find them."""

from inspector.report.qr import qr_squares

FINDER = (
    (1, 1, 1, 1, 1, 1, 1),
    (1, 0, 0, 0, 0, 0, 1),
    (1, 0, 1, 1, 1, 0, 1),
    (1, 0, 1, 1, 1, 0, 1),
    (1, 0, 1, 1, 1, 0, 1),
    (1, 0, 0, 0, 0, 0, 1),
    (1, 1, 1, 1, 1, 1, 1),
)


def corner(squares, top, left):
    return tuple(
        tuple(int(cell) for cell in row[left : left + 7]) for row in squares[top : top + 7]
    )


def test_three_corners_hold_the_finder_pattern():
    squares = qr_squares("http://192.168.43.21:41234/k7m2p9x4qz")
    side = len(squares)
    assert side == 29
    assert {len(row) for row in squares} == {side}
    for top, left in ((0, 0), (0, side - 7), (side - 7, 0)):
        assert corner(squares, top, left) == FINDER


def test_the_timing_pattern_alternates():
    squares = qr_squares("a")
    assert [squares[6][column] for column in range(8, 13)] == [True, False, True, False, True]
