"""Taking in everything of another workspace, as a visit to a depot does with each segment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.base.garbage import no_circles
from inspector.ledger.operation import parse
from inspector.operations.workspaces import create_workspace
from inspector.storage.receiving import take
from inspector.sync.segment import MAX_OPERATIONS

if TYPE_CHECKING:
    from pathlib import Path

    from inspector.operations.session import Session


def received(session: Session, target: Path) -> str:
    """Let a new workspace take in everything of another; return its digest."""
    with create_workspace(target) as receiver:
        take_all(session, receiver)
        return receiver.store.digest()


def take_all(session: Session, receiver: Session) -> None:
    """Take in the chain of one workspace in another, run by run."""
    run: list[bytes] = []
    for raw in session.store.log.of_chain(session.store.chain, 0):
        run.append(raw)
        if len(run) == MAX_OPERATIONS:
            _take(receiver, run)
            run = []
    if run:
        _take(receiver, run)


def _take(receiver: Session, raw: list[bytes]) -> None:
    with no_circles(), receiver.store.transaction(large=True):
        take(receiver.store, [parse(each) for each in raw])
