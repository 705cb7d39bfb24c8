"""What laptops and offices tell each other: keys, signatures, receipts, reviews, links."""

from __future__ import annotations

from inspector.domain.entities.base import Entity, noun
from inspector.domain.vocabulary import ReviewDecision


@noun
class PersonKey(Entity):
    """The public key (Ed25519, 64 hex digits) with which a person signs seals."""

    person: str = ""
    public: str = ""


@noun
class SealSignature(Entity):
    """A person signed the manifest of a seal; `signature` is an armoured SSHSIG."""

    visit: str = ""
    seal: str = ""
    person: str = ""
    public: str = ""
    signature: str = ""


@noun
class Receipt(Entity):
    """A device has read another's chain `log` up to its operation `op` at place `n`.

    `files` are hashes of originals that it holds, verified, since its last receipt. Whose receipt
    it is follows from the chain that it stands in, never from who is named as typing.
    """

    log: str = ""
    n: int = 0
    op: str = ""
    files: tuple[str, ...] = ()


@noun
class Review(Entity):
    """What a reviewer decided on a visit, or on one `finding` of it, as `seal` fixed it."""

    visit: str = ""
    finding: str | None = None
    seal: str = ""
    decision: ReviewDecision = ReviewDecision.APPROVED
    reason: str = ""
    reviewer: str = ""
    assignee: str | None = None


@noun
class Setting(Entity):
    """What the office states for everybody, by its name; see `operations.office_settings`."""

    name: str = ""
    value: str = ""


@noun
class Link(Entity):
    """Two things of one noun that were entered apart and are the same; neither is rewritten."""

    noun: str = ""
    one: str = ""
    other: str = ""
    reason: str = ""
