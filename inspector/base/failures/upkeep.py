"""Failures and notices of checking, backing up and tidying, raised by the room `operations`."""

from __future__ import annotations

from inspector.base.failures.spec import ErrorSpec
from inspector.base.i18n import N_

ENTRIES: dict[str, ErrorSpec] = {
    "record_unsound": ErrorSpec(
        "environment",
        N_(
            "The tables do not agree with the record in {count} places (first: {first}). "
            "The record itself was not changed. Check the record, then rebuild the tables."
        ),
    ),
    "outside_head_unreadable": ErrorSpec(
        "user",
        N_(
            "“{text}” is neither a backup nor a hash of 64 hexadecimal digits. Nothing was "
            "compared. Copy the hash from the dossier, or name the backup file."
        ),
    ),
    "automatic_backup_no_room": ErrorSpec(
        "environment",
        N_(
            "The disk has no room for the automatic backup, so none was made. Everything saved is "
            "safe in the workspace. Free some space; it is made at the next start."
        ),
    ),
    "automatic_backup_failed": ErrorSpec(
        "environment",
        N_(
            "The automatic backup was not made ({reason}). Everything saved is safe in the "
            "workspace. Check the folder “backups” in it and the disk; it is tried again at the "
            "next start."
        ),
    ),
    "erased_file_stuck": ErrorSpec(
        "environment",
        N_(
            "A file that was erased from the record could not be removed from the disk yet. "
            "Everything else is as it should be. It is tried again at the next start; a check of "
            "the record names the file."
        ),
        command="check",
    ),
}
