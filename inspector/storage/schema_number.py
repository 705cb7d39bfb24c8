"""The number of today's schema. It stands apart from the steps: reading it must load none."""

from __future__ import annotations

#: Kept in `PRAGMA user_version`: one per step in `storage.migrations`.
SCHEMA_VERSION = 6
