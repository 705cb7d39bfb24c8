"""All expected failures by their codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.base.failures import (
    depots,
    domain,
    exports,
    files,
    keys,
    media,
    operations,
    organisation,
    report,
    review,
    seeing,
    storage,
    sync,
    tables,
    upkeep,
)

if TYPE_CHECKING:
    from inspector.base.failures.spec import ErrorSpec

CATALOGUE: dict[str, ErrorSpec] = {
    **domain.ENTRIES,
    **storage.ENTRIES,
    **media.ENTRIES,
    **report.ENTRIES,
    **operations.ENTRIES,
    **files.ENTRIES,
    **exports.ENTRIES,
    **keys.ENTRIES,
    **sync.ENTRIES,
    **seeing.ENTRIES,
    **upkeep.ENTRIES,
    **tables.ENTRIES,
    **review.ENTRIES,
    **depots.ENTRIES,
    **organisation.ENTRIES,
}
