"""A depot on a WebDAV server.

An object is put under another name and moved: WebDAV has no "create only", and a put that breaks
off leaves a torn file on some servers. Then it is read back, because others acknowledge what they
did not keep (Joplin issue 8979). Needs httpx, so import this module only when it is used.
"""

from __future__ import annotations

import logging
import time
from http import HTTPStatus
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, unquote, urlsplit
from xml.etree import ElementTree

import httpx

from inspector.base.ids import Entropy, system_entropy
from inspector.sync import names
from inspector.sync.depots.protocol import (
    DIFFERS,
    GONE,
    UNLISTED,
    DepotError,
    Entry,
    Missing,
    Trouble,
    is_name,
    unless_denied,
)
from inspector.sync.invalid import InvalidObject

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from inspector.sync.depots.access import Access
    from inspector.sync.depots.address import Address

#: A listing of 13,000 objects, the most a FAT folder holds, takes some 8 MB.
MAX_LISTING = 64 << 20

_ASK = (
    b'<?xml version="1.0"?><propfind xmlns="DAV:"><prop><resourcetype/><getcontentlength/>'
    b"</prop></propfind>"
)
_ASK_FREE = (
    b'<?xml version="1.0"?><propfind xmlns="DAV:"><prop><quota-available-bytes/></prop></propfind>'
)
_AGAIN = (0.1, 0.5)
_AWAY = {408, 425, 429, 500, 502, 503, 504}
_DENIED = {401, 403, 405, 423}
_FULL = {413, 507}
# It reports every address it asks.
logging.getLogger("httpx").setLevel(logging.WARNING)

_NO_FOLDER = {HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT}


class WebdavDepot:
    """A depot in a folder of a WebDAV server, which must exist; folders in it are made."""

    lists_at_once = False

    def __init__(self, address: Address, access: Access, entropy: Entropy = system_entropy) -> None:
        self.place: Final = address.place
        self.requests = 0
        self._base = f"{address.url}{quote(address.path)}/"
        self._entropy = entropy
        user = access.user or address.user
        self._http = httpx.Client(
            auth=httpx.BasicAuth(user, access.password) if user else None,
            headers={"Accept-Encoding": "identity"},
            timeout=httpx.Timeout(60, connect=10),
        )

    def read(self, name: str, limit: int) -> bytes:
        """Return the bytes of an object. Raises Missing, InvalidObject, DepotError."""
        status, data = self._ask("GET", self._url(name), limit=limit)
        if status == HTTPStatus.NOT_FOUND:
            self._require_present(name)
            raise Missing(name)
        self._require(status)
        return data

    def write(self, name: str, data: bytes) -> None:
        """Put an object, move it to its name and read it back. Raises DepotError."""
        url = self._url(name)
        waiting = f"{url}.{self._entropy(6).hex()}.part"
        self._put(waiting, data, name)
        status, _ = self._ask("MOVE", waiting, headers={"Destination": url, "Overwrite": "T"})
        if status >= HTTPStatus.BAD_REQUEST and not self._is_there(url, data):
            self._ask("DELETE", waiting)
            self._require(status)
        if not self._is_there(url, data):
            raise DepotError("broken", self.place, DIFFERS)

    def write_all(self, objects: Sequence[tuple[str, bytes]]) -> None:
        """Write objects one after the other. Raises DepotError."""
        for name, data in objects:
            self.write(name, data)

    def entries(self, folder: str, *, below: bool = False) -> Iterator[Entry]:
        """List the objects in a folder. Raises DepotError."""
        url = f"{self._url(folder)}/" if folder else self._base
        status, data = self._ask("PROPFIND", url, _ASK, {"Depth": "1"}, MAX_LISTING)
        if status == HTTPStatus.NOT_FOUND:
            self._require_present()
            return
        self._require(status)
        prefix = f"{folder}/" if folder else ""
        for name, size in self._listed(data):
            if size is not None and is_name(prefix + name):
                yield Entry(prefix + name, size)
            elif size is None and below and is_name(prefix + name):
                with unless_denied():
                    yield from self.entries(prefix + name, below=True)

    def remove(self, name: str) -> None:
        """Remove an object; it may be absent. Raises DepotError."""
        status, _ = self._ask("DELETE", self._url(name))
        if status != HTTPStatus.NOT_FOUND:
            self._require(status)

    def free(self) -> int | None:
        """Return the room that the server says is left, None if it says none."""
        status, data = self._ask("PROPFIND", self._base, _ASK_FREE, {"Depth": "0"}, MAX_LISTING)
        self._require(status)
        said = self._tree(data).findtext(".//{DAV:}quota-available-bytes") or ""
        return int(said) if said.isdecimal() else None

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def _url(self, name: str) -> str:
        return self._base + names.require(name)

    def _put(self, url: str, data: bytes, name: str) -> None:
        status, _ = self._ask("PUT", url, data)
        if status in _NO_FOLDER:
            # Only where something is missing: the marker says that it is the folders above.
            self._require_present(name)
            folders = name.split("/")[:-1]
            for depth in range(1, len(folders) + 1):
                made, _ = self._ask("MKCOL", f"{self._base}{'/'.join(folders[:depth])}/")
                if made != HTTPStatus.METHOD_NOT_ALLOWED:  # that is: it is there
                    self._require(made)
            status, _ = self._ask("PUT", url, data)
        self._require(status)

    def _is_there(self, url: str, data: bytes) -> bool:
        try:
            status, found = self._ask("GET", url, limit=len(data))
        except InvalidObject:
            return False
        return status == HTTPStatus.OK and found == data

    def _require_present(self, name: str = "") -> None:
        if name == names.MARKER:
            status, _ = self._ask("PROPFIND", self._base, _ASK, {"Depth": "0"}, MAX_LISTING)
        else:
            status, _ = self._ask("HEAD", self._url(names.MARKER))
        if status == HTTPStatus.NOT_FOUND:
            raise DepotError("away", self.place, GONE)
        self._require(status)

    def _require(self, status: int) -> None:
        if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
            return
        trouble: Trouble = "broken"
        for codes, meaning in ((_AWAY, "away"), (_DENIED, "denied"), (_FULL, "full")):
            if status in codes:
                trouble = meaning  # type: ignore[assignment]
        raise DepotError(trouble, self.place, f"HTTP {status}")

    def _ask(
        self,
        method: str,
        url: str,
        content: bytes | None = None,
        headers: dict[str, str] | None = None,
        limit: int = 1 << 16,
    ) -> tuple[int, bytes]:
        """Return status and body; asks again where the connection broke. Raises DepotError."""
        for pause in (*_AGAIN, None):
            self.requests += 1
            try:
                status, data = self._once(method, url, content, headers, limit)
            except httpx.TransportError as error:
                if pause is None:
                    raise DepotError("away", self.place, type(error).__name__) from error
            except httpx.HTTPError as error:
                raise DepotError("broken", self.place, type(error).__name__) from error
            else:
                if status not in _AWAY or pause is None:
                    return status, data
            time.sleep(pause)
        raise AssertionError("the last attempt returns or raises")

    def _once(
        self,
        method: str,
        url: str,
        content: bytes | None,
        headers: dict[str, str] | None,
        limit: int,
    ) -> tuple[int, bytes]:
        with self._http.stream(method, url, content=content, headers=headers) as answer:
            if answer.status_code >= HTTPStatus.BAD_REQUEST or method in ("HEAD", "PUT", "MOVE"):
                return answer.status_code, b""
            data = bytearray()
            for chunk in answer.iter_raw():
                data += chunk
                if len(data) > limit:
                    raise InvalidObject("too_large", f"more than {limit} bytes")
            return answer.status_code, bytes(data)

    def _listed(self, data: bytes) -> list[tuple[str, int | None]]:
        """Return the names in a listing with their sizes; None for a folder."""
        found = []
        for answer in self._tree(data).iter("{DAV:}response"):
            # Only the last part counts: behind another server the rest may read differently.
            path = unquote(urlsplit(answer.findtext("{DAV:}href") or "").path).rstrip("/")
            size = answer.findtext(".//{DAV:}getcontentlength") or ""
            is_folder = answer.find(".//{DAV:}resourcetype/{DAV:}collection") is not None
            number = int(size) if size.isdecimal() else 0
            found.append((path.split("/"), None if is_folder else number))
        # The folder itself is in its listing, one level above everything else.
        own = min((len(parts) for parts, _ in found), default=0)
        return [(parts[-1], size) for parts, size in found if len(parts) > own]

    def _tree(self, data: bytes) -> ElementTree.Element:
        try:
            return ElementTree.fromstring(data)
        except ElementTree.ParseError as error:
            raise DepotError("broken", self.place, UNLISTED) from error
