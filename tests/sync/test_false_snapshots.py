"""Whatever lies where a snapshot should be costs time: it is put aside, and segments are read."""

from __future__ import annotations

import tracemalloc
import zlib
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from inspector.ledger import canonical, sshsig
from inspector.storage import aside as aside_table
from inspector.sync import frames, names, sealed, segment, snapshot, unpacking
from inspector.sync.outcome import Limits
from inspector.sync.sealed import PACK, SEGMENT, SNAPSHOT
from tests.support.fixed import CountingEntropy
from tests.support.laptops import Laptop, Office, new_depot, team
from tests.support.records import edit

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from inspector.sync.sealed import Kind
    from inspector.sync.snapshot import Snapshot

COUNT = 8


@pytest.fixture(autouse=True)
def _few_are_many(monkeypatch):
    """Each entry is a segment of its own, and five of them are worth a snapshot."""
    monkeypatch.setattr(segment, "MAX_OPERATIONS", 1)
    monkeypatch.setattr(unpacking, "WORTH_IT", 5)


class Stick:
    """A depot with entries of one laptop, which makes snapshots, and another that has nothing."""

    def __init__(self, folder: Path, office: Office, li: Laptop, wang: Laptop) -> None:
        self.root, self.li, self.wang = folder / "stick", li, wang
        self.depot = new_depot(self.root)
        office._admit(li, li.key, ("snapshotter",), ())
        office.hand_over(li)
        office.hand_over(wang)
        for number in range(COUNT):
            li.store.commit([edit("finding", f"f{number}", text="x" * 200)])
        li.sync(self.depot, Limits(snapshot=True))
        [self.manifest] = self.lying("n")
        [self.pack] = self.lying("p")

    def lying(self, kind: str) -> list[Path]:
        return sorted(self.root.glob(f"sp/*/{kind}/*"))

    def opened(self, path: Path, kind: Kind) -> bytes:
        data = path.read_bytes()
        key = self.li.store.membership.epoch_keys()[sealed.header(data).epoch]
        return sealed.open_(data, key, kind, self.li.store.space)

    def said(self) -> Snapshot:
        return snapshot.parse(self.opened(self.manifest, SNAPSHOT)).snapshot

    def seal(self, kind: Kind, payload: bytes) -> bytes:
        [(epoch, key)] = self.li.store.membership.epoch_keys().items()
        return sealed.seal(kind, self.li.store.space, epoch, key, payload, CountingEntropy("s"))

    def lay_manifest(self, data: bytes) -> None:
        self.manifest.unlink()
        self.lay(names.snapshot(self.li.store.space, names.hash_of(data)), data)

    def lay_signed(self, line: bytes, by: Laptop | None = None) -> None:
        key = (by or self.li).key
        signature = sshsig.armored(key.public, sshsig.SNAPSHOT, line, key.sign)
        self.lay_manifest(self.seal(SNAPSHOT, frames.join((line, signature.encode()))))

    def lay_pack(self, payload: bytes, size: int | None = None) -> None:
        """Put another pack in the place of the sound one, named by a signed manifest."""
        data = self.seal(PACK, payload)
        name = names.hash_of(data)
        self.pack.unlink()
        self.lay(names.pack(self.li.store.space, name), data)
        said = self.said()
        packs = (replace(said.packs[0], name=name, size=size or len(data)),)
        key = self.li.key
        payload = snapshot.build(replace(said, packs=packs), key.public, key.sign)
        self.lay_manifest(self.seal(SNAPSHOT, payload))

    def lay(self, name: str, data: bytes) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)

    def line(self) -> bytes:
        return snapshot.parse(self.opened(self.manifest, SNAPSHOT)).line


@pytest.fixture
def stick(tmp_path):
    with team(tmp_path, "li", "wang") as (office, [li, wang]):
        yield Stick(tmp_path, office, li, wang)


def with_other(line: bytes, **fields: object) -> bytes:
    return canonical.encode({**canonical.decode(line), **fields})


def signed_by_another(stick: Stick) -> None:
    line = stick.line()
    signature = sshsig.armored(stick.wang.key.public, sshsig.SNAPSHOT, line, stick.wang.key.sign)
    stick.lay_manifest(stick.seal(SNAPSHOT, frames.join((line, signature.encode()))))


def signed_for_something_else(stick: Stick) -> None:
    line, key = stick.line(), stick.li.key
    signature = sshsig.armored(key.public, sshsig.HEAD, line, key.sign)
    stick.lay_manifest(stick.seal(SNAPSHOT, frames.join((line, signature.encode()))))


def of_another_space(stick: Stick) -> None:
    stick.lay_signed(with_other(stick.line(), sp="another"))


def escaping(stick: Stick) -> None:
    [[name, size, segments]] = canonical.decode(stick.line())["packs"]
    stick.lay_signed(with_other(stick.line(), packs=[[f"../../{name}", size, segments]]))


def escaping_segment(stick: Stick) -> None:
    [[name, size, _segments]] = canonical.decode(stick.line())["packs"]
    stick.lay_signed(with_other(stick.line(), packs=[[name, size, ["../" * 17 + "x"]]]))


def keys_twice(stick: Stick) -> None:
    stick.lay_signed(stick.line()[:-1] + b',"v":1}')


def bomb(stick: Stick) -> None:
    """What unpacks to far more than anything may."""
    header = sealed.Header(
        SNAPSHOT, stick.li.store.space, next(iter(stick.li.store.membership.epoch_keys())),
        "a" * 52, "zlib",
    )  # fmt: skip
    packing = zlib.compressobj(9)
    packed = b"".join(packing.compress(bytes(1 << 20)) for _ in range(128)) + packing.flush()
    front = sealed._front(header)
    key = stick.li.store.membership.epoch_keys()[header.epoch]
    cipher = sealed.ChaCha20Poly1305(sealed._subkey(key, header))
    stick.lay_manifest(front + cipher.encrypt(bytes(12), packed, front))


def no_snapshot(stick: Stick) -> None:
    stick.lay_manifest(stick.seal(SNAPSHOT, b"\x00\x00\x00\x05hello"))


def a_segment_in_its_place(stick: Stick) -> None:
    stick.lay_manifest(stick.seal(SEGMENT, b"x" * 100))


def torn(stick: Stick) -> None:
    stick.manifest.write_bytes(stick.manifest.read_bytes()[:-20])


def of_another_key(stick: Stick) -> None:
    data = bytearray(stick.manifest.read_bytes())
    data[-1] ^= 1
    stick.lay_manifest(bytes(data))


def torn_pack(stick: Stick) -> None:
    stick.pack.write_bytes(stick.pack.read_bytes()[:-200])


def pack_of_rubbish(stick: Stick) -> None:
    stick.lay_pack(b"\xff\xff\xff\xff" + bytes(3000))


def larger_pack(stick: Stick) -> None:
    """A small size is said of a pack, so that reading it seems to be worth it."""
    stick.lay_pack(frames.join([bytes((8 << 20) - frames.LENGTH)]), size=100)


@pytest.mark.parametrize(
    ("lie", "reason"),
    [
        (signed_by_another, "signature"),
        (signed_for_something_else, "signature"),
        (of_another_space, "space"),
        (escaping, "form"),
        (escaping_segment, "form"),
        (keys_twice, "form"),
        (bomb, "too_large"),
        (no_snapshot, "form"),
        (a_segment_in_its_place, "kind"),
        (torn, "name"),
        (of_another_key, "cipher"),
        (torn_pack, "name"),
        (pack_of_rubbish, "form"),
        (larger_pack, "too_large"),
    ],
)
def test_what_is_no_snapshot_is_put_aside_and_the_segments_are_read(
    stick: Stick, lie: Callable[[Stick], None], reason: str
):
    lie(stick)
    tracemalloc.start()
    done = stick.wang.sync(stick.depot)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [each.reason for each in done.quarantined] == [reason]
    assert done.quarantined[0].name.split("/")[2] in "np"
    assert (done.unpacked, done.received.operations) == (0, COUNT)
    assert peak < 40 << 20
    stick.li.sync(stick.depot)
    stick.wang.sync(stick.depot)
    assert stick.wang.store.digest() == stick.li.store.digest()
    # It is told once, and settles itself where somebody takes it away.
    assert stick.wang.sync(stick.depot).quarantined == []
    assert len(aside_table.quarantined(stick.wang.store.db)) == 1
    for path in (*stick.lying("n"), *stick.lying("p")):
        path.unlink()
    stick.wang.sync(stick.depot)
    assert aside_table.quarantined(stick.wang.store.db) == []


def test_an_unknown_suite_waits_for_a_newer_version(stick: Stick):
    data = stick.manifest.read_bytes().replace(b"chacha20-poly1305", b"sm4-something-001")
    stick.lay_manifest(data)
    done = stick.wang.sync(stick.depot)
    assert (done.quarantined, done.waiting) == ([], {"newer": 1})
    assert (done.unpacked, done.received.operations) == (0, COUNT)


def test_what_a_pack_holds_besides_changes_nothing(stick: Stick):
    """Entries that nobody wrote, in a pack of somebody who may make some."""
    own = snapshot.unpack(stick.opened(stick.pack, PACK))
    forged = stick.seal(SEGMENT, b"\x00\x00\x00\x01x")
    stick.lay_pack(snapshot.pack([forged, *own, forged]))
    done = stick.wang.sync(stick.depot)
    assert (done.unpacked, done.received.operations) == (COUNT, COUNT)
    assert done.quarantined == []


def test_a_segment_that_its_device_did_not_sign_ends_the_pack(stick: Stick):
    """It lies in the depot, and in the pack: neither way does it count."""
    raw = list(stick.li.store.log.of_chain(stick.li.store.chain, 0))[:1]
    key = stick.wang.key
    data = stick.seal(SEGMENT, segment.build(stick.li.store.space, raw, key.public, key.sign))
    name = names.segment(stick.li.store.space, stick.li.store.chain, names.hash_of(data))
    stick.lay(name, data)
    own = snapshot.unpack(stick.opened(stick.pack, PACK))
    said = stick.said()
    packed = stick.seal(PACK, snapshot.pack([data, *own]))
    pack = names.hash_of(packed)
    stick.lay(names.pack(stick.li.store.space, pack), packed)
    hashes = (names.hash_of(data), *said.packs[0].segments)
    false = replace(said, packs=(snapshot.Pack(pack, len(packed), hashes),))
    stick.lay_manifest(
        stick.seal(SNAPSHOT, snapshot.build(false, stick.li.key.public, stick.li.key.sign))
    )
    done = stick.wang.sync(stick.depot)
    assert sorted(each.name.split("/")[2] for each in done.quarantined) == ["p", "s"]
    assert {each.reason for each in done.quarantined} == {"signature"}
    assert (done.unpacked, done.received.operations) == (0, COUNT)


def test_what_was_laid_beside_it_hides_no_sound_snapshot(stick: Stick):
    """However many: they are read once, then the others have their turn."""
    for letter in "234567abcdef":
        stick.lay(names.snapshot(stick.li.store.space, letter * 52), b"rubbish")
    stick.wang.sync(stick.depot)
    for number in range(3 * COUNT):
        stick.li.store.commit([edit("finding", f"g{number}", text="x" * 200)])
    stick.li.sync(stick.depot, Limits(snapshot=True))
    assert stick.wang.sync(stick.depot).unpacked == 3 * COUNT


def test_a_stale_snapshot_gives_what_it_has(stick: Stick):
    for number in range(3):
        stick.li.store.commit([edit("finding", f"g{number}", text="x")])
    stick.li.sync(stick.depot)
    done = stick.wang.sync(stick.depot)
    assert (done.unpacked, done.received.operations) == (COUNT, COUNT + 3)


def test_a_snapshot_that_names_what_the_depot_does_not_list_gives_nothing(stick: Stick):
    """Only what lies there under its own name may count as held there."""
    for path in stick.root.glob("sp/*/s/*/*"):
        path.unlink()
    done = stick.wang.sync(stick.depot)
    assert (done.unpacked, done.received.operations) == (0, 0)
    assert stick.li.sync(stick.depot).rolled_back
    assert stick.wang.sync(stick.depot).received.operations == COUNT


def test_a_folder_that_cannot_be_listed_stops_nothing(stick: Stick):
    """Somebody put a file in its place, or took the right to read it."""
    folder = stick.manifest.parent
    stick.manifest.unlink()
    folder.rmdir()
    folder.write_bytes(b"in the way")
    done = stick.wang.sync(stick.depot)
    assert (done.unpacked, done.received.operations) == (0, COUNT)
    assert done.safe


def test_a_torn_segment_is_mended_from_the_snapshot(stick: Stick):
    """Its entries come from the pack; what lies there under its name is no longer called held."""
    torn = sorted(stick.root.glob("sp/*/s/*/*"))[3]
    sound = torn.read_bytes()
    torn.write_bytes(sound[:-30])
    done = stick.wang.sync(stick.depot)
    assert (done.unpacked, done.received.operations) == (COUNT, COUNT)
    assert [(each.reason, each.name.split("/")[-1]) for each in done.quarantined] == [
        ("name", torn.name)
    ]
    assert torn.read_bytes() == sound
    assert aside_table.quarantined(stick.wang.store.db) == []


def test_who_reads_everything_back_reads_no_snapshot(stick: Stick):
    """Of a pack it is not known what lies under the names of the segments."""
    torn = sorted(stick.root.glob("sp/*/s/*/*"))[3]
    rotten = bytearray(torn.read_bytes())
    rotten[-1] ^= 1
    torn.write_bytes(rotten)
    done = stick.wang.sync(stick.depot, Limits(verify=True))
    assert done.unpacked == 0
    assert [each.reason for each in done.quarantined] == ["name"]
