"""Checking every file of a workspace, against SHA-256 of the same files in two workers."""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from random import Random
from typing import TYPE_CHECKING

from inspector.operations.evidence import Taking, add_photos
from inspector.operations.upkeep import check
from inspector.operations.workspaces import create_workspace
from tests.bench import samples
from tests.bench.measuring import MIB, Check, Row, alternate, median, say, seconds

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.bench.measuring import Plan

_FILE = 4 * MIB


def run(plan: Plan) -> list[Row]:
    """Measure `check` of a workspace with a gigabyte of files."""
    count = 32 if plan.quick else 256
    say(f"check: {count * _FILE // MIB} MB of files")
    root = plan.folder / "check"
    problems = []
    with create_workspace(root) as session:
        sample = samples.observed(session, samples.prepared(session))
        for paths in _parcels(plan.folder / "recordings", count):
            taking = Taking(session.now())
            for _added in add_photos(session, sample.visit, paths, taking):
                continue
        blobs = [path for path in (root / "media").rglob("*") if path.is_file()]
        timings = alternate(
            lambda _: seconds(lambda: problems.extend(check(session).problems)),
            lambda _: seconds(lambda: _hash_all(blobs)),
            rounds=3 if plan.quick else 5,
        )
    return [
        Row(
            name="check",
            work=f"check of {count * _FILE // MIB} MB of files and the record that names them",
            floor_work="SHA-256 of the same files in two workers",
            ours=median(timings.ours),
            floor=median(timings.floor),
            target=1.3,
            checks=(Check("problems found", len(problems), "", 0),),
        )
    ]


def _parcels(folder: Path, count: int) -> Iterator[list[Path]]:
    """Yield files of random bytes, a few at a time, each removed again afterwards."""
    folder.mkdir()
    random = Random(4)
    for start in range(0, count, 16):
        paths = []
        for number in range(start, min(start + 16, count)):
            path = folder / f"recording-{number}.bin"
            path.write_bytes(random.randbytes(_FILE))
            paths.append(path)
        yield paths
        for path in paths:
            path.unlink()


def _hash_all(paths: list[Path]) -> None:
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(_digest, paths))


def _digest(path: Path) -> str:
    with path.open("rb", buffering=0) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
