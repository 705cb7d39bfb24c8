"""The seal of a visit, and what is written down of its files afterwards."""

from __future__ import annotations

from dataclasses import field

from inspector.domain.entities.base import Entity, Json, noun


@noun
class Seal(Entity):
    """A visit was sealed.

    `manifest` and `record` are blobs: the salted leaves, and the values they were made of, so
    that later changes to halls or persons do not reach into a sealed visit. `secret` (hex) opens
    the leaves; `previous` is the manifest of the edition before. `frontier` has the last operation
    of each chain in the visit, as “chain:place:id”: what is not before one of them came late.
    """

    visit: str = ""
    manifest: str = ""
    record: str = ""
    secret: str = ""
    edition: int = 1
    previous: str | None = None
    frontier: tuple[str, ...] = ()


@noun
class Erasure(Entity):
    """The bytes `sha256` were removed on purpose; hash and reason stay."""

    visit: str = ""
    sha256: str = ""
    reason: str = ""
    second_person: str = ""


@noun
class AuditEntry(Entity):
    """An export, print or look at an original."""

    visit: str = ""
    kind: str = ""
    sha256: str = ""
    detail: Json = field(default_factory=dict)
