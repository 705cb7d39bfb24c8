"""Intake: what becomes of every file, in order, and nothing of it harms the rest."""

from __future__ import annotations

import hashlib
import io
import os
import sys
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from inspector.base.errors import MingchaError
from inspector.base.progress import Cancelled
from inspector.media import intake as intake_module
from inspector.media import source as source_module
from inspector.media.cache import THUMBNAIL, Cache, Picture
from inspector.media.source import shown_name
from inspector.media.survey import survey

if TYPE_CHECKING:
    from pathlib import Path

    from tests.media.conftest import Photograph, Room


def codes(taken: list) -> list[str]:
    return [entry.reason.code if entry.reason else "" for entry in taken]


@pytest.fixture
def card(tmp_path: Path, photograph: Photograph) -> Path:
    """A folder as it comes from a camera and a desk, with all that may be in it."""
    folder = tmp_path / "card"
    (folder / "sub").mkdir(parents=True)
    exif = {0x9003: "2026:03:05 10:38:07", 0x9011: "+08:00"}
    first = photograph(main={0x0110: "P60"}, exif=exif)
    (folder / "1.jpg").write_bytes(first)
    (folder / "2.jpg").write_bytes(photograph(main={0x0110: "P60"}, exif=exif, tint=40))
    (folder / "3 cut.jpg").write_bytes(photograph((2000, 1500), quality=95)[:20_000])
    (folder / "4 again.JPG").write_bytes(first)
    (folder / "5 empty.jpg").write_bytes(b"")
    (folder / "6 deceptive.jpg").write_bytes(b"%PDF-1.7 no picture at all")
    (folder / "7.heic").write_bytes(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(100))
    (folder / "sub" / "8.txt").write_text("窗口无人", encoding="utf-8")
    (folder / ".hidden.jpg").write_bytes(first)
    (folder / "Thumbs.db").write_bytes(b"x")
    return folder


def test_a_mixed_folder(room: Room, card: Path) -> None:
    taken = list(room.intake.take([card]))
    assert [entry.name for entry in taken] == sorted(
        path.name for path in card.rglob("[0-9]*") if path.is_file()
    )
    stored, refused = "stored", "refused"
    assert [entry.status for entry in taken] == [
        *(stored, stored, stored, "duplicate", refused, stored, stored, stored)
    ]
    assert codes(taken) == ["", "", "photo_damaged", "", "file_empty", "", "photo_no_decoder", ""]
    assert [entry.mime for entry in taken if entry.mime] == [
        *("image/jpeg", "image/jpeg", "image/jpeg", "image/jpeg"),
        *("application/pdf", "image/heic", "text/plain"),
    ]
    for entry in taken:
        if entry.status != refused:
            data = entry.path.read_bytes()
            assert entry.sha256 == hashlib.sha256(data).hexdigest()
            assert (room.blobs.read(entry.sha256), entry.size) == (data, len(data))
    facts = taken[0].photo
    assert facts is not None
    assert facts.taken_ms(0) == 1_772_678_287_000
    assert facts.burst == taken[1].photo.burst != ""
    assert not taken[2].photo.decodable
    assert room.derived.thumbnail(taken[2].sha256), "the part that is there"
    assert taken[5].photo is None


def test_what_is_known_is_a_duplicate_and_is_healed(room: Room, card: Path) -> None:
    (first,) = room.intake.take([card / "1.jpg"])
    path = room.root / "media" / first.sha256[:2] / first.sha256
    path.unlink()
    (again,) = room.intake.take([card / "1.jpg"], known={first.sha256})
    assert again.status == "duplicate"
    assert room.blobs.verify(first.sha256) == "ok"


def test_hidden_and_system_files_are_told(card: Path) -> None:
    (card / "out").symlink_to("/")
    (card / "link.jpg").symlink_to(card / "1.jpg")
    found = survey([card])
    assert {each.path.name: each.why for each in found.skipped} == {
        **{".hidden.jpg": "hidden", "Thumbs.db": "hidden"},
        **{"out": "link", "link.jpg": "link"},
    }
    assert survey([card / ".hidden.jpg"]).files == (card / ".hidden.jpg",)
    assert survey([card / "link.jpg"]).files == (card / "link.jpg",)


def test_files_that_cannot_be_taken_do_not_stop_the_others(room: Room, card: Path) -> None:
    os.mkfifo(card / "pipe.jpg")
    paths = [card / "gone.jpg", card / "pipe.jpg", card / "1.jpg", card / "1.jpg" / "below"]
    taken = list(room.intake.take(paths))
    assert codes(taken) == ["file_missing", "file_not_regular", "", "file_unreadable"]
    assert taken[2].status == "stored"


def test_a_file_that_vanishes_meanwhile(room: Room, card: Path) -> None:
    meant = survey([card])
    (card / "2.jpg").unlink()
    taken = list(room.intake.take(meant))
    assert codes(taken)[:2] == ["", "file_missing"]
    assert len(taken) == len(meant.files)


def test_a_file_that_grows_while_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "growing.jpg"
    path.write_bytes(b"x" * 1000)
    with source_module.opened(path, path.name) as source, path.open("ab") as writer:
        writer.write(b"more")
        writer.flush()
        with pytest.raises(MingchaError, match="file_changed"):
            source.read_all()


def test_large_files_are_streamed(room: Room, tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    with path.open("wb") as file:
        file.write(b"\0\0\0\x18ftypmp42\0\0\0\0isommp42")
        file.truncate(intake_module.IN_MEMORY + 1)
    (taken,) = room.intake.take([path])
    assert (taken.status, taken.mime, taken.size) == ("stored", "video/mp4", path.stat().st_size)
    assert room.blobs.verify(taken.sha256) == "ok"


class Recorded:
    def __init__(self, until: int = 10**9) -> None:
        self.total, self.done, self.until = -1, 0, until

    def start(self, label: str, total: int) -> None:
        self.total = total

    def step(self, count: int = 1) -> None:
        self.done += count
        if self.done >= self.until:
            raise Cancelled


def test_progress_and_stopping(room: Room, card: Path) -> None:
    whole = Recorded()
    assert len(list(room.intake.take([card], whole))) == whole.total == whole.done == 8
    handed_out: list = []
    with pytest.raises(Cancelled):
        handed_out.extend(room.intake.take([card], Recorded(until=3)))
    assert len(handed_out) >= 3
    assert all(room.blobs.verify(entry.sha256) == "ok" for entry in handed_out if entry.sha256)
    assert len(list(room.intake.take([card]))) == 8, "the workers are as good as before"


def test_a_consumer_that_stops_leaves_nothing_half_done(room: Room, card: Path) -> None:
    taking = room.intake.take([card])
    first = next(taking)
    taking.close()
    assert room.blobs.verify(first.sha256) == "ok"
    assert not list((room.root / "media" / ".incoming").iterdir())


def test_a_store_that_fails_stops_the_intake(room: Room, card: Path) -> None:
    (room.root).mkdir()
    (room.root / "media").write_bytes(b"in the way")
    with pytest.raises(MingchaError, match="blob_write_failed"):
        list(room.intake.take([card]))


def test_originals_are_never_touched(room: Room, card: Path) -> None:
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in card.rglob("*.jpg")}
    list(room.intake.take([card]))
    assert before == {
        path: (path.read_bytes(), path.stat().st_mtime_ns) for path in card.rglob("*.jpg")
    }


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("a.jpg", "a.jpg"),
        ("窗口 05.jpg", "窗口 05.jpg"),
        ("a\nb\x7f.jpg", "a␊b␡.jpg"),
        ("pho\u202egpj.exe", "pho\ufffdgpj.exe"),
        ("e\u0301.jpg", "é.jpg"),
        ("x" * 300, "x" * 255),
    ],
)
def test_names_cannot_deceive(tmp_path: Path, name: str, shown: str) -> None:
    assert shown_name(tmp_path / name) == shown


@pytest.mark.skipif(sys.platform != "linux", reason="names are bytes there")
def test_a_name_that_is_no_text(room: Room, tmp_path: Path) -> None:
    raw = os.fsencode(tmp_path) + b"/\xff\xfe.txt"
    with open(raw, "wb") as file:
        file.write(b"text")
    (taken,) = room.intake.take([type(tmp_path)(os.fsdecode(raw))])
    assert taken.status == "stored"
    taken.name.encode()


# -- derived pictures -------------------------------------------------------------------------
def test_derived_pictures_are_kept_and_made_anew(room: Room, photograph: Photograph) -> None:
    sha256 = room.blobs.add_bytes(photograph((3000, 2000))).sha256
    paper = room.derived.resampled(sha256, (600, 600))
    assert (paper.width, paper.height) == (600, 400)
    assert Image.open(io.BytesIO(paper.jpeg)).size == (600, 400)
    assert Image.open(io.BytesIO(room.derived.preview(sha256))).size == (2048, 1365)
    thumbnail = room.derived.thumbnail(sha256)
    (kept,) = (room.root / "cache").rglob(f"{sha256}-{THUMBNAIL}.jpg")
    for damage in (b"", b"short", kept.read_bytes()[:-1], b"\0" + kept.read_bytes()[1:]):
        kept.write_bytes(damage)
        assert room.cache.get(sha256, THUMBNAIL) is None
        assert room.derived.thumbnail(sha256) == thumbnail
    assert room.cache.get(sha256, THUMBNAIL) == Picture(thumbnail, 512, 341)
    room.cache.forget(sha256)
    assert not list((room.root / "cache").rglob("*.jpg"))


def test_derived_tells_why_there_is_no_picture(room: Room) -> None:
    text = room.blobs.add_bytes(b"text").sha256
    with pytest.raises(MingchaError, match="photo_no_decoder"):
        room.derived.thumbnail(text)
    broken = room.blobs.add_bytes(b"\xff\xd8\xff" + bytes(100)).sha256
    with pytest.raises(MingchaError, match="photo_damaged"):
        room.derived.resampled(broken, (100, 100))
    with pytest.raises(MingchaError, match="blob_missing"):
        room.derived.preview("0" * 64)


def test_the_cache_stays_within_its_limit(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache", limit=100_000)
    names = [hashlib.sha256(bytes([n])).hexdigest() for n in range(40)]
    for number, name in enumerate(names):
        cache.put(name, "t", Picture(bytes(9_000), 1, 1))
        kept = next((tmp_path / "cache").rglob(f"{name}-t.jpg"))
        os.utime(kept, ns=(number, number))
        assert cache.get(names[0], "t") is not None, "what is used stays"
    total = sum(path.stat().st_size for path in (tmp_path / "cache").rglob("*.jpg"))
    assert 50_000 < total <= 100_000
    assert cache.get(names[1], "t") is None
    assert cache.get(names[-1], "t") is not None
    assert not [path for path in (tmp_path / "cache").glob("*/*") if path.suffix != ".jpg"]


def test_a_cache_that_cannot_be_written_is_no_failure(tmp_path: Path) -> None:
    (tmp_path / "cache").write_bytes(b"in the way")
    cache = Cache(tmp_path / "cache")
    cache.put("0" * 64, "t", Picture(b"x", 1, 1))
    assert cache.get("0" * 64, "t") is None
