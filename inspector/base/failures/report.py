"""Failures that the room `report` raises."""

from __future__ import annotations

from inspector.base.failures.spec import ErrorSpec
from inspector.base.i18n import N_

ENTRIES: dict[str, ErrorSpec] = {
    "no_chinese_font": ErrorSpec(
        "environment",
        N_(
            "No font on this machine can set Chinese, so no paper was made; the records are "
            "untouched. Install one with TrueType outlines (Debian: fonts-arphic-gbsn00lp and "
            "fonts-wqy-microhei; Windows: the Chinese supplemental fonts) and try again."
        ),
    ),
}
