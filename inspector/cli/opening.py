"""Opening the workspace of a command. Apart from `context`, so that help needs no database."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from inspector.cli.output import complain
from inspector.operations.workspaces import create_workspace, open_workspace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from inspector.cli.context import Context
    from inspector.operations.session import Session


@contextmanager
def opened(context: Context, *, altered: bool = False) -> Iterator[Session]:
    """Open the workspace, also with `altered` tables if so asked; tell its notices at the end.

    Raises MingchaError.
    """
    session = open_workspace(context.root, context.clock, context.entropy, altered=altered)
    with session:
        try:
            yield session
        finally:
            for notice in session.notices:
                complain(notice, context.tr)


def created(context: Context) -> Session:
    """Make the workspace and open it. Raises MingchaError."""
    return create_workspace(context.root, context.clock, context.entropy)
