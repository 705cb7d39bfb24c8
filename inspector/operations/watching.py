"""A folder in which new files are noticed, such as one that a telephone's copies land in.

Looking is a function of what was seen before: whoever watches keeps a `Watch` and looks again. A
file counts once it kept still between two looks; half-written ones grow, and are waited for.
"""

from __future__ import annotations

import os
from dataclasses import field, replace
from itertools import islice
from typing import TYPE_CHECKING

from inspector.base.values import frozen
from inspector.media.survey import walk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet
    from pathlib import Path

#: More files than this are not watched: somebody chose a whole disk.
MOST_WATCHED = 20_000
#: Endings that programs give to files they are still writing.
_HALF = (".part", ".partial", ".crdownload", ".tmp", ".download", ".!ut", ".filepart")

#: Size and time of change of a file.
Stamp = tuple[int, int]


@frozen
class Watch:
    """What was seen of a folder. there: whether it is there. before: files of the first look.

    fresh: files that came since and kept still, in order of name. too_many: it is not watched.
    stamps: every file at the last look.
    """

    folder: Path
    there: bool = True
    looked: bool = False
    before: frozenset[Path] = frozenset()
    fresh: tuple[Path, ...] = ()
    too_many: bool = False
    stamps: dict[Path, Stamp] = field(default_factory=dict)

    @property
    def all(self) -> tuple[Path, ...]:
        """Every file seen there that keeps still."""
        return tuple(sorted({*self.before, *self.fresh}))

    def knowing(self, before: AbstractSet[Path]) -> Watch:
        """Return the watch where these files are new no more, as after they were offered."""
        fresh = tuple(path for path in self.fresh if path not in before)
        return replace(self, before=self.before | before, fresh=fresh)


def look_again(watch: Watch) -> Watch:
    """Return the watch after another look. Not on the thread of the windows."""
    if not watch.folder.is_dir():
        # It may be a stick that comes back: what is known stays known.
        return replace(watch, there=False)
    stamps = dict(islice(_stamps(watch.folder), MOST_WATCHED + 1))
    if len(stamps) > MOST_WATCHED:
        return replace(watch, there=True, looked=True, too_many=True, fresh=())
    if not watch.looked:
        return replace(watch, there=True, looked=True, before=frozenset(stamps), stamps=stamps)
    still = {path for path, stamp in stamps.items() if watch.stamps.get(path) == stamp}
    known = watch.before | set(watch.fresh)
    fresh = sorted(path for path in known | still if path in stamps and path not in watch.before)
    return replace(watch, there=True, too_many=False, fresh=tuple(fresh), stamps=stamps)


def _stamps(folder: Path) -> Iterator[tuple[Path, Stamp]]:
    """Yield the files that are whole, as far as one look can tell."""
    for path, why in walk(folder):
        if why or path.name.lower().endswith(_HALF):
            continue
        try:
            state = os.stat(path, follow_symlinks=False)
        except OSError:
            continue  # gone again
        if state.st_size:
            yield path, (state.st_size, state.st_mtime_ns)
