"""A depot in object storage of the S3 kind (one bucket, or a prefix in it).

A put is whole or not at all; the signature covers the SHA-256 of the bytes, so the server refuses
what arrived altered. Nothing rests on conditional writes, which some servers silently ignore.
Needs obstore, so import this module only when it is used.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

import obstore
from obstore import exceptions
from obstore.store import S3Store

from inspector.sync import names
from inspector.sync.depots.protocol import (
    DIFFERS,
    GONE,
    NO_BUCKET,
    NO_KEY,
    DepotError,
    Entry,
    Missing,
    Trouble,
    is_name,
)
from inspector.sync.invalid import InvalidObject

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from obstore.store import ClientConfig

    from inspector.sync.depots.access import Access
    from inspector.sync.depots.address import Address

#: Up to this size an object is read back after it was put; beyond it the server's size must do.
READ_BACK = 1 << 20
_REGION = "us-east-1"
_DENIED = ("AccessDenied", "InvalidAccessKeyId", "SignatureDoesNotMatch", "status 403", "403 Forb")
_FULL = ("QuotaExceeded", "InsufficientStorage", "XMinioStorageFull", "EntityTooLarge", "507 ")
_AWAY = ("NoSuchBucket", "error sending request", "timed out", "SlowDown", " 503 ", "connect")


class S3Depot:
    """A depot in the bucket of an address; the bucket must exist."""

    lists_at_once = True

    def __init__(self, address: Address, access: Access) -> None:
        self.place: Final = address.place
        self.requests = 0
        if not access.user or not access.password:
            # Without keys the library would go looking for them in the network.
            raise DepotError("denied", self.place, NO_KEY)
        options: ClientConfig = {
            "timeout": "120s",
            "connect_timeout": "10s",
            "allow_http": address.url.startswith("http:"),
        }
        config: dict[str, Any] = {"endpoint": address.url} if address.url else {}
        self._store = S3Store(
            address.bucket,
            prefix=address.path or None,
            access_key_id=access.user,
            secret_access_key=access.password,
            region=address.region or _REGION,
            virtual_hosted_style_request=False,
            client_options=options,
            retry_config={"max_retries": 2, "retry_timeout": timedelta(seconds=60)},
            **config,
        )

    def read(self, name: str, limit: int) -> bytes:
        """Return the bytes of an object. Raises Missing, InvalidObject, DepotError."""
        names.require(name)

        def fetch() -> bytes:
            found = obstore.get(self._store, name)
            if found.meta["size"] > limit:
                raise InvalidObject("too_large", f"{found.meta['size']} bytes")
            return found.bytes().to_bytes()

        try:
            data: bytes = self._ask(fetch)
        except FileNotFoundError as error:
            if name != names.MARKER:
                self._require_present()
            raise Missing(name) from error
        return data

    def write(self, name: str, data: bytes) -> None:
        """Put an object and prove that it is there. Raises DepotError."""
        names.require(name)
        try:
            self._ask(lambda: obstore.put(self._store, name, data, use_multipart=False))
            same = self._is_there(name, data)
        except FileNotFoundError as error:
            raise DepotError("away", self.place, NO_BUCKET) from error
        if not same:
            raise DepotError("broken", self.place, DIFFERS)

    def write_all(self, objects: Sequence[tuple[str, bytes]]) -> None:
        """Write objects one after the other. Raises DepotError."""
        for name, data in objects:
            self.write(name, data)

    def entries(self, folder: str, *, below: bool = False) -> Iterator[Entry]:
        """List the objects in a folder. Raises DepotError."""
        if folder:
            names.require(folder)
        found = self._below(folder) if below else self._inside(folder)
        empty = True
        for meta in found:
            empty = False
            if _is_object(meta["path"], meta["size"]):
                yield Entry(meta["path"], meta["size"])
        if empty:
            self._require_present()

    def remove(self, name: str) -> None:
        """Remove an object; it may be absent. Raises DepotError."""
        names.require(name)
        try:
            self._ask(lambda: obstore.delete(self._store, name))
        except FileNotFoundError:
            self._require_present()

    def free(self) -> int | None:
        """Object storage says nothing about that."""
        return None

    def close(self) -> None:
        """Do nothing: connections end by themselves."""

    def _is_there(self, name: str, data: bytes) -> bool:
        if len(data) > READ_BACK:
            size: int = self._ask(lambda: obstore.head(self._store, name))["size"]
            return size == len(data)
        try:
            return self.read(name, len(data)) == data
        except (InvalidObject, Missing):
            return False

    def _inside(self, folder: str) -> Iterator[Any]:
        try:
            listed = self._ask(
                lambda: obstore.list_with_delimiter(self._store, prefix=folder or None)
            )
        except FileNotFoundError as error:
            raise DepotError("away", self.place, NO_BUCKET) from error
        yield from listed["objects"]

    def _below(self, folder: str) -> Iterator[Any]:
        pages = obstore.list(self._store, prefix=folder or None, chunk_size=1000)
        while True:
            try:
                page: Any = self._ask(lambda: next(pages, None))
            except FileNotFoundError as error:
                raise DepotError("away", self.place, NO_BUCKET) from error
            if page is None:
                return
            yield from page

    def _require_present(self) -> None:
        try:
            self._ask(lambda: obstore.head(self._store, names.MARKER))
        except FileNotFoundError as error:
            raise DepotError("away", self.place, GONE) from error

    def _ask(self, call: Callable[[], Any]) -> Any:
        """Return what the server answers. Raises FileNotFoundError, DepotError."""
        self.requests += 1
        try:
            return call()
        except (exceptions.BaseError, OSError) as error:
            if isinstance(error, FileNotFoundError):
                raise
            raise DepotError(_trouble(error), self.place, _detail(error)) from error


def _is_object(path: str, size: int) -> bool:
    """Tell an object from a folder that was emptied: SeaweedFS lists it as one without bytes."""
    return is_name(path) and (size > 0 or names.is_known(path))


def _trouble(error: Exception) -> Trouble:
    """The library tells most failures only in words."""
    said = str(error)
    if isinstance(error, exceptions.PermissionDeniedError | exceptions.UnauthenticatedError):
        return "denied"
    kinds: tuple[tuple[Trouble, tuple[str, ...]], ...] = (
        ("denied", _DENIED),
        ("full", _FULL),
        ("away", _AWAY),
    )
    return next((kind for kind, words in kinds if any(word in said for word in words)), "broken")


def _detail(error: Exception) -> str:
    """Return the kind of failure only: the library's text holds whole addresses and more."""
    return type(error).__name__
