"""What is certainly on the disk at one moment, and what may or may not have reached it yet.

The rules are the cautious reading of POSIX, not the kinder habits of one file system:

* bytes and size of a file are certain only after fsync/fdatasync of that file (or O_SYNC);
* a name (new, removed, renamed) is certain only after fsync of its folder: syncing a new file
  does not make its name durable, and a new folder needs a sync of the folder it lies in;
* a sync covers only what had returned before the sync was called;
* a rename is one atomic change; changes of different names may reach the disk in any order;
* a sector (512 bytes) is never torn; of a longer write any sectors may be missing;
* of two writes to one sector the later never arrives without the earlier.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.rigs.disk_ops import Ack, Link, Op, Recording, Rename, Resize, Sync, Unlink, Write

SECTOR = 512
PAGE = 4096
# Above this many unsynced bytes, pages are torn instead of sectors: the same faults, faster.
FINE_LIMIT = 256 * 1024

Change = Write | Resize
NameChange = Link | Unlink | Rename
Key = tuple[int, str]


@dataclass(slots=True)
class FileOnDisk:
    """One file: the bytes that are certain and the changes since its last sync."""

    durable: bytearray = field(default_factory=bytearray)
    pending: list[Change] = field(default_factory=list)
    generation: int = 0
    _units: tuple[int, dict[int, list[int]]] | None = None

    def add(self, change: Change) -> None:
        """Note a change that is not yet certain."""
        self.pending.append(change)
        self._units = None

    def sync(self, begin: int) -> None:
        """Make certain what had returned before trace line `begin`."""
        count = 0
        for change in self.pending:
            if change.end >= begin:
                break
            _apply(self.durable, change)
            count += 1
        if count:
            del self.pending[:count]
            self.generation += 1
            self._units = None

    def sizes(self) -> list[int]:
        """Return the certain size and the size after each pending change."""
        sizes = [len(self.durable)]
        for change in self.pending:
            size = change.size if isinstance(change, Resize) else change.offset + len(change.data)
            sizes.append(size if isinstance(change, Resize) else max(sizes[-1], size))
        return sizes

    def units(self) -> tuple[int, dict[int, list[int]]]:
        """Return the unit of tearing in bytes, and for each touched unit its changes in order."""
        if self._units is None:
            written = sum(len(c.data) for c in self.pending if isinstance(c, Write))
            unit = SECTOR if written <= FINE_LIMIT else PAGE
            touched: dict[int, list[int]] = {}
            for index, (start, end) in enumerate(self._ranges()):
                for number in range(start // unit, -(-end // unit)):
                    touched.setdefault(number, []).append(index)
            self._units = unit, touched
        return self._units

    def _ranges(self) -> list[tuple[int, int]]:
        """Return the bytes each pending change touches; a cut touches all that it takes away."""
        sizes = self.sizes()
        ranges = []
        for before, change in zip(sizes, self.pending, strict=False):
            if isinstance(change, Write):
                ranges.append((change.offset, change.offset + len(change.data)))
            else:
                ranges.append((min(change.size, before), before))
        return ranges


def _apply(data: bytearray, change: Change) -> None:
    if isinstance(change, Resize):
        del data[change.size :]
        data += bytes(change.size - len(data))
        return
    if len(data) < change.offset:
        data += bytes(change.offset - len(data))
    data[change.offset : change.offset + len(change.data)] = change.data


def keys_of(change: NameChange) -> tuple[Key, ...]:
    """Return the names a change touches."""
    own = (change.folder, change.name)
    return (own, (change.new_folder, change.new_name)) if isinstance(change, Rename) else (own,)


def apply_name(folders: dict[int, dict[str, int]], change: NameChange) -> None:
    """Carry out one change of names."""
    if isinstance(change, Link):
        folders.setdefault(change.folder, {})[change.name] = change.target
    elif isinstance(change, Unlink):
        folders.setdefault(change.folder, {}).pop(change.name, None)
    else:
        node = folders.setdefault(change.folder, {}).pop(change.name)
        folders.setdefault(change.new_folder, {})[change.new_name] = node


class Disk:
    """The disk after a number of operations of one recording."""

    def __init__(self, recording: Recording) -> None:
        self.folders = {number: dict(names) for number, names in recording.start_folders.items()}
        self.is_folder = set(self.folders)
        self.files = {
            number: FileOnDisk(bytearray(data)) for number, data in recording.start_files.items()
        }
        self.names: list[NameChange] = []
        self.acks: list[str] = []

    def apply(self, op: Op) -> None:
        """Take the next operation into account."""
        if isinstance(op, Write | Resize):
            self.file(op.file).add(op)
        elif isinstance(op, Sync):
            self._sync(op)
        elif isinstance(op, Ack):
            self.acks.append(op.text)
        else:
            if isinstance(op, Link) and op.is_folder:
                self.is_folder.add(op.target)
            self.names.append(op)

    def file(self, number: int) -> FileOnDisk:
        """Return a file by its number; one never seen before is new and empty."""
        return self.files.setdefault(number, FileOnDisk())

    def _sync(self, op: Sync) -> None:
        if op.target is None:
            for file in self.files.values():
                file.sync(op.begin)
            self._settle({i for i, change in enumerate(self.names) if change.end < op.begin})
        elif op.target in self.is_folder:
            self._settle(
                {
                    index
                    for index, change in enumerate(self.names)
                    if change.end < op.begin and _arrives_in(change) == op.target
                }
            )
        else:
            self.file(op.target).sync(op.begin)

    def _settle(self, chosen: set[int]) -> None:
        """Make these changes of names certain, and with them what they build upon."""
        wanted: set[Key] = set()
        for index in range(len(self.names) - 1, -1, -1):
            keys = keys_of(self.names[index])
            if index in chosen or not wanted.isdisjoint(keys):
                chosen.add(index)
                wanted.update(keys)
        for index in sorted(chosen):
            apply_name(self.folders, self.names[index])
        self.names = [change for index, change in enumerate(self.names) if index not in chosen]


def _arrives_in(change: NameChange) -> int:
    """Return the folder whose sync makes the change certain."""
    return change.new_folder if isinstance(change, Rename) else change.folder
