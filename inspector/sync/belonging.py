"""Which organisation a workspace belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.base.errors import MingchaError
from inspector.ledger import statements
from inspector.ledger.roster import Roster
from inspector.storage import exchange

if TYPE_CHECKING:
    from inspector.storage.store import Store

#: The local setting that names the organisation of a workspace.
ORGANISATION = "organisation"


def roster_of(store: Store) -> Roster:
    """Return the organisation of a workspace as its statements have it.

    Raises MingchaError `no_organisation` if it belongs to none.
    """
    org = store.local(ORGANISATION)
    if not org:
        raise MingchaError("no_organisation")
    return Roster.of(org, map(statements.parse, exchange.statements(store.db)))
