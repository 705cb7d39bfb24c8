"""Failures of writing papers and tables to where a person wants them."""

from __future__ import annotations

from inspector.base.failures.spec import ErrorSpec
from inspector.base.i18n import N_

ENTRIES: dict[str, ErrorSpec] = {
    "export_failed": ErrorSpec(
        "environment",
        N_(
            "{path} could not be written ({detail}). The record is safe. Close the file if "
            "it is open elsewhere, or choose another folder."
        ),
    ),
    "pattern_unreadable": ErrorSpec(
        "user",
        N_(
            "No file name can be made from “{pattern}”. Nothing was exported. In braces, use only "
            "the fields number, code, hall, day, edition and lang."
        ),
    ),
    "export_not_recorded": ErrorSpec(
        "environment",
        N_(
            "That {path} left the workspace could not be recorded ({reason}), so the paper was "
            "removed again. The record is safe. Free some space on the disk of the workspace, then "
            "export again."
        ),
    ),
}
