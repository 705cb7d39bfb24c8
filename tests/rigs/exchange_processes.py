"""Laptops in processes of their own on one depot, killed and stopped at random."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.support.laptops import Laptop, Office, new_depot

if TYPE_CHECKING:
    from pathlib import Path


@dataclass
class Rig:
    """Workers on workspaces below `folder`, and what happened to them."""

    folder: Path
    count: int = 2
    seed: int = 1
    kills: int = 0
    stops: int = 0
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Make the team and its depot."""
        office = Office()
        self.roots = [self.folder / f"l{n}" for n in range(self.count)]
        laptops = [Laptop(root.name, root) for root in self.roots]
        for laptop in laptops:
            office.admit(laptop)
        for laptop in laptops:
            office.hand_over(laptop)
            laptop.store.close()
        self.office = office
        self._began = [0] * self.count
        self.depot = new_depot(self.folder / "depot")

    def disturb(self, seconds: float, least: int = 3) -> None:
        """Let the workers work, and kill or stop one of them again and again.

        Goes on until at least so many were killed: one that has not saved anything yet is not.
        """
        chance, end = random.Random(self.seed), time.monotonic() + seconds
        self.workers = [self._start(n) for n in range(self.count)]
        try:
            while time.monotonic() < end or self.kills < least:
                time.sleep(chance.uniform(0.05, 1.0))
                number = chance.randrange(self.count)
                if chance.random() < 0.6 and self._size(number) > self._began[number]:
                    self._kill(number)
                    self.workers[number] = self._start(number)
                else:
                    self._stop(number, chance.uniform(0.05, 0.5))
        finally:
            for worker in self.workers:
                worker.kill()
                worker.wait()

    def _start(self, number: int) -> subprocess.Popen[bytes]:
        self._began[number] = self._size(number)
        words = [self.roots[number], self.folder / "depot", self._acknowledged(number)]
        command = [sys.executable, "-m", "tests.rigs.exchange_worker", *map(str, words)]
        return subprocess.Popen(command, env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"})

    def _kill(self, number: int) -> None:
        worker = self.workers[number]
        if worker.poll() is not None:
            raise AssertionError(f"a worker ended by itself with {worker.returncode}")
        worker.send_signal(signal.SIGKILL)
        worker.wait()
        self.kills += 1

    def _stop(self, number: int, seconds: float) -> None:
        self.workers[number].send_signal(signal.SIGSTOP)
        time.sleep(seconds)
        self.workers[number].send_signal(signal.SIGCONT)
        self.stops += 1

    def _size(self, number: int) -> int:
        path = self._acknowledged(number)
        return path.stat().st_size if path.exists() else 0

    def _acknowledged(self, number: int) -> Path:
        return self.folder / f"acknowledged-{number}"

    def saved(self) -> set[str]:
        """Return the operations that workers were told are saved."""
        lines = set()
        for number in range(self.count):
            path = self._acknowledged(number)
            if path.exists():
                lines |= {each for each in path.read_text().split("\n") if len(each) == 64}
        return lines

    def opened(self) -> list[Laptop]:
        """Open the laptops again."""
        return [Laptop(root.name, root) for root in self.roots]

    def visit_all(self, laptops: list[Laptop]) -> None:
        """Let everybody visit the depot once."""
        for laptop in laptops:
            laptop.sync(self.depot)
