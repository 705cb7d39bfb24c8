"""Opening the workspace of a command. Apart from `context`, so that help needs no database."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from inspector.operations.doubts import doubts
from inspector.operations.workspaces import create_workspace, open_workspace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from inspector.cli.context import Context
    from inspector.domain.changes import Changes
    from inspector.operations.session import Session


@contextmanager
def opened(context: Context, *, altered: bool = False) -> Iterator[Session]:
    """Open the workspace, also with `altered` tables if so asked; warn at the end.

    Warned of are its notices and what is doubtful in what was recorded. Raises MingchaError.
    """
    session = open_workspace(context.root, context.clock, context.entropy, altered=altered)
    with session:
        done: list[Changes] = []
        session.store.listener = done.append
        try:
            yield session
            context.warnings.extend(doubts(session, done))
        finally:
            context.warnings.extend(session.notices)


def created(context: Context) -> Session:
    """Make the workspace and open it. Raises MingchaError."""
    return create_workspace(context.root, context.clock, context.entropy)
