"""A page that a telephone opens over its own hotspot to send photographs into one visit.

Off until somebody starts it, for this visit only: a new address, a new path and a new code each
time. What arrives lies in a folder of the workspace, unchanged, and is offered like everything
else. Everything that comes in may be hostile: see `operations.upload_http` for the wire.
"""

from __future__ import annotations

import hmac
import itertools
import shutil
import socket
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from inspector.base.ids import Entropy, system_entropy
from inspector.domain.filenames import received_name
from inspector.media.sniff import HEAD_BYTES, sniff
from inspector.operations.storage_state import KEPT_FREE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

#: Letters and digits that nobody mistakes for one another when typing an address.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
_PATH_LETTERS = 10
_TAKEN = ("image/", "video/")

Refusal = Literal["wrong_code", "closed", "too_large", "no_room", "no_picture", "too_many"]
Ending = Literal["asked", "idle", "wrong_code"]


@dataclass(frozen=True, slots=True)
class Rules:
    """What a page allows. Times in seconds, sizes in bytes.

    idle: it closes by itself after this long without a request. head: a request's head must be
    complete by then. stall: the longest silence within a file. slowest: bytes a second that a file
    needs on average. wrong: codes that may be wrong before it closes for good.
    """

    idle: float = 600.0
    head: float = 10.0
    stall: float = 20.0
    slowest: int = 8 << 10
    largest: int = 4 << 30
    files: int = 2_000
    kept_free: int = KEPT_FREE
    wrong: int = 5
    at_once: int = 6


@dataclass(frozen=True, slots=True)
class Received:
    """A file that arrived whole and waits to be offered."""

    path: Path
    size: int


@dataclass(frozen=True, slots=True)
class Interrupted:
    """A file of which only a part arrived; the part is gone, the telephone still has it."""

    name: str


@dataclass(frozen=True, slots=True)
class Knocked:
    """A wrong code was given; so many more may be."""

    left: int


@dataclass(frozen=True, slots=True)
class Closed:
    """The page is there no more."""

    why: Ending


Told = Received | Interrupted | Knocked | Closed


class Refused(Exception):
    """A request is turned away; `why` is what the telephone is told."""

    def __init__(self, why: Refusal) -> None:
        super().__init__(why)
        self.why: Refusal = why


@dataclass(frozen=True, slots=True)
class Address:
    """An address of this computer. hotspot: it looks like one given by a telephone's hotspot."""

    ip: str
    name: str
    hotspot: bool = False


def addresses() -> tuple[Address, ...]:
    """Return where a page can be opened, hotspots first; this computer alone if there is no net."""
    import psutil  # takes a while to import; only this needs it here

    found = [
        Address(each.address, name, _is_hotspot(each.address))
        for name, given in psutil.net_if_addrs().items()
        for each in given
        if each.family is socket.AF_INET
    ]
    outside = [each for each in found if not each.ip.startswith("127.")]
    return tuple(sorted(outside or found, key=lambda each: (not each.hotspot, each.ip)))


def _is_hotspot(ip: str) -> bool:
    """Tell whether telephones give such addresses: iOS 172.20.10.x, Android up to 10 192.168.43.x.

    Newer Android draws them at random from 192.168.x; those are not told from other networks.
    """
    return ip.startswith(("172.20.10.", "192.168.43."))


class Door:
    """Decides what is let in, and keeps it. Thread-safe: each request has a thread of its own."""

    def __init__(
        self,
        folder: Path,
        listener: Callable[[Told], None],
        rules: Rules | None = None,
        entropy: Entropy = system_entropy,
    ) -> None:
        """`folder` is where files wait in the workspace."""
        self.rules = rules or Rules()
        self.path = "".join(_LETTERS[each % len(_LETTERS)] for each in entropy(_PATH_LETTERS))
        self.code = f"{int.from_bytes(entropy(8)) % 1_000_000:06}"
        self._disk = folder.parent
        self._folder = folder / entropy(8).hex()
        self._listener = listener
        self._numbers = itertools.count(1)
        self._lock = threading.Lock()
        self._wrong = 0
        self._expected = 0
        self._files = 0
        self._touched = time.monotonic()
        self.ended: Ending | None = None

    # -- being open ----------------------------------------------------------------------------

    def touch(self) -> None:
        """Note that somebody is there."""
        self._touched = time.monotonic()

    def is_idle(self) -> bool:
        """Tell whether nobody has been there for too long; a file on its way is somebody."""
        return not self._expected and time.monotonic() - self._touched > self.rules.idle

    def end(self, why: Ending) -> None:
        """Let nothing in any more; the first reason stands."""
        with self._lock:
            first = self.ended is None
            self.ended = self.ended or why
        if first:
            self._listener(Closed(why))

    def require_code(self, typed: str) -> None:
        """Raise Refused unless the code is right; too many wrong ones end the page for good."""
        with self._lock:
            if self.ended is not None:
                raise Refused("closed")
            # The same time for every code, and nothing of it is decided before the comparison.
            if hmac.compare_digest(typed.encode(), self.code.encode()):
                return
            self._wrong += 1
            left = self.rules.wrong - self._wrong
        self._listener(Knocked(max(0, left)))
        if left <= 0:
            self.end("wrong_code")
        raise Refused("wrong_code")

    # -- taking a file -------------------------------------------------------------------------

    def receive(self, name: str, size: int, parts: Iterator[bytes]) -> Received:
        """Keep a file whose bytes come in `parts`, which must amount to `size`.

        Raises Refused, EOFError if the parts end early, OSError if it cannot be written.
        """
        self._expect(size)
        fitted = received_name(name)
        slot = self._folder / str(next(self._numbers))
        try:
            slot.mkdir(parents=True)
            target = slot / fitted
            _write(target, size, parts)
        except Refused:
            shutil.rmtree(slot, ignore_errors=True)
            raise
        except BaseException:
            shutil.rmtree(slot, ignore_errors=True)
            self._listener(Interrupted(fitted))
            raise
        finally:
            with self._lock:
                self._expected -= size
            self.touch()
        with self._lock:
            self._files += 1
        received = Received(target, size)
        self._listener(received)
        return received

    def _expect(self, size: int) -> None:
        """Set room aside for a file before its first byte. Raises Refused."""
        with self._lock:
            if self.ended is not None:
                raise Refused("closed")
            if not 0 < size <= self.rules.largest:
                raise Refused("too_large")
            if self._files >= self.rules.files:
                raise Refused("too_many")
            free = shutil.disk_usage(self._disk).free - self._expected
            # It is kept twice for a while: as received, and as stored.
            if free - 2 * size < self.rules.kept_free:
                raise Refused("no_room")
            self._expected += size


def _write(target: Path, size: int, parts: Iterator[bytes]) -> None:
    """Write the parts under a name that is not the final one. Raises Refused, EOFError, OSError."""
    half = target.with_name("half")
    head, written = b"", 0
    known = False
    with half.open("xb") as file:
        for part in parts:
            head = head + part if len(head) < HEAD_BYTES else head
            if not known and (len(head) >= HEAD_BYTES or written + len(part) >= size):
                known = True
                if not sniff(head[:HEAD_BYTES]).startswith(_TAKEN):
                    raise Refused("no_picture")
            file.write(part)
            written += len(part)
    if written != size:
        raise EOFError
    half.rename(target)
