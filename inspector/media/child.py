"""The guarded worker process: reads jobs from standard input, writes replies to standard output.

Start: `python -m inspector.media.child LIMITS-AS-JSON`. Frames are lengths, JSON and bytes – no
pickle, so that a decoder taken over by a hostile file cannot make the main process run anything.
The process imports Pillow's image core and nothing else of weight.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from typing import TYPE_CHECKING, Any, BinaryIO

from inspector.media import decode
from inspector.media.frames import read_frame, write_frame

if TYPE_CHECKING:
    from collections.abc import Callable

JOBS: dict[str, Callable[..., decode.Reply]] = {
    "codes": decode.codes,
    "describe": decode.describe,
    "inspect": decode.inspect,
    "resample": decode.resample,
}


def main() -> None:
    """Serve jobs until standard input is closed."""
    limits: dict[str, int] = json.loads(sys.argv[1])
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the main process's business
    jobs, replies = sys.stdin.buffer, _private_output()
    _confine(limits["memory"])
    while (frame := read_frame(jobs)) is not None:
        header, parts = frame
        write_frame(replies, *_work(header, parts[0], limits["pixels"]))


def _work(header: dict[str, Any], data: bytes, pixels: int) -> tuple[dict[str, Any], list[bytes]]:
    try:
        return JOBS[header["job"]](data, pixels=pixels, **header["args"])
    except MemoryError:
        return {"problem": "photo_too_large"}, []


def _private_output() -> BinaryIO:
    """Keep standard output for frames alone: a library that prints must not garble them."""
    private = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return private


def _confine(memory: int) -> None:
    """Limit address space (bytes), forbid writing files and core dumps, where POSIX allows.

    Windows has no such limits for a process itself, and macOS does not heed them: there the owner
    watches how much memory it holds (see `media.worker`).
    """
    if sys.platform == "win32":
        return
    import resource  # POSIX only

    for kind, limit in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(kind)
        bound = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
        resource.setrlimit(kind, (bound, hard))


if __name__ == "__main__":
    main()
