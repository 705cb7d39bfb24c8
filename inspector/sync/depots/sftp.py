"""A depot on an SFTP server (OpenSSH and others).

The server is known by its key: an unknown one is shown as a fingerprint for a person to compare,
another one than before is refused. An object is written under another name and renamed over its
own (`posix-rename`), then read back. Needs paramiko, so import this module only when it is used.
"""

from __future__ import annotations

import errno
import logging
import socket
import stat
from base64 import b64encode
from contextlib import contextmanager, suppress
from hashlib import sha256
from typing import TYPE_CHECKING, Final

import paramiko

from inspector.base.errors import MingchaError
from inspector.base.ids import Entropy, system_entropy
from inspector.base.system_reasons import reason_of
from inspector.sync import names
from inspector.sync.depots.protocol import (
    DIFFERS,
    GONE,
    NO_HOST,
    NOT_LET_IN,
    DepotError,
    Entry,
    Missing,
    is_name,
    unless_denied,
)
from inspector.sync.invalid import InvalidObject

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from inspector.sync.depots.access import Access
    from inspector.sync.depots.address import Address

_PORT = 22
_SECONDS = 15
_HOME = "/~"
_AWAY = (errno.EHOSTUNREACH, errno.ENETUNREACH, errno.EBADF)

# It reports as errors what is raised as well, and names servers and users in it.
logging.getLogger("paramiko").setLevel(logging.CRITICAL)


class SftpDepot:
    """A depot in a folder of an SFTP server, which must exist; folders in it are made."""

    lists_at_once = False

    def __init__(self, address: Address, access: Access, entropy: Entropy = system_entropy) -> None:
        self.place: Final = address.place
        self.requests = 0
        self._entropy = entropy
        # A path relative to the folder in which the server puts the user.
        path = address.path
        self._root = path.removeprefix(_HOME).lstrip("/") or "." if path.startswith(_HOME) else path
        with self._failures():
            self._transport = _connected(address)
            try:
                _require_host(self._transport, address, access)
                _enter(self._transport, access.user or address.user, access)
                self._sftp = _opened(self._transport)
            except BaseException:
                # A conversation that broke off while it began leaves its alarm running.
                self._transport.packetizer.complete_handshake()
                self._transport.close()
                self._transport.join(_SECONDS)
                raise

    def read(self, name: str, limit: int) -> bytes:
        """Return the bytes of an object. Raises Missing, InvalidObject, DepotError."""
        path = self._path(name)
        self.requests += 1
        with self._failures():
            try:
                return self._read(path, limit)
            except FileNotFoundError as error:
                self._require_present(name)
                raise Missing(name) from error

    def write(self, name: str, data: bytes) -> None:
        """Write an object beside its name, rename it and read it back. Raises DepotError."""
        path = self._path(name)
        waiting = f"{path}.{self._entropy(6).hex()}.part"
        self.requests += 1
        with self._failures():
            try:
                self._put(waiting, data)
            except FileNotFoundError:
                self._require_present(name)
                self._make_folders(name)
                self._put(waiting, data)
            self._sftp.posix_rename(waiting, path)
            try:
                same = self._read(path, len(data)) == data
            except InvalidObject:
                same = False
        if not same:
            raise DepotError("broken", self.place, DIFFERS)

    def write_all(self, objects: Sequence[tuple[str, bytes]]) -> None:
        """Write objects one after the other. Raises DepotError."""
        for name, data in objects:
            self.write(name, data)

    def entries(self, folder: str, *, below: bool = False) -> Iterator[Entry]:
        """List the objects in a folder. Raises DepotError."""
        path = self._path(folder) if folder else self._root
        prefix = f"{folder}/" if folder else ""
        self.requests += 1
        with self._failures():
            try:
                listed = self._sftp.listdir_attr(path)
            except FileNotFoundError:
                self._require_present(folder)
                return
        for item in listed:
            name, mode = prefix + item.filename, item.st_mode or 0
            if not is_name(name):
                continue
            if stat.S_ISREG(mode):
                yield Entry(name, item.st_size or 0)
            elif below and stat.S_ISDIR(mode):
                with unless_denied():
                    yield from self.entries(name, below=True)

    def remove(self, name: str) -> None:
        """Remove an object; it may be absent. Raises DepotError."""
        path = self._path(name)
        self.requests += 1
        with self._failures():
            try:
                self._sftp.remove(path)
            except FileNotFoundError:
                self._require_present(name)

    def free(self) -> int | None:
        """The protocol's usual version says nothing about that."""
        return None

    def close(self) -> None:
        """End the connection."""
        with suppress(EOFError, OSError):  # the server may be gone
            self._sftp.close()
        self._transport.close()
        self._transport.join(_SECONDS)

    def _path(self, name: str) -> str:
        return f"{self._root}/{names.require(name)}"

    def _read(self, path: str, limit: int) -> bytes:
        # A pipe or a link that was put where an object belongs is not opened.
        state = self._sftp.lstat(path)
        size = state.st_size or 0
        if not stat.S_ISREG(state.st_mode or 0):
            raise InvalidObject("form", "not a file")
        if size > limit:
            raise InvalidObject("too_large", f"{size} bytes")
        with self._sftp.open(path, "rb") as file:
            file.prefetch(size)
            data: bytes = file.read(size)
        return data

    def _put(self, path: str, data: bytes) -> None:
        with self._sftp.open(path, "wbx") as file:
            file.set_pipelined(True)
            file.write(data)

    def _make_folders(self, name: str) -> None:
        folders = name.split("/")[:-1]
        for depth in range(1, len(folders) + 1):
            path = f"{self._root}/{'/'.join(folders[:depth])}"
            try:
                self._sftp.mkdir(path)
            except OSError:
                # "Failure" is all that the protocol says of a folder that is there.
                if not stat.S_ISDIR(self._sftp.lstat(path).st_mode or 0):
                    raise

    def _require_present(self, name: str) -> None:
        path = self._root if name == names.MARKER else f"{self._root}/{names.MARKER}"
        try:
            self._sftp.stat(path)
        except FileNotFoundError as error:
            raise DepotError("away", self.place, GONE) from error

    @contextmanager
    def _failures(self) -> Iterator[None]:
        """Say what an error of the connection or of the server means for a depot."""
        try:
            yield
        except paramiko.AuthenticationException as error:
            raise DepotError("denied", self.place, NOT_LET_IN) from error
        except (paramiko.SSHException, EOFError, TimeoutError, ConnectionError) as error:
            raise DepotError("away", self.place, type(error).__name__) from error
        except socket.gaierror as error:
            raise DepotError("away", self.place, NO_HOST) from error
        except PermissionError as error:
            raise DepotError("denied", self.place, reason_of(error)) from error
        except OSError as error:
            # The library says only in words that its connection ended.
            away = error.errno in _AWAY or "closed" in str(error)
            detail = reason_of(error) if error.errno else str(error)[:60]
            raise DepotError("away" if away else "broken", self.place, detail) from error


def _connected(address: Address) -> paramiko.Transport:
    stream = socket.create_connection((address.host, address.port or _PORT), _SECONDS)
    try:
        made = paramiko.Transport(stream)
    except BaseException:
        stream.close()
        raise
    made.banner_timeout = made.auth_timeout = _SECONDS
    return made


def _require_host(transport: paramiko.Transport, address: Address, access: Access) -> None:
    """Begin the conversation, and go on only with the server that a person has confirmed."""
    kind = access.host_key.partition(" ")[0]
    options = transport.get_security_options()
    if kind:
        # The server may have several keys; it is asked for the one that is known.
        known = tuple(each for each in options.key_types if _is_of(each, kind))
        options.key_types = known or options.key_types
    try:
        transport.start_client(timeout=_SECONDS)
    except paramiko.SSHException as error:
        if kind and "host key" in str(error).lower():
            raise MingchaError("depot_host_changed", place=address.place) from error
        raise
    found = fingerprint(transport.get_remote_server_key())
    if not access.host_key:
        raise MingchaError("depot_host_unknown", place=address.place, fingerprint=found)
    if found != access.host_key:
        raise MingchaError("depot_host_changed", place=address.place)


def fingerprint(key: paramiko.PKey) -> str:
    """Return a key as it is shown and kept: its kind and the fingerprint that OpenSSH prints."""
    digest = b64encode(sha256(key.asbytes()).digest()).decode().rstrip("=")
    return f"{key.get_name()} SHA256:{digest}"


def _is_of(algorithm: str, kind: str) -> bool:
    """An RSA key signs by several algorithms."""
    return algorithm == kind or (kind == "ssh-rsa" and algorithm.startswith("rsa-sha2-"))


def _enter(transport: paramiko.Transport, user: str, access: Access) -> None:
    if not access.key_file:
        transport.auth_password(user, access.password)
        return
    try:
        key = paramiko.PKey.from_path(access.key_file, access.password.encode() or None)
    except (ValueError, TypeError, OSError) as error:
        raise paramiko.AuthenticationException("the key file") from error
    transport.auth_publickey(user, key)


def _opened(transport: paramiko.Transport) -> paramiko.SFTPClient:
    made = paramiko.SFTPClient.from_transport(transport)
    if made is None:
        raise paramiko.SSHException("no SFTP")
    made.get_channel().settimeout(4 * _SECONDS)
    return made
