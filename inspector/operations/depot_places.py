"""Places of depots as windows deal with them: looking whether one is there, taking one up.

Nothing here needs the store but `note`: what may wait for a server is done apart from it.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from inspector.base.errors import MingchaError
from inspector.operations.connecting import keep_access, open_place
from inspector.operations.depots import init_depot
from inspector.operations.syncing import note_depot
from inspector.sync.depots import address as addresses
from inspector.sync.depots import marker
from inspector.sync.depots.room import room_in

if TYPE_CHECKING:
    from inspector.base.ids import Entropy
    from inspector.base.paths import Workspace
    from inspector.operations.session import Session

#: Kinds of servers, in the order in which they are offered.
SERVERS = ("webdav", "sftp", "s3")


@dataclass(frozen=True, slots=True)
class Reached:
    """How a depot was found: `trouble` is why it cannot be used now, None if it can.

    room: bytes that there is room for, None where that cannot be known.
    """

    trouble: MingchaError | None = None
    room: int | None = None

    @property
    def code(self) -> str:
        """The code of the trouble, "" if there is none; `depot_full` for one without room."""
        if self.trouble is not None:
            return self.trouble.code
        return "depot_full" if self.room == 0 else ""


@dataclass(frozen=True, slots=True)
class Place:
    """A place that was named: its address, what a person calls it, the depot there ("" if none)."""

    address: str
    place: str
    depot: str = ""

    @property
    def suggested(self) -> str:
        """What it may be called: the last part of where it is."""
        path = addresses.parse(self.address).path or self.place
        return Path(path).name or path.strip("/") or self.place


def reach(workspace: Workspace, address: str, expected: str) -> Reached:
    """Look whether the depot `expected` is at an address now, and how much room there is."""
    try:
        with closing(open_place(workspace, address)) as depot:
            marker.require(depot, expected)
            return Reached(room=room_in(depot))
    except MingchaError as error:
        return Reached(trouble=error)


def server_address(kind: str, place: str, endpoint: str = "") -> str:
    """Return the address of a server as people type its parts.

    place: https://host/folder for WebDAV, host/folder for SFTP, bucket/prefix for S3, which has
    the address of its service as `endpoint`. A whole address is taken as it is. Raises MingchaError
    as `addresses.parse`.
    """
    text = place.strip()
    if kind == "webdav" and text.startswith(("https://", "http://")):
        text = f"webdav+{text}"
    elif kind == "webdav" and "://" not in text:
        text = f"webdav+https://{text}"
    elif "://" not in text:
        text = f"{kind}://{text}"
    if kind == "s3" and endpoint.strip() and "?" not in text:
        text = f"{text}?endpoint={quote(endpoint.strip(), safe=':/')}"
    addresses.parse(text)
    return text


def look(workspace: Workspace, address: str) -> Place:
    """Return what is at an address: a depot, or a place that can be set up as one.

    Raises MingchaError as `open_place`, `depot_newer`, DepotError.
    """
    with closing(open_place(workspace, address)) as depot:
        try:
            return Place(address, depot.place, marker.read(depot).depot)
        except MingchaError as error:
            if error.code != "depot_unmarked":
                raise
        return Place(address, depot.place)


def enter(
    workspace: Workspace,
    address: str,
    *,
    user: str = "",
    password: str = "",
    key_file: str = "",
    host_key: str = "",
) -> Place:
    """Keep how a server is entered once it let us in, and return what is there.

    Raises MingchaError as `keep_access` and `look`.
    """
    keep_access(
        workspace, address, user=user, password=password, key_file=key_file, host_key=host_key
    )
    return look(workspace, address)


def set_up(workspace: Workspace, place: Place, entropy: Entropy) -> Place:
    """Make a depot of a place. Raises MingchaError as `init_depot` and `open_place`."""
    with closing(open_place(workspace, place.address)) as depot:
        return Place(place.address, place.place, init_depot(depot, entropy))


def note(session: Session, place: Place, name: str) -> str:
    """Remember a depot by a name and return its id. Raises MingchaError `depot_unmarked`."""
    if not place.depot:
        raise MingchaError("depot_unmarked", place=place.place)
    note_depot(session, place.depot, name.strip() or place.suggested, place.address)
    return place.depot
