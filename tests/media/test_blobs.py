"""Blobs: stored once, soundly, durably – and nothing is lost when something fails."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from inspector.base.errors import MingchaError
from inspector.media.blobs import BlobStore
from inspector.media.check import BlobProblem, examining

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def name_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def path_of(root: Path, sha256: str) -> Path:
    return root / sha256[:2] / sha256


def problems_of(store: BlobStore, expected: Mapping[str, int | None]) -> list[BlobProblem]:
    with examining(store) as files:
        return list(files.problems(expected))


@pytest.fixture
def store(tmp_path: Path) -> BlobStore:
    return BlobStore(tmp_path / "media")


def test_bytes_come_back_under_their_hash(store: BlobStore, tmp_path: Path) -> None:
    data = os.urandom(3_000_000)
    stored = store.add_bytes(data)
    assert (stored.sha256, stored.size, stored.new) == (name_of(data), len(data), True)
    assert store.read(stored.sha256) == data
    path = path_of(tmp_path / "media", stored.sha256)
    assert path.read_bytes() == data
    assert path.stat().st_mode & 0o222 == 0
    assert store.verify(stored.sha256) == "ok"
    assert list(store.iter_hashes()) == [stored.sha256]
    assert not list((tmp_path / "media" / ".incoming").iterdir())


def test_streams_and_files_give_the_same_blob(store: BlobStore, tmp_path: Path) -> None:
    data = os.urandom(2_500_000)
    source = tmp_path / "source"
    source.write_bytes(data)
    with source.open("rb") as stream:
        assert store.add_stream(stream).new
    assert not store.add_stream(io.BytesIO(data)).new
    assert not store.add_bytes(data).new
    assert source.read_bytes() == data
    assert list(store.iter_hashes()) == [name_of(data)]


def test_an_entry_is_not_presence(store: BlobStore, tmp_path: Path) -> None:
    data = b"the original" * 1000
    stored = store.add_bytes(data)
    path = path_of(tmp_path / "media", stored.sha256)
    for damage in (b"", data[:-1], b"X" + data[1:], data + b"X"):
        path.chmod(0o600)
        path.write_bytes(damage)
        assert store.verify(stored.sha256) == "damaged"
        with pytest.raises(MingchaError, match="blob_damaged"):
            store.read(stored.sha256)
        healed = store.add_bytes(data) if len(damage) % 2 else store.add_stream(io.BytesIO(data))
        assert healed.new
        assert store.read(stored.sha256) == data


def test_missing_blobs_are_told(store: BlobStore) -> None:
    absent = name_of(b"absent")
    assert store.verify(absent) == "missing"
    assert store.size(absent) is None
    for action in (store.open, store.read, store.remove):
        with pytest.raises(MingchaError, match="blob_missing"):
            action(absent)


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "A" * 64, "0" * 63, "0" * 64 + "\n"])
def test_only_hashes_are_names(store: BlobStore, name: str) -> None:
    with pytest.raises(ValueError, match="SHA-256"):
        store.open(name)


def test_removed_bytes_are_gone(store: BlobStore, tmp_path: Path) -> None:
    stored = store.add_bytes(b"private")
    store.remove(stored.sha256)
    assert store.verify(stored.sha256) == "missing"
    assert not path_of(tmp_path / "media", stored.sha256).exists()
    assert store.add_bytes(b"private").new


def test_left_overs_of_a_crash_are_swept(store: BlobStore, tmp_path: Path) -> None:
    stored = store.add_bytes(b"kept")
    (tmp_path / "media" / ".incoming" / f"{os.getpid()}-2").write_bytes(b"half writ")
    later = BlobStore(tmp_path / "media")
    assert later.add_bytes(b"another").new  # a name that is taken is no obstacle
    assert later.sweep_incoming() == 1
    assert later.sweep_incoming() == 0
    assert later.read(stored.sha256) == b"kept"


def test_many_threads_may_add_the_same(store: BlobStore) -> None:
    data = [os.urandom(200_000) for _ in range(4)] * 8
    with ThreadPoolExecutor(8) as pool, store.batch() as batch:
        stored = list(pool.map(batch.add_bytes, data))
    assert [entry.sha256 for entry in stored] == [name_of(entry) for entry in data]
    assert len(list(store.iter_hashes())) == 4
    assert not problems_of(store, {entry.sha256: entry.size for entry in stored})


def test_a_failing_source_leaves_nothing(store: BlobStore, tmp_path: Path) -> None:
    class Failing(io.BytesIO):
        def read(self, count: int = -1, /) -> bytes:
            if self.tell() > 1_000_000:
                raise OSError(5, "Input/output error")
            return super().read(count)

    with pytest.raises(MingchaError, match="blob_write_failed"):
        store.add_stream(Failing(bytes(5_000_000)))
    assert not list((tmp_path / "media" / ".incoming").iterdir())
    assert not list(store.iter_hashes())


def test_a_target_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    root = tmp_path / "media"
    root.write_bytes(b"a file where the folder should be")
    with pytest.raises(MingchaError, match="blob_write_failed"):
        BlobStore(root).add_bytes(b"data")
    root.unlink()
    store = BlobStore(root)
    store.add_bytes(b"first")
    (root / name_of(b"data")[:2]).write_bytes(b"in the way")
    with pytest.raises(MingchaError, match="blob_write_failed"):
        store.add_bytes(b"data")
    assert not list((root / ".incoming").iterdir())
    assert store.read(name_of(b"first")) == b"first"


@pytest.mark.skipif(sys.platform != "linux", reason="mounts a small memory disk")
def test_a_full_disk_loses_nothing(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "none", str(disk)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("needs the right to mount")
    try:
        store = BlobStore(disk / "media")
        kept = store.add_bytes(b"k" * 600_000)
        for add in (store.add_bytes, lambda data: store.add_stream(io.BytesIO(data))):
            with pytest.raises(MingchaError, match="disk_full"):
                add(b"x" * 600_000)
        assert store.read(kept.sha256) == b"k" * 600_000
        assert not list((disk / "media" / ".incoming").iterdir())
        assert store.add_bytes(b"small").new
    finally:
        subprocess.run(["umount", str(disk)], check=True)


# A blob is acknowledged only after: its bytes synced, renamed, both folders synced. The calls are
# recorded by an audit of the real functions, in a process of its own.
RECORDER = """
import os, sys
from pathlib import Path
from inspector.media import blobs
calls = []
names = {}
real_open, real_fsync, real_replace = os.open, os.fsync, Path.replace
def where(path):
    return Path(path).relative_to(root.parent).as_posix()
def fsync(descriptor):
    calls.append("sync " + where(os.readlink(f"/proc/self/fd/{descriptor}")))
    real_fsync(descriptor)
def replace(self, target):
    calls.append("rename " + where(self) + " " + where(target))
    return real_replace(self, target)
os.fsync, Path.replace = fsync, replace
root = Path(sys.argv[1]).resolve()
store = blobs.BlobStore(root)
exec(sys.argv[2])
print("\\n".join(calls))
"""


def recorded(root: Path, script: str) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", RECORDER, str(root), script],
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.splitlines()


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_the_order_of_durability(tmp_path: Path) -> None:
    root = tmp_path / "media"
    one, two = b"one", b"two"
    calls = recorded(root, "store.add_bytes(b'one'); calls.append('acknowledged')")
    fan_out, blob = f"media/{name_of(one)[:2]}", f"media/{name_of(one)[:2]}/{name_of(one)}"
    written = next(call for call in calls if call.startswith("sync media/.incoming/"))
    temp = written.removeprefix("sync ")
    end = [written, f"rename {temp} {blob}", f"sync {fan_out}", "sync media", "acknowledged"]
    assert calls[-5:] == end
    assert "sync ." in calls, "the entry of the root itself"
    again = recorded(root, "store.add_bytes(b'one'); calls.append('acknowledged')")
    assert f"sync {blob}" in again, "a file that is found may never have been synced"
    assert f"sync {fan_out}" in again
    # A folder that is found may never have been synced: the root is, before anything is said.
    later = recorded(root, f"(root/'{name_of(two)[:2]}').mkdir(); store.add_bytes(b'two')")
    assert "sync media" in later


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_batch_syncs_each_folder_once(tmp_path: Path) -> None:
    script = """
with store.batch() as batch:
    for number in range(300): batch.add_bytes(str(number).encode())
    assert not [call for call in calls if call.count('/') == 1 and '.inc' not in call]
"""
    calls = recorded(tmp_path / "media", script)
    folders = [call for call in calls if call.startswith("sync media/") and call.count("/") == 1]
    assert (
        len(folders)
        == len(set(folders))
        == 2**8 - 256 + len({name_of(str(number).encode())[:2] for number in range(300)})
    )
    assert calls.count("sync media") == 2


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_intake_hands_out_only_what_is_durable(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    for number in range(40):
        (source / f"{number:02}.txt").write_text(str(number))
    script = f"""
from inspector.media.cache import Cache
from inspector.media.intake import Intake
from inspector.media.worker import Workers
with Workers(2) as workers:
    for taken in Intake(store, Cache(root.parent / 'cache'), workers).take([Path({str(source)!r})]):
        calls.append('handed out ' + taken.sha256)
"""
    calls = recorded(tmp_path / "media", script)
    for number in range(40):
        sha256 = name_of(str(number).encode())
        folder = f"sync media/{sha256[:2]}"
        place = f"media/{sha256[:2]}/{sha256}"
        renamed = next(n for n, call in enumerate(calls) if call.endswith(" " + place))
        handed_out = calls.index("handed out " + sha256)
        assert folder in calls[renamed:handed_out]
        first = next(n for n, call in enumerate(calls) if f" media/{sha256[:2]}/" in call)
        assert "sync media" in calls[first:handed_out], "the folder's own entry"


def test_check_finds_every_kind_of_damage(store: BlobStore, tmp_path: Path) -> None:
    root = tmp_path / "media"
    data = [str(number).encode() * 5000 for number in range(1, 9)]
    stored = [store.add_bytes(entry) for entry in data]
    expected: dict[str, int | None] = {entry.sha256: entry.size for entry in stored}
    assert not problems_of(store, expected)
    flipped, cut, gone, resized = (entry.sha256 for entry in stored[:4])
    path_of(root, flipped).chmod(0o600)
    path_of(root, flipped).write_bytes(bytes([data[0][0] ^ 1]) + data[0][1:])
    path_of(root, cut).chmod(0o600)
    path_of(root, cut).write_bytes(data[1][:-1])
    path_of(root, gone).unlink()
    expected[resized] = 7
    expected[stored[4].sha256] = None
    (root / "note.txt").write_text("?")
    (root / flipped[:2] / "0").write_text("?")
    (root / "zz").mkdir()
    assert set(problems_of(store, expected)) == {
        BlobProblem("blob_damaged", flipped),
        BlobProblem("blob_damaged", cut),
        BlobProblem("blob_missing", gone),
        BlobProblem("blob_wrong_size", resized),
        BlobProblem("blob_foreign", "note.txt"),
        BlobProblem("blob_foreign", f"{flipped[:2]}/0"),
        BlobProblem("blob_foreign", "zz"),
    }


def test_check_of_more_files_than_are_begun_ahead(
    store: BlobStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("inspector.media.check._AHEAD", 2)
    stored = [store.add_bytes(bytes([number]) * 5000) for number in range(7)]
    expected: dict[str, int | None] = {entry.sha256: entry.size for entry in stored}
    last = max(expected)
    path_of(tmp_path / "media", last).unlink()
    absent = [name_of(name) for name in (b"x", b"y", b"z")]
    expected |= dict.fromkeys(absent)
    missing = {BlobProblem("blob_missing", each) for each in (last, *absent)}
    assert set(problems_of(store, expected)) == missing
    assert problems_of(store, {}) == []


def test_a_check_that_is_left_hashes_no_more(
    store: BlobStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(20):
        store.add_bytes(bytes([number]) * 5000)
    verified: list[str] = []
    begun, leave = threading.Event(), threading.Event()

    def slowly(_store: BlobStore, sha256: str) -> str:
        verified.append(sha256)
        begun.set()
        leave.wait(30)
        return "ok"

    monkeypatch.setattr(BlobStore, "verify", slowly)
    with examining(store):
        # Nobody has asked for what is found yet.
        assert begun.wait(30)
        threading.Timer(0.5, leave.set).start()
    assert len(verified) <= 2


def test_check_of_an_empty_store(store: BlobStore) -> None:
    assert not problems_of(store, {})
    absent = name_of(b"absent")
    assert problems_of(store, {absent: 1}) == [BlobProblem("blob_missing", absent)]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_in_a_blobs_place_is_damage_and_is_not_waited_for(
    store: BlobStore, tmp_path: Path
) -> None:
    stored = store.add_bytes(b"original")
    path = path_of(tmp_path / "media", stored.sha256)
    path.unlink()
    os.mkfifo(path)
    assert store.verify(stored.sha256) == "damaged"
    with pytest.raises(MingchaError) as refused:
        store.read(stored.sha256)
    assert refused.value.code == "blob_damaged"
