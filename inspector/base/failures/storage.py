"""Failures that the room `storage` raises."""

from __future__ import annotations

from inspector.base.failures.spec import ErrorSpec
from inspector.base.i18n import N_

ENTRIES: dict[str, ErrorSpec] = {
    "workspace_missing": ErrorSpec(
        "user",
        N_(
            "There is no workspace in {path}. Nothing was changed. Make a new one there, or "
            "choose another folder."
        ),
        command="init",
    ),
    "workspace_gone": ErrorSpec(
        "environment",
        N_(
            "The folder {path} is no longer there: it was moved, renamed or deleted, or its disk "
            "was taken away. This was not saved; what was saved before lies where the folder is "
            "now. Put it back, then try again."
        ),
    ),
    "workspace_exists": ErrorSpec(
        "user",
        N_(
            "{path} already holds a workspace. It was not touched. Open it, or choose an empty "
            "folder."
        ),
    ),
    "workspace_in_use": ErrorSpec(
        "environment",
        N_(
            "Another Mingcha program has this workspace open. Nothing was changed. Close the other "
            "one, then try again."
        ),
    ),
    "workspace_not_writable": ErrorSpec(
        "environment",
        N_(
            "{path} cannot be written ({detail}). Nothing was changed. Allow writing there, or "
            "choose a folder in which you may write."
        ),
    ),
    "workspace_newer": ErrorSpec(
        "user",
        N_(
            "This workspace was made by a newer version (schema {found}, this program knows "
            "{known}). It was not touched. Install the newer version."
        ),
    ),
    "workspace_damaged": ErrorSpec(
        "environment",
        N_(
            "The database of this workspace cannot be read ({detail}). Photographs and backups "
            "are untouched. Restore the newest backup; what can still be read of the damaged file"
            " is added to it."
        ),
        command="restore",
    ),
    "tables_altered": ErrorSpec(
        "environment",
        N_(
            "Another program has removed or changed tables of this workspace ({tables}). The "
            "record they are made from is still there. Rebuild the tables, which makes them anew;"
            " nothing that was entered is lost."
        ),
        command="rebuild",
    ),
    "workspace_on_network": ErrorSpec(
        "user",
        N_(
            "{path} lies on a network drive, where a database can be damaged. Nothing was "
            "changed. Choose a folder on this computer's own disk; a workspace that is there "
            "already has to be moved first."
        ),
    ),
    "workspace_on_removable": ErrorSpec(
        "user",
        N_(
            "{path} lies on a removable drive that can be pulled out while writing. Nothing was "
            "changed. Choose a folder on this computer's own disk; a workspace that is there "
            "already has to be moved first."
        ),
    ),
    "workspace_in_cloud_folder": ErrorSpec(
        "user",
        N_(
            "{folder} is synchronised by another program, which can damage a database that is in "
            "use. Nothing was changed. Choose a folder outside it; a workspace that is there "
            "already has to be moved first."
        ),
    ),
    "disk_full": ErrorSpec(
        "environment",
        N_(
            "The disk is full, so this was not saved. Everything saved before is safe. Free some "
            "space, then enter it again."
        ),
    ),
    "disk_error": ErrorSpec(
        "environment",
        N_(
            "The disk refused to read or write ({detail}), so this was not saved. Everything saved "
            "before is safe. Check the disk and its permissions, then try again."
        ),
    ),
    "database_bug": ErrorSpec(
        "bug",
        N_(
            "The database refused something it should not have ({detail}). Everything saved before "
            "is safe. Please report this."
        ),
    ),
    "entry_too_large": ErrorSpec(
        "user",
        N_(
            "This entry is too large to be kept as one ({detail}). Nothing was saved. Shorten it "
            "or split it."
        ),
    ),
    "backup_unusable": ErrorSpec(
        "user",
        N_(
            "{path} is not a usable backup ({detail}). The workspace was not touched. Choose "
            "another backup."
        ),
    ),
    "backup_missing": ErrorSpec(
        "user",
        N_("There is no file {path}. The workspace was not touched. Choose another backup."),
    ),
    "backup_none": ErrorSpec(
        "user",
        N_(
            "There is no automatic backup in {path}. Nothing was touched. Name the file of a "
            "backup that was made elsewhere."
        ),
    ),
    "backup_target_full": ErrorSpec(
        "environment",
        N_(
            "The disk of {path} has no room for the backup, so none was made there. The workspace "
            "is safe. Free some space on it, or choose another disk."
        ),
    ),
    "backup_not_written": ErrorSpec(
        "environment",
        N_(
            "The backup {path} could not be written ({detail}). The workspace is safe. Check that "
            "the disk is connected and may be written to, or choose another place."
        ),
    ),
    "backup_exists": ErrorSpec(
        "user",
        N_(
            "{path} already exists. It was not touched, and no backup was made. Choose another "
            "name."
        ),
    ),
    "backup_of_other_space": ErrorSpec(
        "user",
        N_(
            "{path} is the backup of another office's workspace. Nothing was changed. Restore it "
            "into an empty folder of its own."
        ),
    ),
}
