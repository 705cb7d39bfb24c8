"""Ids of natural keys where things were recorded before their laptop joined an organisation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.base.ids import derived_id
from inspector.domain.schema import KINDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inspector.storage.connection import Database


def known_id(db: Database, spaces: Sequence[str], kind: str, key: Sequence[str]) -> str:
    """Return the id of the thing with this natural key.

    spaces: the present one, then all in which it may have been recorded before. If it is there
    under several ids, the one of the first of these spaces is meant; if not at all, it gets that
    of the present one.
    """
    ids = [derived_id(space, kind, *key) for space in spaces]
    if kind not in KINDS:
        return ids[0]
    marks = ", ".join("?" * len(ids))
    known = {row[0] for row in db.execute(f'SELECT id FROM "{kind}" WHERE id IN ({marks})', ids)}
    return next((each for each in ids if each in known), ids[0])
