"""A laptop that records and visits one depot until it is ended, in a process of its own.

What it was told is saved, it writes down elsewhere: that must be everywhere in the end.
"""

from __future__ import annotations

import os
import random
import sys
from pathlib import Path

from inspector.base.errors import MingchaError
from inspector.base.ids import system_entropy
from inspector.storage.store import Edit
from inspector.sync.depots.folder import FolderDepot
from tests.support.laptops import Laptop


def main() -> None:
    """Work for ever."""
    root, depot = Path(sys.argv[1]), FolderDepot(Path(sys.argv[2]))
    acknowledged = os.open(sys.argv[3], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    chance = random.Random(os.getpid())
    laptop = Laptop(root.name, root)
    laptop.store.entropy = system_entropy
    while True:
        entity = f"f{chance.randrange(6)}"
        fields = {chance.choice(["text", "severity"]): chance.randrange(1000)}
        done = laptop.store.commit([Edit("finding", entity, fields)])
        for operation in done.operations:
            os.write(acknowledged, f"{operation}\n".encode())
        if chance.random() < 0.2:
            data = os.urandom(20_000)
            stored = laptop.blobs.add_bytes(data)
            named = {"sha256": stored.sha256, "size": stored.size}
            laptop.store.commit([Edit("evidence", laptop.store.new_id(), named)])
        if chance.random() < 0.5:
            try:
                laptop.sync(depot)
            except MingchaError:
                continue  # two at one folder may meet; the next visit goes on


if __name__ == "__main__":
    main()
