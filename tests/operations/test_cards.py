"""Cards and sticks that are connected, told by what the system says of its volumes."""

from dataclasses import dataclass

from inspector.operations.cards import cards, cards_of


@dataclass(frozen=True)
class Part:
    device: str
    mountpoint: str
    fstype: str = "vfat"
    opts: str = "rw"


def test_a_card_with_a_cameras_folder_is_offered_by_that_folder(tmp_path):
    card, share, plain = (tmp_path / name for name in ("CARD", "share", "data"))
    for each in (card / "dcim", share / "DCIM", plain):
        each.mkdir(parents=True)
    parts = [
        Part("/dev/none1", str(card)),
        Part("host:/x", str(share), "nfs4"),
        Part("/dev/none2", str(plain), "ext4"),
    ]
    [found] = cards_of(parts, tmp_path / "no-devices")
    assert (found.name, found.photographs, found.has_dcim) == ("CARD", card / "dcim", True)
    assert found.size > found.free > 0


def test_a_stick_without_such_a_folder_is_offered_as_a_whole(tmp_path):
    stick = tmp_path / "STICK"
    stick.mkdir()
    [found] = cards_of([Part("E:", str(stick), opts="rw,removable")], tmp_path)
    assert (found.photographs, found.has_dcim) == (stick, False)
    gone = Part("E:", str(tmp_path / "empty-reader"), opts="rw,removable")
    assert list(cards_of([gone], tmp_path)) == []


def test_this_computer_can_be_asked():
    assert isinstance(cards(), tuple)
