"""Opens the depot behind an address. What a kind of server needs is loaded only for that kind."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from inspector.base.errors import MingchaError
from inspector.sync.depots import address as addresses
from inspector.sync.depots.access import NO_ACCESS, Access
from inspector.sync.depots.folder import FolderDepot

if TYPE_CHECKING:
    from inspector.sync.depots.protocol import Depot

# Where each kind of server is spoken to, and what its module calls the depot.
_SERVERS = {
    "webdav": ("inspector.sync.depots.webdav", "WebdavDepot"),
    "sftp": ("inspector.sync.depots.sftp", "SftpDepot"),
    "s3": ("inspector.sync.depots.s3", "S3Depot"),
}


def open_depot(address: str, access: Access = NO_ACCESS) -> Depot:
    """Return the depot at `address`, to be closed after use. Its marker is not looked at.

    Raises MingchaError: depot_address and its kin, depot_library_missing, depot_host_unknown,
    depot_host_changed, DepotError.
    """
    parsed = addresses.parse(address)
    if parsed.kind == "folder":
        return FolderDepot(Path(parsed.path))
    module, name = _SERVERS[parsed.kind]
    try:
        made: Depot = getattr(import_module(module), name)(parsed, access)
    except ImportError as error:
        raise MingchaError("depot_library_missing", place=parsed.place) from error
    return made
