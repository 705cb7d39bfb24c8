"""The chain that this workspace writes: where it stands, and whether it may go on."""

from __future__ import annotations

import logging
from importlib import import_module
from typing import TYPE_CHECKING

from inspector.base.errors import MingchaError
from inspector.ledger.chain import Head
from inspector.ledger.operation import InvalidOperation, base32, body_hash, seal
from inspector.storage.identity import ORGANISATION, Identity, begin_chain, local

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inspector.base.ids import Entropy
    from inspector.base.paths import Workspace
    from inspector.ledger.operation import Change, Header, Operation
    from inspector.storage.connection import Database
    from inspector.storage.log import OperationLog

logger = logging.getLogger(__name__)

#: Needed by those who exchange anything only.
_KEYRING = "inspector.storage.keyring"


class OwnChain:
    """The head of the chain written here, and the highest Lamport counter known."""

    def __init__(
        self, db: Database, log: OperationLog, workspace: Workspace, name: str, entropy: Entropy
    ) -> None:
        self._db = db
        self._workspace = workspace
        self._entropy = entropy
        self._identity = Identity(db, workspace)
        self.head = log.head(name)
        self.counter = log.highest_counter()

    @property
    def name(self) -> str:
        """The name of the chain, as operations bear it."""
        return self.head.log

    def extend(
        self, header: Header, lines: Sequence[bytes], changes: Sequence[Change]
    ) -> Operation:
        """Return the next operation of the chain, of lines that `change_line` made of `changes`.

        The place of `header` in the chain is filled in here.

        Raises MingchaError `entry_too_large`.
        """
        head = self.head
        placed = header.at(head.log, head.n + 1, head.id, self.counter + 1, body_hash(lines))
        try:
            operation = seal(placed, lines, changes)
        except InvalidOperation as error:
            if error.code != "too_large":
                raise
            raise MingchaError("entry_too_large", detail=str(error)) from error
        self.counter = placed.lc
        self.head = Head(placed.log, placed.n, operation.id, placed.lc)
        return operation

    # All of what follows stands inside of the caller's transaction, except `settle`.

    def begin(self, *, told: bool = True) -> None:
        """Go on with a new chain.

        told: say so at the next opening, because the old one goes on elsewhere.
        """
        name = base32(self._entropy(16))
        begin_chain(self._db, name, told=told)
        if local(self._db, ORGANISATION):
            import_module(_KEYRING).make_key(self._workspace, name, self._entropy)
        self.head = Head(name)

    def in_doubt(self) -> bool:
        """Tell whether a copy of this workspace may be writing the chain."""
        reason = self._identity.doubt(self.name)
        if reason:
            logger.info("another chain is begun: %s", reason)
        return bool(reason)

    def before_writing(self) -> None:
        """Renew, once in a session, what tells copies apart (`storage.identity`).

        Two copies may have been opened before either wrote.
        """
        if not self._identity.is_due(self.name):
            return
        if self.in_doubt():
            self.begin()
        else:
            self.claim()

    def claim(self) -> None:
        """Keep from now on what tells whether this workspace was copied."""
        self._identity.claim(self.name, self._entropy)

    def settle(self) -> None:
        """What was claimed is durable."""
        self._identity.settle()

    def back_to(self, head: Head) -> None:
        """Take nothing for written that a failed transaction did not keep."""
        self.head = head
        self._identity.forget()
