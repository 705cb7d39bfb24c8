"""How a depot is named: a folder's path, or an address of a server. Never with a secret in it.

```
/media/stick/mingcha, D:\\exchange        a folder
webdav+https://host/folder                WebDAV; a user name may stand before the host
sftp://user@host:22/srv/depot             SFTP; /~/depot lies below the user's own folder
s3://bucket/prefix?endpoint=https://host  object storage of the S3 kind; &region=…
```
Without encryption on the way (`webdav+http`, an endpoint with http) only this computer itself is
accepted: the objects are encrypted, passwords and keys to the server would not be.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from inspector.base.errors import MingchaError

Kind = Literal["folder", "webdav", "sftp", "s3"]

_SCHEMES: dict[str, Kind] = {
    "webdav+https": "webdav",
    "webdav+http": "webdav",
    "sftp": "sftp",
    "s3": "s3",
}
_LOOPBACK = re.compile(r"localhost|127(?:\.[0-9]{1,3}){3}|::1")
#: One letter is a drive of Windows.
_HAS_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")
_BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
_OPTIONS = {"endpoint", "region"}


@dataclass(frozen=True, slots=True)
class Address:
    """A depot's address, taken apart.

    text: as it is kept and asked for again. place: what a person calls it, without the user's
    name. url: scheme, host and port of a server (of the endpoint for S3). path: the folder there,
    or below the bucket.
    """

    kind: Kind
    text: str
    place: str
    url: str = ""
    host: str = ""
    port: int | None = None
    path: str = ""
    user: str = ""
    bucket: str = ""
    region: str = ""


def parse(text: str) -> Address:
    """Take an address apart. Raises MingchaError: depot_address, depot_address_secret."""
    text = text.strip()
    if not text or any(ord(letter) < 32 for letter in text):
        raise MingchaError("depot_address", detail=text[:60])
    if not _HAS_SCHEME.match(text):
        return Address("folder", text, text, path=text)
    try:
        split = urlsplit(text)
        kind = _SCHEMES[split.scheme]
        password, port = split.password, split.port
    except (ValueError, KeyError) as error:
        raise MingchaError("depot_address", detail=text.partition("@")[2] or text) from error
    if password is not None:
        raise MingchaError("depot_address_secret")
    if kind == "s3":
        return _s3(text, split)
    if not split.hostname or split.query or split.fragment:
        raise MingchaError("depot_address", detail=_shown(split))
    return _server(kind, text, split, port)


def _server(kind: Kind, text: str, split: SplitResult, port: int | None) -> Address:
    scheme = split.scheme.removeprefix("webdav+")
    host = split.hostname or ""
    if scheme == "http":
        _require_loopback(host)
    at = f"{f'[{host}]' if ':' in host else host}{f':{port}' if port else ''}"
    path = unquote(split.path).rstrip("/")
    if ".." in path.split("/") or (kind == "sftp" and not path):
        raise MingchaError("depot_address", detail=_shown(split))
    return Address(
        kind=kind,
        text=text,
        place=f"{scheme}://{at}{path}",
        url=f"{scheme}://{at}",
        host=host,
        port=port,
        path=path,
        user=unquote(split.username or ""),
    )


def _s3(text: str, split: SplitResult) -> Address:
    options = dict(parse_qsl(split.query, keep_blank_values=True))
    endpoint = options.get("endpoint", "")
    sound = bool(
        _BUCKET.fullmatch(split.netloc)
        and options.keys() <= _OPTIONS
        and not split.fragment
        and ".." not in split.path.split("/")
    )
    try:
        server = urlsplit(endpoint)
        reachable = server.scheme in ("http", "https") and bool(server.hostname)
        sound = sound and (reachable or not endpoint)
        if server.password is not None or server.username is not None:
            raise MingchaError("depot_address_secret")
    except ValueError:
        sound = False
    if not sound:
        raise MingchaError("depot_address", detail=_shown(split))
    if server.scheme == "http":
        _require_loopback(server.hostname or "")
    path = unquote(split.path).strip("/")
    place = f"s3://{split.netloc}{f'/{path}' if path else ''}"
    return Address(
        kind="s3",
        text=text,
        place=f"{place} ({server.netloc})" if endpoint else place,
        url=endpoint.rstrip("/"),
        host=server.hostname or "",
        path=path,
        bucket=split.netloc,
        region=options.get("region", ""),
    )


def _require_loopback(host: str) -> None:
    if not _LOOPBACK.fullmatch(host):
        raise MingchaError("depot_address_plain", host=host)


def _shown(split: SplitResult) -> str:
    """Return the address without what may be secret in it."""
    return f"{split.scheme}://{split.netloc.rpartition('@')[2]}{split.path}"
