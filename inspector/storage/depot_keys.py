"""How servers are entered, where a person wants that kept: in `keys/`, readable by the owner.

Passwords stand there as they are: whoever can read the folder can read the record as well. They
are in no backup, no depot, no log and not in the database.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.base.files import make_folder, write_private
from inspector.ledger import canonical
from inspector.storage.connection import guarded

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from inspector.base.paths import Workspace

VERSION = 1


def kept(workspace: Workspace, address: str) -> dict[str, str]:
    """Return what is kept for an address, empty where nothing is or it cannot be read."""
    return _all(workspace).get(address, {})


def keep(workspace: Workspace, address: str, access: Mapping[str, str]) -> None:
    """Keep what it takes to enter `address`; nothing in `access` forgets what was kept.

    Raises MingchaError `disk_full`, `workspace_unwritable`.
    """
    content = _all(workspace)
    content.pop(address, None)
    if access:
        content[address] = dict(access)
    with guarded():
        make_folder(workspace.keys, 0o700)
        write_private(_file(workspace), canonical.encode({"v": VERSION, "depots": content}))


def _all(workspace: Workspace) -> dict[str, dict[str, str]]:
    try:
        content = canonical.decode(_file(workspace).read_bytes())
        found = content["depots"] if content["v"] == VERSION else {}
        return {
            address: {name: str(value) for name, value in access.items()}
            for address, access in found.items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def _file(workspace: Workspace) -> Path:
    return workspace.keys / "depots.json"
