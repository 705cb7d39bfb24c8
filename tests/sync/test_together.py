"""Small files are made durable together; what goes wrong with one of them harms no other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from inspector.media.durable import make_writable
from inspector.storage.store import Edit
from inspector.sync import names
from inspector.sync.depots.folder import FolderDepot
from inspector.sync.depots.protocol import DepotError
from tests.support.depot_reader import everything_in
from tests.support.laptops import Laptop, new_depot, team

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

COUNT = 5


class Together(FolderDepot):
    """A folder that counts what is written together, and may keep a part of it and then fail."""

    trouble = ""

    def write_all(self, objects: Sequence[tuple[str, bytes]]) -> None:
        if len(objects) > 1:
            self.sizes = [*getattr(self, "sizes", []), len(objects)]
            if self.trouble:
                super().write_all(objects[:2])
                raise DepotError(self.trouble, self.place, "fault")  # type: ignore[arg-type]
        super().write_all(objects)


def photographs(laptop: Laptop) -> list[str]:
    stored = [laptop.blobs.add_bytes(b"photo %d" % number) for number in range(COUNT)]
    edits = [
        Edit("evidence", f"e{number}", {"sha256": each.sha256, "size": each.size})
        for number, each in enumerate(stored)
    ]
    laptop.store.commit(edits)
    return [each.sha256 for each in stored]


def parts_in(root: Path, laptop: Laptop) -> int:
    folder = root / names.folder(laptop.store.space, names.PARTS)
    return sum(path.is_file() for path in folder.rglob("*"))


@pytest.mark.parametrize("trouble", ["", "full", "denied", "broken"])
def test_what_could_not_be_written_together_goes_one_by_one(tmp_path, trouble):
    root = tmp_path / "stick"
    new_depot(root)
    depot = Together(root)
    depot.trouble = trouble
    with team(tmp_path, "li", "wang") as (_, [li, wang]):
        listed = photographs(li)
        done = li.sync(depot)
        assert depot.sizes == [COUNT]
        assert (done.sent.blobs, done.files_left, done.safe) == (COUNT, 0, True)
        assert everything_in(root, li)[1] == set(listed)
        # Nothing is left of what was given up: on a full stick that room is needed.
        assert parts_in(root, li) == COUNT
        wang.sync(FolderDepot(root))
        assert all(wang.blobs.verify(each) == "ok" for each in listed)


def test_a_file_that_is_damaged_here_keeps_none_of_the_others_back(tmp_path):
    root = tmp_path / "stick"
    depot = new_depot(root)
    with team(tmp_path, "li") as (_, [li]):
        damaged, *others = photographs(li)
        [path] = [each for each in li.store.workspace.media.rglob("*") if damaged in each.name]
        make_writable(path)
        path.write_bytes(b"otherwise")
        done = li.sync(depot)
        assert everything_in(root, li)[1] == set(others)
        assert done.waiting["file_damaged_here"] == 1
        assert not done.safe
