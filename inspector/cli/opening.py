"""Opening the workspace of a command. Apart from `context`, so that help needs no database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.operations.workspaces import create_workspace, open_workspace

if TYPE_CHECKING:
    from inspector.cli.context import Context
    from inspector.operations.session import Session


def opened(context: Context, *, altered: bool = False) -> Session:
    """Open the workspace, also with `altered` tables if so asked. Raises MingchaError."""
    return open_workspace(context.root, context.clock, context.entropy, altered=altered)


def created(context: Context) -> Session:
    """Make the workspace and open it. Raises MingchaError."""
    return create_workspace(context.root, context.clock, context.entropy)
