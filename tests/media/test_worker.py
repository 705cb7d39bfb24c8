"""Guarded workers: whatever a file does to them, the program gets an answer and goes on."""

from __future__ import annotations

import io
import json
import struct
import subprocess
import sys
import threading
import zlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import pytest
from PIL import Image

from inspector.base.children import start_child
from inspector.media import worker
from inspector.media.jpeg import estimated_quality, scans_are_sound
from inspector.media.worker import Limits, Workers

if TYPE_CHECKING:
    from inspector.media.worker import Job
    from tests.media.conftest import Photograph


def flat_png(width: int, height: int) -> bytes:
    """Return a small grey picture file that unpacks to very many pixels."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        check = zlib.crc32(kind + body).to_bytes(4, "big")
        return len(body).to_bytes(4, "big") + kind + body + check

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    packed = zlib.compress(bytes((1 + width) * height), 1)
    chunks = (chunk(b"IHDR", head), chunk(b"IDAT", packed), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


@pytest.fixture(scope="module")
def bomb() -> bytes:
    return flat_png(13_000, 13_000)


def upright(jpeg: bytes) -> bool:
    """Whether the test photograph stands as it was made: red above, blue below."""
    image = Image.open(io.BytesIO(jpeg)).convert("RGB")
    above = image.getpixel((image.width // 2, image.height // 8))
    below = image.getpixel((image.width // 2, image.height * 7 // 8))
    return above[0] > 150 > 60 > above[2] and below[2] > 150 > 60 > below[0]


def test_thumbnail_and_facts_in_one_go(workers: Workers, photograph: Photograph) -> None:
    reply = workers.run("inspect", photograph((4000, 3000)))
    assert reply.problem == ""
    assert (reply.facts["width"], reply.facts["height"]) == (4000, 3000)
    image = Image.open(io.BytesIO(reply.parts[0]))
    assert (image.format, image.size) == ("JPEG", (512, 384))
    assert upright(reply.parts[0])
    assert not image.getexif()


STORED_AS = {
    1: [],
    2: [Image.Transpose.FLIP_LEFT_RIGHT],
    3: [Image.Transpose.ROTATE_180],
    4: [Image.Transpose.FLIP_TOP_BOTTOM],
    5: [Image.Transpose.TRANSPOSE],
    6: [Image.Transpose.ROTATE_90],
    7: [Image.Transpose.TRANSVERSE],
    8: [Image.Transpose.ROTATE_270],
}


@pytest.mark.parametrize("orientation", sorted(STORED_AS))
def test_every_orientation_is_shown_upright(workers: Workers, orientation: int) -> None:
    image = Image.new("RGB", (800, 600), (200, 0, 0))
    image.paste((0, 0, 200), (0, 300, 800, 600))
    for step in STORED_AS[orientation]:
        image = image.transpose(step)
    exif = Image.Exif()
    exif[0x0112] = orientation
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif.tobytes())
    reply = workers.run("inspect", out.getvalue())
    assert reply.facts["orientation"] == orientation
    assert (reply.facts["width"], reply.facts["height"]) == image.size
    assert Image.open(io.BytesIO(reply.parts[0])).size == (512, 384)
    assert upright(reply.parts[0])
    paper = workers.run("resample", out.getvalue(), width=400, height=150, quality=80)
    assert Image.open(io.BytesIO(paper.parts[0])).size == (200, 150)
    assert upright(paper.parts[0])


@pytest.mark.parametrize("format_", ["PNG", "WEBP", "TIFF", "AVIF", "GIF", "BMP"])
def test_formats(workers: Workers, photograph: Photograph, format_: str) -> None:
    reply = workers.run("inspect", photograph(format_=format_))
    assert reply.problem == ""
    assert (reply.facts["width"], reply.facts["height"]) == (640, 480)
    assert upright(reply.parts[0])


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16", "CMYK"])
def test_kinds_of_pixels(workers: Workers, mode: str) -> None:
    out = io.BytesIO()
    Image.new(mode, (300, 200)).save(out, "TIFF")
    reply = workers.run("inspect", out.getvalue())
    assert reply.problem == ""
    assert Image.open(io.BytesIO(reply.parts[0])).size == (300, 200)


def test_resampling_never_enlarges(workers: Workers, photograph: Photograph) -> None:
    reply = workers.run("resample", photograph((300, 200)), width=3000, height=3000, quality=85)
    assert (reply.facts["shown_width"], reply.facts["shown_height"]) == (300, 200)


def test_a_pixel_bomb_is_not_unpacked(workers: Workers, bomb: bytes) -> None:
    assert len(bomb) < 1_000_000
    before = set(workers.process_ids())
    reply = workers.run("inspect", bomb)
    assert reply.problem == "photo_too_large"
    assert (reply.facts["width"], reply.facts["height"]) == (13_000, 13_000)
    assert not reply.parts
    assert set(workers.process_ids()) == before


# Elsewhere nothing tells the peak memory of another process so simply; the code that is tried is
# the same on every system, and `test_a_pixel_bomb_is_not_unpacked` runs on all of them.
@pytest.mark.skipif(sys.platform != "linux", reason="peak memory of a process is read from /proc")
@pytest.mark.parametrize(
    ("job", "args"),
    [("inspect", {}), ("describe", {}), ("resample", {"width": 800, "height": 800, "quality": 80})],
)
def test_no_job_decodes_a_pixel_bomb(bomb: bytes, job: Job, args: dict[str, int]) -> None:
    """Not even to look for the EXIF block, which may stand behind the picture in a PNG."""
    with Workers(1) as single:
        assert single.run(job, bomb, **args).problem == "photo_too_large"
        (process,) = single.process_ids()
        status = Path(f"/proc/{process}/status").read_text()
    (peak,) = (int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))
    assert peak < 100 << 10, "kilobytes"


def test_memory_is_limited(photograph: Photograph, bomb: bytes) -> None:
    limits = Limits(pixels=10**9, memory=160 << 20)
    with Workers(1, limits) as few:
        assert few.run("inspect", bomb).problem == "photo_too_large"
        assert few.run("inspect", photograph()).problem == ""


def test_memory_is_watched_where_no_process_can_limit_its_own(
    monkeypatch: pytest.MonkeyPatch, photograph: Photograph, bomb: bytes
) -> None:
    def unlimited(module: str, limits: str, **more: bool) -> subprocess.Popen[bytes]:
        return start_child(module, json.dumps(json.loads(limits) | {"memory": 8 << 30}), **more)

    monkeypatch.setattr(worker, "_WATCHED", True)
    monkeypatch.setattr(worker, "start_child", unlimited)
    with Workers(1, Limits(pixels=10**9, memory=160 << 20)) as few:
        assert few.run("inspect", bomb).problem == "photo_too_large"
        assert few.run("inspect", photograph()).problem == ""


def test_a_job_that_takes_too_long_is_ended(photograph: Photograph) -> None:
    with Workers(1, Limits(seconds=0.05)) as hurried:
        # A process that has just been started needs longer than that.
        assert hurried.run("inspect", photograph()).problem == "photo_not_decoded"
        assert len(hurried.process_ids()) == 1


def test_a_worker_killed_while_busy_is_replaced(photograph: Photograph) -> None:
    with Workers(1) as single:
        single.run("inspect", photograph())
        for _ in range(3):
            with single.begin("inspect", flat_png(5_000, 5_000)) as pending:
                (victim,) = single.process_ids()
                psutil.Process(victim).kill()
                reply = pending.result()
            assert reply.problem == "", "ended from outside: tried once more"
            assert victim not in single.process_ids()


def test_a_worker_that_always_dies_is_given_up(photograph: Photograph) -> None:
    # A limit that the system refuses: each process ends before it answers.
    with Workers(1, Limits(memory=2**80)) as doomed:
        assert doomed.run("inspect", photograph()).problem == "photo_not_decoded"


def test_a_job_given_up_does_not_disturb_the_next(photograph: Photograph) -> None:
    with Workers(1) as single:
        with single.begin("inspect", photograph((3000, 3000))):
            pass
        assert single.run("inspect", photograph((640, 480))).facts["width"] == 640


@pytest.mark.parametrize("size", [0, 1, 100, 5_000, 20_000])
def test_cut_photographs(workers: Workers, photograph: Photograph, size: int) -> None:
    whole = photograph((2000, 1500), quality=95)
    assert len(whole) > 20_000
    reply = workers.run("inspect", whole[:size])
    assert reply.problem in ("photo_damaged", "photo_no_decoder")
    if size == 20_000:
        assert reply.parts, "what is there of a damaged photograph is shown"


def test_damage_that_decoders_conceal(workers: Workers) -> None:
    out = io.BytesIO()
    Image.effect_noise((800, 600), 80).save(out, "JPEG", quality=90)
    whole = out.getvalue()
    assert workers.run("inspect", whole).problem == ""
    middle = len(whole) // 2
    damaged = whole[:middle] + b"\xff\x9f" + whole[middle + 2 :]
    reply = workers.run("inspect", damaged)
    assert reply.problem == "photo_damaged"
    assert reply.parts


@pytest.mark.parametrize("progressive", [False, True])
@pytest.mark.parametrize("restarts", [0, 4])
def test_sound_photographs_are_sound(progressive: bool, restarts: int) -> None:
    out = io.BytesIO()
    noise = Image.effect_noise((300, 200), 80).convert("RGB")
    noise.save(out, "JPEG", progressive=progressive, restart_marker_blocks=restarts)
    data = out.getvalue()
    assert scans_are_sound(data)
    assert scans_are_sound(data + b"\xff\x9f a film behind the photograph")
    assert not scans_are_sound(data[:-2])
    assert not scans_are_sound(data[:100])
    assert not scans_are_sound(b"")


@pytest.mark.parametrize("setting", [30, 60, 75, 90, 95])
def test_quality_is_estimated(setting: int) -> None:
    out = io.BytesIO()
    Image.new("RGB", (16, 16)).save(out, "JPEG", quality=setting)
    assert abs(estimated_quality(Image.open(out).quantization) - setting) <= 1


def test_what_is_no_picture(workers: Workers) -> None:
    for data in (b"\xff\xd8\xff" + b"\0" * 5000, b"II*\0" + b"\xff" * 500, b"%PDF-1.7", b"RIFF"):
        reply = workers.run("inspect", data)
        assert reply.problem
        assert not reply.parts
        assert workers.run("resample", data, width=10, height=10, quality=80).problem


def test_many_threads_share_few_workers(workers: Workers, photograph: Photograph) -> None:
    sizes = [(100 + n, 90) for n in range(40)]
    with ThreadPoolExecutor(6) as pool:
        replies = list(pool.map(lambda size: workers.run("inspect", photograph(size)), sizes))
    assert [(reply.facts["width"], reply.facts["height"]) for reply in replies] == sizes


def test_closing_ends_all_processes(photograph: Photograph) -> None:
    with Workers(2) as both:
        both.start()
        ids = both.process_ids()
        assert len(ids) == 2
        both.run("inspect", photograph())
    assert not any(psutil.pid_exists(number) for number in ids)
    assert threading.active_count() < 20


def test_the_child_loads_little() -> None:
    script = (
        "import inspector.media.child, sys;"
        "print(*sorted({name.split('.')[0] for name in sys.modules}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    loaded = set(done.stdout.split())
    assert "PIL" in loaded
    assert not loaded & {"sqlite3", "sqlite_utils", "reportlab", "openpyxl", "multiprocessing"}
