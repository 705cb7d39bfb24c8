"""Writes the golden objects that are not there yet: `python -m tests.sync.golden_objects`."""

from __future__ import annotations

from pathlib import Path

from inspector.storage.state import State
from inspector.sync import head, names, parts, sealed, segment, snapshot
from inspector.sync.head import Head, Run
from inspector.sync.snapshot import Pack, Snapshot
from tests.support.exchange import EPOCH, KEY, PUBLIC, SIGN, run_of
from tests.support.records import LOG, SPACE

GOLDEN = Path(__file__).parent / "golden"


def payloads() -> dict[sealed.Kind, bytes]:
    """Return what each golden object holds."""
    run = run_of(3)
    name = names.hash_of(b"an object")
    stated = Head(
        space=SPACE,
        log=LOG,
        generation=7,
        n=3,
        op=run[-1].id,
        ms=1_790_000_000_000,
        app="1.0",
        runs=(Run(1, 3, name),),
        carried={"b" * 26: (Run(1, 9, name),)},
        indexes=(name,),
        statements=(name,),
        seen={"b" * 26: (9, "2" * 64)},
        digest=State("3" * 64, "4" * 64),
    )
    return {
        "segment": segment.build(SPACE, [each.raw for each in run], PUBLIC, SIGN),
        "head": head.build(stated, PUBLIC, SIGN),
        "index": parts.build({"1" * 64: parts.Parts(3_000_000, (parts.Part(name, 3_000_200),))}),
        "part": "一张照片".encode() * 50,
        "statement": b'{"v":1}\n',
        "snapshot": snapshot.build(_snapshot(name, run[-1].id), PUBLIC, SIGN),
        "pack": snapshot.pack([b"a segment", b"another"]),
    }


def _snapshot(name: str, last: str) -> Snapshot:
    return Snapshot(
        space=SPACE,
        log=LOG,
        ms=1_790_000_000_000,
        app="1.0",
        ends={LOG: (3, last)},
        state=State("3" * 64, "4" * 64),
        packs=(Pack(name, 3_000_200, (name,)),),
    )


def main() -> None:
    """Write each file that is missing."""
    for kind, payload in payloads().items():
        path = GOLDEN / f"{kind}.v1"
        if not path.exists():
            path.write_bytes(
                sealed.seal(kind, SPACE, EPOCH, KEY, payload, lambda count: b"s" * count)
            )


if __name__ == "__main__":
    main()
