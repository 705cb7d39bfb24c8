"""Guarded worker processes for everything that decodes pictures.

A hostile or broken file may crash, stall or exhaust the worker; it is ended and replaced, the
program goes on. Processes are plain children with pipes: they start without importing the main
program, and what comes back is data, never objects.
"""

from __future__ import annotations

import json
import queue
import sys
import threading
import time
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Literal

from inspector.base.children import end_child, start_child
from inspector.base.values import frozen
from inspector.media.frames import BrokenFrame, read_frame, write_frame

if TYPE_CHECKING:
    from types import TracebackType

Job = Literal["codes", "describe", "inspect", "resample"]

_ATTEMPTS = 2
#: Where no process can limit its own memory, or the system does not heed it, its owner looks after
#: it: this often, in seconds.
_WATCHED = sys.platform in ("win32", "darwin")
_LOOK_EVERY = 0.05


@frozen
class Limits:
    """What one job may use: pixels decoded, bytes of address space, seconds of time.

    120 megapixels admit the largest phone cameras and panoramas; Pillow needs 4 bytes for each
    and as much again while converting, and a progressive JPEG holds 6 bytes for each.
    """

    pixels: int = 120_000_000
    memory: int = 1_536 << 20
    seconds: float = 30.0


@frozen
class Reply:
    """Facts and pictures from a worker. `facts["problem"]` is "" or the code of an error."""

    facts: dict[str, Any]
    parts: list[bytes]

    @property
    def problem(self) -> str:
        """The code of a catalogued error, or ""."""
        return str(self.facts.get("problem", ""))


class _Process:
    """One child process."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._late = self._large = False
        self._over = threading.Event()
        self._guard: threading.Thread | None = None
        self._child = start_child("inspector.media.child", json.dumps(asdict(limits)), silent=True)

    @property
    def pid(self) -> int:
        return self._child.pid

    def send(self, job: Job, data: bytes, args: dict[str, Any]) -> None:
        """Hand over a job and start to guard it; a dead child is noticed when receiving."""
        self._late = self._large = False
        self._over.clear()
        self._guard = threading.Thread(target=self._look_after, daemon=True)
        self._guard.start()
        try:
            write_frame(self._child.stdin, {"job": job, "args": args}, [data])  # type: ignore[arg-type]
        except OSError:
            self._child.kill()

    def receive(self) -> Reply | None:
        """Return the reply, None if the child died.

        Raises TimeoutError if it took too long, MemoryError if it took too much memory.
        """
        try:
            frame = read_frame(self._child.stdout)  # type: ignore[arg-type]
        except (BrokenFrame, OSError):
            frame = None
        finally:
            self._over.set()
            if self._guard is not None:
                self._guard.join()  # what was meant for the last job may not hit the next one
        if frame is None and self._late:
            raise TimeoutError
        if frame is None and self._large:
            raise MemoryError
        return Reply(*frame) if frame else None

    def end(self) -> None:
        """End the child whatever it does and release its pipes."""
        self._over.set()
        end_child(self._child)

    def _look_after(self) -> None:
        """End the child once its job takes too long, or too much memory where that is watched."""
        end = time.monotonic() + self._limits.seconds
        while not self._over.wait(_LOOK_EVERY if _WATCHED else self._limits.seconds):
            self._late = time.monotonic() >= end
            self._large = not self._late and _WATCHED and _memory(self.pid) > self._limits.memory
            if self._late or self._large:
                self._child.kill()
                return


def _memory(pid: int) -> int:
    """Return the bytes of memory that a process holds, 0 if it has ended."""
    import psutil  # takes a while to load, and most systems need no watching

    try:
        held = psutil.Process(pid).memory_info()
    except psutil.NoSuchProcess:
        return 0
    return int(getattr(held, "private", held.rss))


class Pending:
    """A job that is being done. Use as a context manager; `result` may be called once."""

    def __init__(self, workers: Workers, job: Job, data: bytes, args: dict[str, Any]) -> None:
        self._workers = workers
        self._call = (job, data, args)
        self._process: _Process | None = workers._borrow()
        self._process.send(*self._call)

    def __enter__(self) -> Pending:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None
    ) -> None:
        if self._process is not None:  # given up half-way: its state is unknown
            self._workers._replace(self._process)
            self._process = None

    def result(self) -> Reply:
        """Wait for the reply.

        A child that died is replaced and the job tried once more – it may have been ended from
        outside. Then, and after a time-out, the problem is `photo_not_decoded`; if it was ended
        for its memory, `photo_too_large`.
        """
        problem = "photo_not_decoded"
        for attempt in range(_ATTEMPTS):
            if attempt:
                self._process = self._workers._borrow()
                self._process.send(*self._call)
            assert self._process is not None
            try:
                reply = self._process.receive()
            except TimeoutError:
                break
            except MemoryError:
                problem = "photo_too_large"
                break
            if reply is not None:
                self._workers._give_back(self._process)
                self._process = None
                return reply
            self._workers._replace(self._process)
            self._process = None
        self.__exit__(None, None, None)
        return Reply({"problem": problem}, [])


class Workers:
    """A few worker processes, started before they are needed and used again and again.

    Thread-safe. `close` ends them; use as a context manager.
    """

    def __init__(self, count: int = 2, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self.count = count
        self._idle: queue.LifoQueue[_Process | None] = queue.LifoQueue()
        self._all: set[_Process] = set()
        self._lock = threading.Lock()
        for _ in range(count):
            self._idle.put(None)  # a place without a process yet

    def __enter__(self) -> Workers:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None
    ) -> None:
        self.close()

    def start(self) -> None:
        """Start all processes now, without waiting for them to be ready."""
        places = [self._idle.get_nowait() for _ in range(self._idle.qsize())]
        for place in places:
            self._idle.put(place or self._spawn())

    def begin(self, job: Job, data: bytes, **args: int) -> Pending:
        """Hand a job to an idle worker, waiting for one if need be."""
        return Pending(self, job, data, args)

    def run(self, job: Job, data: bytes, **args: int) -> Reply:
        """Do one job and return its reply."""
        with self.begin(job, data, **args) as pending:
            return pending.result()

    def process_ids(self) -> list[int]:
        """Return the ids of the processes that exist now."""
        with self._lock:
            return [process.pid for process in self._all]

    def close(self) -> None:
        """End all processes; no job may be running. The next `begin` starts anew."""
        with self._lock:
            processes = list(self._all)
        for process in processes:
            process.end()
        self._all.clear()
        while not self._idle.empty():
            self._idle.get_nowait()
        for _ in range(self.count):
            self._idle.put(None)

    def _spawn(self) -> _Process:
        process = _Process(self.limits)
        with self._lock:
            self._all.add(process)
        return process

    def _borrow(self) -> _Process:
        return self._idle.get() or self._spawn()

    def _give_back(self, process: _Process) -> None:
        self._idle.put(process)

    def _replace(self, process: _Process) -> None:
        """End a process and put a fresh one in its place at once."""
        process.end()
        with self._lock:
            self._all.discard(process)
        self._idle.put(self._spawn())
