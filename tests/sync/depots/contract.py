"""What every kind of depot must do: one class of tests, run against each on a real place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from inspector.base.errors import MingchaError
from inspector.sync import names
from inspector.sync.depots import marker
from inspector.sync.depots.protocol import Entry, Missing
from inspector.sync.invalid import InvalidObject
from tests.support.fixed import CountingEntropy

if TYPE_CHECKING:
    from inspector.sync.depots.protocol import Depot

SPACE = "testspace"
LOG = "a" * 26
ONE, TWO = b"one" * 100, bytes(range(256)) * 40
MOST = 1 << 20


def name_of(data: bytes) -> str:
    return names.segment(SPACE, LOG, names.hash_of(data))


class Contract:
    """Subclasses give a fixture `depot`: an initialised, otherwise empty depot."""

    def test_what_is_written_is_read(self, depot: Depot):
        for data in (ONE, TWO, b""):
            depot.write(name_of(data), data)
            assert depot.read(name_of(data), MOST) == data

    def test_what_is_written_together_is_read(self, depot: Depot):
        listed = [(name_of(data), data) for data in (ONE, TWO, b"")]
        depot.write_all(listed)
        assert [depot.read(name, MOST) for name, _data in listed] == [ONE, TWO, b""]
        depot.write_all([])

    def test_an_object_may_be_as_large_as_a_part_is(self, depot: Depot):
        data = bytes(range(256)) * (9 << 12)
        name = names.part(SPACE, names.hash_of(data))
        depot.write(name, data)
        assert depot.read(name, 9 << 20) == data

    def test_a_missing_object_is_told_from_a_failing_place(self, depot: Depot):
        with pytest.raises(Missing):
            depot.read(name_of(b"nothing"), MOST)

    def test_writing_again_mends_what_was_torn(self, depot: Depot):
        depot.write(name_of(ONE), ONE[:7])
        depot.write(name_of(ONE), ONE)
        depot.write(name_of(ONE), ONE)
        assert depot.read(name_of(ONE), MOST) == ONE

    def test_an_object_larger_than_it_may_be_is_not_taken(self, depot: Depot):
        depot.write(name_of(TWO), TWO)
        assert depot.read(name_of(TWO), len(TWO)) == TWO
        with pytest.raises(InvalidObject) as caught:
            depot.read(name_of(TWO), len(TWO) - 1)
        assert caught.value.code == "too_large"

    def test_a_folder_lists_what_lies_in_it_with_sizes(self, depot: Depot):
        for data in (ONE, TWO):
            depot.write(name_of(data), data)
        depot.write(names.index(SPACE, names.hash_of(ONE)), ONE)
        listed = sorted(depot.entries(names.segment_folder(SPACE, LOG)))
        assert listed == sorted(Entry(name_of(data), len(data)) for data in (ONE, TWO))
        assert list(depot.entries(names.folder(SPACE, names.SEGMENTS))) == []

    def test_everything_below_can_be_listed(self, depot: Depot):
        written = {name_of(ONE): ONE, names.part(SPACE, names.hash_of(TWO)): TWO}
        for name, data in written.items():
            depot.write(name, data)
        everything = {entry.name: entry.size for entry in depot.entries("", below=True)}
        assert everything.pop(names.MARKER) > 0
        assert everything == {name: len(data) for name, data in written.items()}
        below = list(depot.entries(names.folder(SPACE, names.SEGMENTS), below=True))
        assert below == [Entry(name_of(ONE), len(ONE))]

    def test_an_absent_folder_has_nothing_in_it(self, depot: Depot):
        for below in (False, True):
            assert list(depot.entries(names.folder("elsewhere", "s"), below=below)) == []

    def test_a_folder_is_no_prefix(self, depot: Depot):
        """`sp/x/s` must not list `sp/x/sa`, as stores of objects do when asked carelessly."""
        depot.write(names.segment(SPACE, LOG, names.hash_of(ONE)), ONE)
        start = names.segment_folder(SPACE, LOG)[:-1]
        assert list(depot.entries(start, below=True)) == []

    def test_many_objects_are_all_listed(self, depot: Depot):
        many = [each.to_bytes(2) for each in range(40)]
        for data in many:
            depot.write(name_of(data), data)
        listed = {entry.name for entry in depot.entries(names.segment_folder(SPACE, LOG))}
        assert listed == set(map(name_of, many))

    def test_what_is_removed_is_gone_and_may_be_removed_again(self, depot: Depot):
        depot.write(name_of(ONE), ONE)
        depot.remove(name_of(ONE))
        depot.remove(name_of(ONE))
        assert list(depot.entries(names.segment_folder(SPACE, LOG))) == []
        # The folders that it leaves behind are no objects.
        assert list(depot.entries("sp", below=True)) == []
        with pytest.raises(Missing):
            depot.read(name_of(ONE), MOST)

    @pytest.mark.parametrize("name", ["../x", "/x", "a/../../x", "", "A", "a/", "c:/x"])
    def test_no_name_leads_out_of_it(self, depot: Depot, name: str):
        for call in (
            lambda: depot.read(name, 1),
            lambda: depot.write(name, b""),
            lambda: depot.remove(name),
            lambda: list(depot.entries(name or "..")),
        ):
            with pytest.raises(ValueError, match="not the name"):
                call()

    def test_the_marker_tells_which_depot_it_is(self, depot: Depot):
        known = marker.read(depot)
        marker.require(depot, known.depot)
        with pytest.raises(MingchaError) as caught:
            marker.init(depot, CountingEntropy("again"))
        assert caught.value.code == "depot_exists"
        assert marker.read(depot) == known

    def test_requests_are_counted(self, depot: Depot):
        before = depot.requests
        depot.write(name_of(ONE), ONE)
        depot.read(name_of(ONE), MOST)
        list(depot.entries(names.segment_folder(SPACE, LOG)))
        assert before + 3 <= depot.requests <= before + 12

    def test_free_room_is_a_number_or_unknown(self, depot: Depot):
        free = depot.free()
        assert free is None or free > 0

    def test_the_place_is_called_without_secrets(self, depot: Depot):
        assert depot.place
        assert "secret" not in depot.place
