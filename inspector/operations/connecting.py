"""From what a person types to the depot that is meant, and how it is entered."""

from __future__ import annotations

import os
from contextlib import closing, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from inspector.base.errors import MingchaError
from inspector.operations.syncing import known_depots
from inspector.storage import depot_keys
from inspector.sync import names
from inspector.sync.depots import address as addresses
from inspector.sync.depots.access import Access
from inspector.sync.depots.marker import MAX_BYTES
from inspector.sync.depots.opening import open_depot
from inspector.sync.depots.protocol import Missing

if TYPE_CHECKING:
    from inspector.base.paths import Workspace
    from inspector.operations.session import Session
    from inspector.sync.depots.protocol import Depot

#: Variables of the environment that say how a server is entered; they win over what is kept.
VARIABLES = {
    "user": "MINGCHA_DEPOT_USER",
    "password": "MINGCHA_DEPOT_PASSWORD",
    "key_file": "MINGCHA_DEPOT_KEY_FILE",
    "host_key": "MINGCHA_DEPOT_HOST_KEY",
}


@dataclass(frozen=True, slots=True)
class Meant:
    """The depot to visit; `expected` is the id it must have, "" if any will do."""

    depot: Depot
    expected: str = ""


def connect(session: Session, text: str) -> Meant:
    """Return the depot with this name, or at this address. It is to be closed after use.

    A name stands for one depot: another one that is found in its place is refused. Raises
    MingchaError as `open_place`, and `depot_unknown` for a name that no depot has here.
    """
    known = known_depots(session)
    for row in known:
        if text in (row.name, row.id) and text != row.address:
            return Meant(open_place(session.store.workspace, row.address), row.id)
    if not is_address(text):
        called = ", ".join(row.name for row in known if row.name != row.address)
        raise MingchaError("depot_unknown", name=text, known=called or "–")
    return Meant(open_place(session.store.workspace, text))


def is_address(text: str) -> bool:
    """Tell whether a text says where a depot is; otherwise it may be what one is called."""
    return "://" in text or os.sep in text or Path(text).exists()


def open_place(workspace: Workspace, address: str) -> Depot:
    """Return the depot at an address, entered as the environment says or as was kept.

    Raises MingchaError: depot_address and its kin, depot_library_missing, depot_host_unknown,
    depot_host_changed, depot_away, depot_denied.
    """
    return open_depot(address, access_for(workspace, address))


def access_for(workspace: Workspace, address: str) -> Access:
    """Return how a server is entered: the environment first, then what is kept for the address."""
    said = {field: os.environ[name] for field, name in VARIABLES.items() if name in os.environ}
    known = depot_keys.kept(workspace, address)
    return Access(**{field: known.get(field, "") for field in VARIABLES} | said)


def needs_password(workspace: Workspace, address: str) -> bool:
    """Tell whether a person is to be asked. Raises MingchaError for what is no address."""
    if addresses.parse(address).kind == "folder":
        return False
    access = access_for(workspace, address)
    return not access.password and not access.key_file


def keep_access(
    workspace: Workspace,
    address: str,
    *,
    user: str = "",
    password: str = "",
    key_file: str = "",
    host_key: str = "",
) -> None:
    """Keep how a server is entered (see `Access`), once it let us in.

    Raises MingchaError as `open_place`, and `depot_address` for a folder, which asks for nothing.
    """
    access = Access(user, password, key_file, host_key)
    if addresses.parse(address).kind == "folder":
        raise MingchaError("depot_address", detail=address)
    with closing(open_depot(address, access)) as depot, suppress(Missing):
        depot.read(names.MARKER, MAX_BYTES)
    depot_keys.keep(
        workspace, address, {name: value for name, value in asdict(access).items() if value}
    )


def forget_access(workspace: Workspace, address: str) -> None:
    """Forget how a server is entered."""
    depot_keys.keep(workspace, address, {})
