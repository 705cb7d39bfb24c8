"""The seal manifest: one canonical document that fixes a visit.

It holds a salted hash (leaf) for every register value of the visit and of the texts it relies on
(hall, windows, persons, units, checklist), the list of media, the frontier of operations and the
hash of the checklist. Salts derive from a secret that is written in the seal operation, so a leaf
can be opened one by one: a dossier with names withheld still verifies.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import TYPE_CHECKING, Any

from inspector.base.patterns import pattern
from inspector.base.values import frozen
from inspector.ledger import canonical

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

VERSION = 1
SUITE = "sha256"

_HASH = pattern(r"[0-9a-f]{64}")
_NONE = "0" * 64

Path = tuple[str, str, str]


class InvalidManifest(ValueError):
    """The bytes are not a manifest of a known version and suite."""


@frozen
class MediaLeaf:
    """A file of the visit. role: original, or derived with `parent` the original's hash."""

    sha256: str
    size: int
    role: str = "original"
    parent: str = ""
    taken_ms: int | None = None


@frozen
class Manifest:
    """What a seal fixes. `leaves` maps (entity, id, field) to the leaf's hash."""

    space: str
    visit: str
    edition: int
    previous: str
    frontier: tuple[tuple[str, int, str], ...]
    checklist: str
    checklist_sha256: str
    leaves: Mapping[Path, str]
    media: tuple[MediaLeaf, ...]
    signers: tuple[tuple[str, str], ...] = ()

    def to_bytes(self) -> bytes:
        """Return the canonical bytes, one document."""
        return canonical.encode(
            {
                "v": VERSION,
                "suite": SUITE,
                "space": self.space,
                "visit": self.visit,
                "edition": self.edition,
                "previous": self.previous,
                "frontier": [list(item) for item in sorted(self.frontier)],
                "checklist": self.checklist,
                "checklist_sha256": self.checklist_sha256,
                "leaves": [[*path, self.leaves[path]] for path in sorted(self.leaves)],
                "media": [_media(item) for item in sorted(self.media, key=_media_order)],
                "signers": [list(item) for item in sorted(self.signers)],
            }
        )


def leaf(secret: bytes, path: Path, value: Any) -> str:
    """Return the salted hash of one register value."""
    salt = hmac.new(secret, "\x1f".join(path).encode(), hashlib.sha256).digest()
    content = canonical.encode({"path": list(path), "value": value})
    return hashlib.sha256(salt + content).hexdigest()


def leaves(secret: bytes, values: Iterable[tuple[Path, Any]]) -> dict[Path, str]:
    """Return the leaves of all `values`."""
    return {path: leaf(secret, path, value) for path, value in values}


def parse(data: bytes) -> Manifest:
    """Parse a manifest strictly. Raises InvalidManifest; an unknown suite fails closed."""
    try:
        content = canonical.decode(data)
        if content["v"] != VERSION or content["suite"] != SUITE:
            raise InvalidManifest(f"version {content['v']}, suite {content['suite']}")
        manifest = Manifest(
            space=content["space"],
            visit=content["visit"],
            edition=content["edition"],
            previous=content["previous"],
            frontier=tuple((log, n, op) for log, n, op in content["frontier"]),
            checklist=content["checklist"],
            checklist_sha256=content["checklist_sha256"],
            leaves={(e, i, f): digest for e, i, f, digest in content["leaves"]},
            media=tuple(
                MediaLeaf(m["sha256"], m["size"], m["role"], m.get("parent", ""), m.get("t"))
                for m in content["media"]
            ),
            signers=tuple((person, key) for person, key in content["signers"]),
        )
        _require_types(manifest)
        # Anything unknown, doubled, missing or out of order shows here.
        if manifest.to_bytes() != data:
            raise InvalidManifest("not written as this version writes it")
    except (canonical.NotCanonical, KeyError, TypeError, ValueError) as error:
        raise InvalidManifest(str(error)) from error
    return manifest


def differences(
    manifest: Manifest, secret: bytes, values: Iterable[tuple[Path, Any]]
) -> Sequence[Path]:
    """Return the paths whose value today is not the sealed one; missing and added ones too."""
    today = leaves(secret, values)
    paths = manifest.leaves.keys() | today.keys()
    return sorted(p for p in paths if manifest.leaves.get(p) != today.get(p))


def _require_types(manifest: Manifest) -> None:
    texts = [manifest.space, manifest.visit, manifest.previous, manifest.checklist]
    texts += [part for path in manifest.leaves for part in path]
    texts += [part for signer in manifest.signers for part in signer]
    texts += [log for log, _, _ in manifest.frontier]
    texts += [text for item in manifest.media for text in (item.role, item.parent)]
    hashes = [manifest.checklist_sha256 or _NONE, *manifest.leaves.values()]
    hashes += [op for _, _, op in manifest.frontier] + [item.sha256 for item in manifest.media]
    numbers: list[object] = [manifest.edition, *(n for _, n, _ in manifest.frontier)]
    numbers += [item.size for item in manifest.media]
    numbers += [item.taken_ms for item in manifest.media if item.taken_ms is not None]
    if not all(isinstance(text, str) for text in texts):
        raise InvalidManifest("a text that is none")
    if not all(isinstance(text, str) and _HASH.fullmatch(text) for text in hashes):
        raise InvalidManifest("a hash that is none")
    if not all(type(number) is int for number in numbers):
        raise InvalidManifest("a number that is none")


def _media_order(item: MediaLeaf) -> tuple[str, str, str, int, int]:
    return item.sha256, item.role, item.parent, item.size, item.taken_ms or 0


def _media(item: MediaLeaf) -> dict[str, Any]:
    content: dict[str, Any] = {"sha256": item.sha256, "size": item.size, "role": item.role}
    if item.parent:
        content["parent"] = item.parent
    if item.taken_ms is not None:
        content["t"] = item.taken_ms
    return content
