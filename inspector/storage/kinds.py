"""What rows of the projection have in common: their columns, and how they are numbered."""

from __future__ import annotations

from inspector.domain.schema import KINDS

#: Columns that every projected table has after its fields.
META = ("_c", "_lc", "_t", "_tz", "_by", "_fc", "_x", "_conflict")

#: Room for kinds in `_seq`, and their fixed numbers: the order of `domain.schema.KINDS` never
#: changes, kinds are only added at its end.
KIND_SLOTS = 64
KIND_NUMBER = {name: number for number, name in enumerate(KINDS)}
KIND_NAME = tuple(KINDS)
