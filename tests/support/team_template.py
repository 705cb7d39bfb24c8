"""A team of laptops made once and copied as often as it is needed, in memory where that can be."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from tests.support.laptops import Laptop, Office, new_depot

MEMORY = Path("/dev/shm")


class Template:
    """A team that was just admitted, made once and copied for each run."""

    def __init__(self) -> None:
        parent = MEMORY if MEMORY.is_dir() else None
        self.root = Path(tempfile.mkdtemp(prefix="mingcha-model-", dir=parent))
        self.office = Office()
        laptops = [Laptop(f"l{n}", self.root / f"l{n}") for n in range(4)]
        for laptop in laptops:
            self.office.admit(laptop, "reporter", "snapshotter")
        for laptop in laptops:
            self.office.hand_over(laptop)
            laptop.store.close()
        for n in range(2):
            new_depot(self.root / f"d{n}")

    def copied(self) -> tuple[Path, Office]:
        folder = Path(tempfile.mkdtemp(prefix="mingcha-run-", dir=self.root.parent))
        shutil.copytree(self.root, folder, dirs_exist_ok=True)
        office = Office.__new__(Office)
        office.statements = list(self.office.statements)
        office.keys = dict(self.office.keys)
        office.recipients = dict(self.office.recipients)
        office.gone = set()
        return folder, office
