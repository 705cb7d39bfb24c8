"""A team of laptops made once and copied as often as it is needed, in memory where that can be."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from inspector.sync.depots.folder import FolderDepot
from tests.support.laptops import Laptop, Office, new_depot

MEMORY = Path("/dev/shm")
LAPTOPS, DEPOTS = 4, 2


class Template:
    """A team that was just admitted, and the same after everybody had visited both depots."""

    def __init__(self) -> None:
        parent = MEMORY if MEMORY.is_dir() else None
        self.root = Path(tempfile.mkdtemp(prefix="mingcha-model-", dir=parent))
        self.office = Office()
        new = self._stage(met=False)
        laptops = [Laptop(f"l{n}", new / f"l{n}") for n in range(LAPTOPS)]
        for laptop in laptops:
            self.office.admit(laptop, "reporter", "snapshotter")
        for laptop in laptops:
            self.office.hand_over(laptop)
            laptop.store.close()
        for n in range(DEPOTS):
            new_depot(new / f"d{n}")
        self._let_them_meet()

    def _stage(self, *, met: bool) -> Path:
        return self.root / ("met" if met else "new")

    def _let_them_meet(self) -> None:
        met = self._stage(met=True)
        shutil.copytree(self._stage(met=False), met)
        laptops = [Laptop(f"l{n}", met / f"l{n}") for n in range(LAPTOPS)]
        for _ in range(2):
            for laptop in laptops:
                for n in range(DEPOTS):
                    laptop.sync(FolderDepot(met / f"d{n}"))
        for laptop in laptops:
            laptop.store.close()

    def marker(self, depot: int, name: str) -> Path:
        """Return what says which depot it is, as it was made."""
        return self._stage(met=False) / f"d{depot}" / name

    def copied(self, *, met: bool) -> tuple[Path, Office]:
        """Return a folder with laptops l0, l1 … and depots d0, d1, and their office."""
        folder = Path(tempfile.mkdtemp(prefix="mingcha-run-", dir=self.root.parent))
        shutil.copytree(self._stage(met=met), folder, dirs_exist_ok=True)
        office = Office.__new__(Office)
        office.statements = list(self.office.statements)
        office.keys = dict(self.office.keys)
        office.recipients = dict(self.office.recipients)
        office.gone = set()
        return folder, office
