"""Taking in photographs, against bare Pillow and bare files in two worker processes."""

from __future__ import annotations

import hashlib
import io
import multiprocessing
import os
import shutil
from typing import TYPE_CHECKING

from PIL import Image

from inspector.operations.evidence import Taking, add_photos
from inspector.operations.workspaces import create_workspace
from tests.bench import samples
from tests.bench.measuring import Row, alternate, median, say, seconds

if TYPE_CHECKING:
    from multiprocessing.pool import Pool
    from pathlib import Path

    from tests.bench.measuring import Plan


def run(plan: Plan) -> list[Row]:
    """Measure the intake of photographs."""
    count = 20 if plan.quick else 100
    say(f"intake: making {count} photographs of twelve megapixels")
    paths = samples.write_photos(plan.folder / "camera", count, samples.CAMERA_SIZE)
    # Both sides have their workers running: the window starts them before they are needed.
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        pool.map(_bare, [(paths[0], plan.folder / f"warm-{n}") for n in range(4)], chunksize=1)
        timings = alternate(
            lambda number: _ours(plan.folder / f"intake-{number}", paths),
            lambda number: _floor(plan.folder / f"bare-{number}", paths, pool),
            rounds=3,
        )
    return [
        Row(
            name="intake",
            work=f"intake of {count} photographs of 12 megapixels",
            floor_work="read, hashed, written, fsynced, thumbnailed with Pillow, two processes",
            ours=median(timings.ours),
            floor=median(timings.floor),
            target=1.2,
        )
    ]


def _ours(root: Path, paths: list[Path]) -> float:
    with create_workspace(root) as session:
        sample = samples.prepared(session)
        session.workers.start()
        for _ in range(session.workers.count):
            session.workers.run("inspect", paths[0].read_bytes())
        taking = Taking(session.now())
        taken = seconds(lambda: list(add_photos(session, sample.visit, paths, taking)))
    shutil.rmtree(root)
    return taken


def _floor(root: Path, paths: list[Path], pool: Pool) -> float:
    root.mkdir()
    jobs = [(path, root / path.name) for path in paths]
    taken = seconds(lambda: pool.map(_bare, jobs, chunksize=1))
    shutil.rmtree(root)
    return taken


def _bare(job: tuple[Path, Path]) -> str:
    source, target = job
    data = source.read_bytes()
    sha256 = hashlib.sha256(data).hexdigest()
    with target.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    image = Image.open(io.BytesIO(data))
    image.draft("RGB", (512, 512))
    image.thumbnail((512, 512))
    image.save(f"{target}.thumbnail.jpg", "JPEG", quality=80)
    return sha256
