"""Expected failures: a code, whose job it is to mend it, and the sentences a person reads.

Every message says what happened, what is safe and what to do. Codes never change their meaning,
scripts rely on them. Add an entry here before raising a new code; unknown codes are our bug.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from inspector.base.i18n import N_, Translator

Kind = Literal["user", "environment", "bug"]


@dataclass(frozen=True, slots=True)
class ErrorSpec:
    """Whose job it is (`kind`) and what is said (`message`, an English message id)."""

    kind: Kind
    message: str


class MingchaError(Exception):
    """An expected failure named by a catalogued code; `fields` fill its message."""

    def __init__(self, code: str, /, **fields: object) -> None:
        self.code = code
        self.fields = fields
        self.spec = CATALOGUE[code]
        super().__init__(f"{code}: {self.spec.message.format_map(_Known(fields))}")

    def text(self, tr: Translator) -> str:
        """Return the message in the user's language."""
        return tr(self.spec.message, **self.fields)


class _Known(dict[str, object]):
    """Leaves a field that was not given visible instead of raising a second error."""

    def __missing__(self, key: str) -> str:
        return "{" + key + "}"


# Each section belongs to the room that raises its codes.
CATALOGUE: dict[str, ErrorSpec] = {
    # -- values people enter (domain) ------------------------------------------------------
    "text_too_long": ErrorSpec(
        "user",
        N_(
            "{field} has {length} characters; at most {limit} can be kept. Nothing was saved. "
            "Shorten it or split it into two entries."
        ),
    ),
    "time_unreadable": ErrorSpec(
        "user",
        N_(
            "“{text}” is not a time that can be read without guessing. Nothing was saved. Type it "
            "like 10:38, 1038, 10:38-10:52 or 2026-11-20 10:38."
        ),
    ),
    "time_backwards": ErrorSpec(
        "user",
        N_(
            "“{text}” ends before it begins. Nothing was saved. Write the earlier time first; if "
            "it passes midnight, name the day of both times."
        ),
    ),
    "hours_invalid": ErrorSpec(
        "user",
        N_(
            "The opening hours cannot be used: {where} holds “{value}”. The hours recorded before "
            "still hold. Correct this entry."
        ),
    ),
    "hours_overlap": ErrorSpec(
        "user",
        N_(
            "The opening hours contradict themselves: entries of {where} overlap. The hours "
            "recorded before still hold. Correct one of them."
        ),
    ),
    "hours_unreadable": ErrorSpec(
        "user",
        N_(
            "The opening hours cannot be read at “{text}”. The hours recorded before still hold. "
            "Type them like: Mon-Fri 9:00-12:00 13:30-17:00; Sat 9:00-12:00."
        ),
    ),
    "hours_without_days": ErrorSpec(
        "user",
        N_(
            "“{text}” does not say on which days. The hours recorded before still hold. Name the "
            "weekdays, for example Mon-Fri."
        ),
    ),
    "phase_order": ErrorSpec(
        "user",
        N_(
            "The visit cannot enter this phase at {at}: another change of phase stands at "
            "{other_at}, and phases only go forward. Nothing was saved. Check the time, or void "
            "the entry that is wrong."
        ),
    ),
    "phase_not_entered": ErrorSpec(
        "user",
        N_(
            "A visit does not enter this phase by an entry of its own. Nothing was saved. Choose "
            "covert, overt or feedback; sealing has a command of its own."
        ),
    ),
    "visit_sealed": ErrorSpec(
        "user",
        N_(
            "This visit is sealed and stays as it is. Nothing was changed. Corrections go into a "
            "supplement that is linked to it."
        ),
    ),
    "round_not_found": ErrorSpec(
        "user",
        N_("The visit has no such round of the windows. Nothing was changed. Begin a round first."),
    ),
    "wait_order": ErrorSpec(
        "user",
        N_(
            "The times of this wait do not follow each other: {second} comes after {first} in the "
            "order joined, called, ended. Nothing was saved. Correct the time that is wrong."
        ),
    ),
    "wait_outcome": ErrorSpec(
        "user",
        N_(
            "The times of this wait do not agree with how it is said to have ended. Nothing was "
            "saved. Somebody who is still waiting or gave up was not called; who was served was "
            "called or has an end."
        ),
    ),
    "wait_promise": ErrorSpec(
        "user",
        N_(
            "A promised limit of {minutes} minutes cannot be. Nothing was saved. Give whole "
            "minutes, 0 or more."
        ),
    ),
    "rule_unreadable": ErrorSpec(
        "user",
        N_(
            "The pass rule “{rule}” cannot be read for an item of the type {type}. Nothing was "
            "changed. Write it like value <= 15, yes, no, n = d, rate >= 99% or record."
        ),
    ),
    "word_unknown": ErrorSpec(
        "user",
        N_(
            "“{text}” is not a word that is understood here. Nothing was saved. Use one of: "
            "{known}."
        ),
    ),
    "answer_not_conformity": ErrorSpec(
        "user",
        N_(
            "“{text}” does not answer item {item}. Nothing was saved. Type conforms, does not "
            "conform, not applicable or not seen."
        ),
    ),
    "answer_not_whole": ErrorSpec(
        "user",
        N_(
            "Item {item} asks for a whole number, not “{text}”. Nothing was saved. Type a "
            "number like 3, or not applicable, or not seen."
        ),
    ),
    "answer_not_decimal": ErrorSpec(
        "user",
        N_(
            "Item {item} asks for a number, not “{text}”. Nothing was saved. Type a number like"
            " 2.5, or not applicable, or not seen."
        ),
    ),
    "answer_empty": ErrorSpec(
        "user",
        N_(
            "Item {item} was given no text. Nothing was saved. Type a text, or not applicable, "
            "or not seen."
        ),
    ),
    "answer_not_date": ErrorSpec(
        "user",
        N_(
            "Item {item} asks for a date, not “{text}”. Nothing was saved. Type it like "
            "2026-03-01, or not applicable, or not seen."
        ),
    ),
    "answer_not_time": ErrorSpec(
        "user",
        N_(
            "Item {item} asks for a time of day, not “{text}”. Nothing was saved. Type it like "
            "09:05, or not applicable, or not seen."
        ),
    ),
    "answer_not_choice": ErrorSpec(
        "user",
        N_(
            "“{text}” is no choice of item {item}. Nothing was saved. Choose one of: {choices};"
            " or not applicable, or not seen."
        ),
    ),
    "answer_not_pair": ErrorSpec(
        "user",
        N_(
            "Item {item} asks for two quantities, not “{text}”. Nothing was saved. Type them "
            "like 33/36, or not applicable, or not seen."
        ),
    ),
    "answer_not_date_pair": ErrorSpec(
        "user",
        N_(
            "Item {item} asks for two dates, not “{text}”. Nothing was saved. Type them like "
            "2026-03-01, 2026-03-05; for one that has not come, type not done."
        ),
    ),
    "answer_out_of_range": ErrorSpec(
        "user",
        N_(
            "{text} is more than item {item} can hold ({highest}). Nothing was saved. Check the"
            " number."
        ),
    ),
    "answer_part_of_whole": ErrorSpec(
        "user",
        N_(
            "In item {item} the part ({part}) is larger than the whole ({whole}). Nothing was "
            "saved. The order is part/whole."
        ),
    ),
    "answer_zero_whole": ErrorSpec(
        "user",
        N_(
            "In item {item} the whole is zero, so nothing can be judged. Nothing was saved. "
            "Answer not applicable instead."
        ),
    ),
    "severity_unknown": ErrorSpec(
        "user",
        N_(
            "{severity} is no severity. Nothing was saved. Choose 1 (slight), 2 (moderate), 3 "
            "(serious) or 4 (grave)."
        ),
    ),
    "situation_unknown": ErrorSpec(
        "user",
        N_(
            "No catalogue holds the situation {situation}. Nothing was saved. Choose a code "
            "from the list, or import the office's own list first."
        ),
    ),
    "outcome_without_reason": ErrorSpec(
        "user",
        N_(
            "This outcome needs a reason. Nothing was changed. Write in one sentence why the "
            "finding is seen so."
        ),
    ),
    "confirmation_same_person": ErrorSpec(
        "user",
        N_(
            "Who observed a finding cannot confirm it as the second inspector. Nothing was "
            "saved. Ask another member of the visit."
        ),
    ),
    "confirmation_not_member": ErrorSpec(
        "user",
        N_(
            "Only a member of the visit can confirm its findings. Nothing was saved. Add this "
            "person to the visit first, or ask a member."
        ),
    ),
    "confirmation_without_paper": ErrorSpec(
        "user",
        N_(
            "A confirmation signed on paper needs a photograph of the signature. Nothing was "
            "saved. Add the photograph and name it here."
        ),
    ),
    "description_without_observer": ErrorSpec(
        "user",
        N_(
            "The description of a person does not say who saw this person. Nothing was saved. "
            "Name the inspector."
        ),
    ),
    "identity_without_source": ErrorSpec(
        "user",
        N_(
            "An identity needs who confirmed it and from what: a credential, the person's own "
            "statement, the duty manager or the roster. Nothing was saved. A name posted at the"
            " window is not enough."
        ),
    ),
    "catalogue_column_missing": ErrorSpec(
        "user",
        N_(
            "The list has no column {column}, or no rows. Nothing was imported. It needs at "
            "least the columns {columns}."
        ),
    ),
    "catalogue_value_missing": ErrorSpec(
        "user",
        N_(
            "Row {row} is empty in the column {column}. Nothing was imported. Fill in the cell "
            "and import the list again."
        ),
    ),
    "catalogue_value_unknown": ErrorSpec(
        "user",
        N_(
            "Row {row}, column {column}: “{value}” is not allowed there. Nothing was imported. "
            "Compare with the list that ships with the program, correct the cell and import "
            "again."
        ),
    ),
    "catalogue_code_twice": ErrorSpec(
        "user",
        N_(
            "Row {row}: “{value}” in the column {column} occurs twice. Nothing was imported. "
            "Give one of the two rows another code."
        ),
    ),
    "catalogue_rule_unreadable": ErrorSpec(
        "user",
        N_(
            "Row {row}: the pass rule “{value}” cannot be read. Nothing was imported. Write it "
            "like value <= 15, yes, no, n = d, rate >= 99% or record."
        ),
    ),
    "import_no_columns": ErrorSpec(
        "user",
        N_(
            "No column names a hall or a unit; the header is “{header}”. Nothing of this sheet "
            "was used. Name the columns, for example 大厅编码 or hall_code."
        ),
    ),
    "import_code_missing": ErrorSpec(
        "user",
        N_("The row names no hall by its code. The row was not used. Fill in the code."),
    ),
    "import_twice": ErrorSpec(
        "user",
        N_(
            "The same window already stands in row {first}. The row was not used. Remove one of"
            " the two, or correct the number."
        ),
    ),
    "import_contradiction": ErrorSpec(
        "user",
        N_(
            "The cell says something else than row {first} says of the same place. The first "
            "one was kept for now. Make both agree."
        ),
    ),
    "import_reference": ErrorSpec(
        "user",
        N_(
            "“{key}” is not known: it stands neither in the table nor among what is recorded. "
            "Correct it, or add a row for it."
        ),
    ),
    "import_circle": ErrorSpec(
        "user",
        N_("The unit “{key}” would stand below itself. Correct the column of superior units."),
    ),
    "import_name_missing": ErrorSpec(
        "user",
        N_("“{key}” is new and has no name. Fill in the name."),
    ),
    # -- ledger ----------------------------------------------------------------------------
    # -- storage ---------------------------------------------------------------------------
    "workspace_missing": ErrorSpec(
        "user",
        N_(
            "There is no workspace in {path}. Nothing was changed. Make one with "
            "“inspector init”, or name another folder with --workspace."
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
            "The database of this workspace cannot be read ({detail}). Photographs and backups are "
            "untouched. Run “inspector restore” to take the newest backup; it adds what can still "
            "be read from the damaged file."
        ),
    ),
    "workspace_on_network": ErrorSpec(
        "user",
        N_(
            "{path} lies on a network drive, where a database can be damaged. Nothing was "
            "changed. Choose a folder on this computer's own disk."
        ),
    ),
    "workspace_on_removable": ErrorSpec(
        "user",
        N_(
            "{path} lies on a removable drive that can be pulled out while writing. Nothing was "
            "changed. Choose a folder on this computer's own disk."
        ),
    ),
    "workspace_in_cloud_folder": ErrorSpec(
        "user",
        N_(
            "{folder} is synchronised by another program, which can damage a database that is in "
            "use. Nothing was changed. Choose a folder outside it."
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
    "backup_exists": ErrorSpec(
        "user",
        N_(
            "{path} already exists. It was not touched, and no backup was made. Choose another "
            "name."
        ),
    ),
    # -- media -----------------------------------------------------------------------------
    "blob_write_failed": ErrorSpec(
        "environment",
        N_(
            "The file could not be written into the workspace ({reason}). What was stored before "
            "is safe. Check that the disk is writable and sound, then add the file again."
        ),
    ),
    "blob_missing": ErrorSpec(
        "environment",
        N_(
            "The stored file {sha256} is not in the workspace. The record that names it is safe. "
            "Add the same file again, or take it from a backup."
        ),
    ),
    "blob_damaged": ErrorSpec(
        "environment",
        N_(
            "The stored file {sha256} no longer has the content it was recorded with. The record "
            "is safe. Add the same file again, or take it from a backup; check the disk."
        ),
    ),
    "file_missing": ErrorSpec(
        "user",
        N_(
            "{name} was not found. Nothing of it was stored, other files are not affected. Check "
            "the name, or connect the device that holds it."
        ),
    ),
    "file_empty": ErrorSpec(
        "user",
        N_(
            "{name} is empty (0 bytes), so it was not stored. Copy it again from the camera or "
            "phone."
        ),
    ),
    "file_not_regular": ErrorSpec(
        "user", N_("{name} is no ordinary file, so it was not stored. Choose a file or a folder.")
    ),
    "file_changed": ErrorSpec(
        "user",
        N_(
            "{name} changed while it was being read, so it was not stored. Wait until it has been "
            "copied completely, then add it again."
        ),
    ),
    "file_unreadable": ErrorSpec(
        "environment",
        N_(
            "{name} could not be read ({reason}), so it was not stored. Other files are not "
            "affected. Check the device that holds it, then add it again."
        ),
    ),
    "photo_damaged": ErrorSpec(
        "user",
        N_(
            "The picture is damaged and can be shown only in part or not at all. The file is kept "
            "exactly as it is. If the camera still has it, add it again from there."
        ),
    ),
    "photo_too_large": ErrorSpec(
        "user",
        N_(
            "The picture is too large to be shown. The file is kept exactly as it is. Add a "
            "smaller copy as well if it must appear on paper."
        ),
    ),
    "photo_no_decoder": ErrorSpec(
        "environment",
        N_(
            "This program has no decoder for this kind of picture, so it cannot be shown. The "
            "file is kept exactly as it is. Add a JPEG copy as well if it must appear on paper."
        ),
    ),
    "photo_not_decoded": ErrorSpec(
        "environment",
        N_(
            "Showing the picture was given up because it took too long or stopped the decoder. "
            "The file is kept exactly as it is. Add a JPEG copy as well if it must appear on "
            "paper."
        ),
    ),
    # -- report ----------------------------------------------------------------------------
    "no_chinese_font": ErrorSpec(
        "environment",
        N_(
            "No font on this machine can set Chinese, so no paper was made; the records are "
            "untouched. Install one with TrueType outlines (Debian: fonts-arphic-gbsn00lp and "
            "fonts-wqy-microhei; Windows: the Chinese supplemental fonts) and try again."
        ),
    ),
    # -- operations ------------------------------------------------------------------------
    "time_missing": ErrorSpec(
        "user",
        N_(
            "A time is needed here. Nothing was saved. Say when it was seen, with --at or "
            "--from and --to."
        ),
    ),
    "clue_number_missing": ErrorSpec(
        "user",
        N_(
            "A directed trip follows a clue. Nothing was saved. Give the number of the "
            "clue; its content stays out of this program."
        ),
    ),
    "members_missing": ErrorSpec(
        "user",
        N_("A visit needs at least one inspector. Nothing was saved. Name the members."),
    ),
    "rules_not_accepted": ErrorSpec(
        "user",
        N_(
            "{name} has not yet accepted the rules of the covert part. Nothing was saved. "
            "Show the rules and record the acceptance first."
        ),
    ),
    "reveal_incomplete": ErrorSpec(
        "user",
        N_(
            "Showing identity is recorded with to whom and with which document. Nothing was "
            "saved. Add both."
        ),
    ),
    "visit_incomplete": ErrorSpec(
        "user",
        N_(
            "The visit lacks something that a sealed record must have ({missing}). Nothing "
            "was sealed. “inspector visit missing” lists it in words."
        ),
    ),
    "evidence_damaged": ErrorSpec(
        "environment",
        N_(
            "{name} is missing or no longer what was stored. Nothing was sealed. Run "
            "“inspector check”, and take the file in again from its source."
        ),
    ),
    "record_unsound": ErrorSpec(
        "environment",
        N_(
            "The tables do not agree with the record in {count} places (first: {first}). "
            "The record itself was not changed. Run “inspector check”, then “inspector "
            "rebuild”."
        ),
    ),
    "visit_not_sealed": ErrorSpec(
        "user",
        N_(
            "Only a sealed visit gets a supplement. Nothing was changed. While it is open, "
            "correct it directly."
        ),
    ),
    "supplement_open": ErrorSpec(
        "user",
        N_(
            "An earlier supplement to this visit is not sealed yet. Nothing was changed. "
            "Continue that one."
        ),
    ),
    "seal_damaged": ErrorSpec(
        "environment",
        N_(
            "The sealed record cannot be read ({detail}). Nothing was changed. Run "
            "“inspector check”, and take the file back from a backup."
        ),
    ),
    "catalogue_version_taken": ErrorSpec(
        "user",
        N_(
            "{name} already exists with other rows. Nothing was imported. Give the new list "
            "a new version."
        ),
    ),
    "evidence_not_found": ErrorSpec(
        "user",
        N_(
            "The visit has no file “{name}”. Nothing was changed. “inspector photo list” "
            "shows what there is."
        ),
    ),
    "camera_time_missing": ErrorSpec(
        "user",
        N_(
            "{name} states no time of its own, so no clock can be checked with it. Nothing "
            "was saved. Photograph the clock card with the camera and take in the original "
            "file."
        ),
    ),
    "reason_missing": ErrorSpec(
        "user",
        N_("This needs a reason. Nothing was changed. Say why; the reason stays in the record."),
    ),
    "second_person_missing": ErrorSpec(
        "user",
        N_(
            "Erasing needs a second person besides the one who is typing. Nothing was "
            "erased. Name who agreed."
        ),
    ),
    "nothing_to_undo": ErrorSpec(
        "user",
        N_("There is nothing to take back on this device."),
    ),
    "undo_overtaken": ErrorSpec(
        "user",
        N_(
            "Something was changed again since, so the last action cannot be taken back as "
            "a whole. Nothing was changed. Correct the value directly."
        ),
    ),
    "item_not_found": ErrorSpec(
        "user",
        N_(
            "The checklist of this visit has no item {code}. Nothing was saved. “inspector "
            "catalogue show” lists the items."
        ),
    ),
    "interval_missing": ErrorSpec(
        "user",
        N_(
            "Continuous watching needs a beginning and an end. Nothing was saved. Give "
            "--from and --to, or record single looks."
        ),
    ),
    "head_count_impossible": ErrorSpec(
        "user",
        N_(
            "{staffed} of {total} windows cannot be staffed. Nothing was saved. Check the "
            "two numbers."
        ),
    ),
    "text_missing": ErrorSpec(
        "user",
        N_("The text is empty. Nothing was saved. Write what was seen."),
    ),
    "visit_not_found": ErrorSpec(
        "user",
        N_(
            "There is no visit “{name}”. Nothing was changed. “inspector visit list” shows "
            "what there is."
        ),
    ),
    "visit_ambiguous": ErrorSpec(
        "user",
        N_(
            "More than one visit has the number “{name}”. Nothing was changed. Use the "
            "number with its device prefix, or the id."
        ),
    ),
    "visit_void": ErrorSpec(
        "user",
        N_("This visit was withdrawn. Nothing was saved. Record it in another visit."),
    ),
    "observer_missing": ErrorSpec(
        "user",
        N_(
            "It is not said who saw this. Nothing was saved. Name the observer with "
            "--seen-by, or say who you are with “inspector member use”."
        ),
    ),
    "observer_not_member": ErrorSpec(
        "user",
        N_(
            "{name} does not take part in this visit. Nothing was saved. Choose a member, "
            "or let the person join first."
        ),
    ),
    "not_found": ErrorSpec(
        "user",
        N_("There is no {kind} “{name}”. Nothing was changed. Check the name."),
    ),
    "window_not_found": ErrorSpec(
        "user",
        N_(
            "The place has no window “{number}”. Nothing was saved. “inspector hall show” "
            "lists the windows."
        ),
    ),
    "finding_not_found": ErrorSpec(
        "user",
        N_(
            "The visit has no finding “{name}”. Nothing was changed. “inspector finding "
            "list” shows what there is."
        ),
    ),
    "import_has_problems": ErrorSpec(
        "user",
        N_(
            "{count} rows cannot be read. Nothing was imported. Mend them in the file, then "
            "import it again."
        ),
    ),
    "outside_head_unreadable": ErrorSpec(
        "user",
        N_(
            "“{text}” is neither a backup nor a hash of 64 hexadecimal digits. Nothing was "
            "compared. Copy the hash from the dossier, or name the backup file."
        ),
    ),
    "findings_missing": ErrorSpec(
        "user",
        N_(
            "Feedback is about at least one finding. Nothing was saved. Choose what was "
            "told to the unit."
        ),
    ),
    "name_missing": ErrorSpec(
        "user",
        N_("The name is empty. Nothing was saved. Give a name."),
    ),
    "hall_code_taken": ErrorSpec(
        "user",
        N_(
            "There is already a place with the code {code}. Nothing was saved. Choose "
            "another code, or change that place."
        ),
    ),
    "hall_not_found": ErrorSpec(
        "user",
        N_(
            "There is no place “{name}”, or several have that name. Nothing was changed. "
            "“inspector hall list” shows codes and ids."
        ),
    ),
    "person_not_found": ErrorSpec(
        "user",
        N_(
            "There is no member “{name}”. Nothing was changed. “inspector member list” "
            "shows who there is."
        ),
    ),
    "person_ambiguous": ErrorSpec(
        "user",
        N_(
            "Several members are called {name}. Nothing was changed. Use the id from "
            "“inspector member list”."
        ),
    ),
    "export_failed": ErrorSpec(
        "environment",
        N_(
            "{path} could not be written ({detail}). The record is safe. Close the file if "
            "it is open elsewhere, or choose another folder."
        ),
    ),
    "bench_not_installed": ErrorSpec(
        "user",
        N_(
            "The benchmarks come with the source code only. Nothing was measured. Run them "
            "in a copy of the source."
        ),
    ),
    "table_too_large": ErrorSpec(
        "user",
        N_(
            "The file is larger than can be read safely ({limit_mb} MB). Nothing was imported. "
            "Split it into several files."
        ),
    ),
    "table_too_many_rows": ErrorSpec(
        "user",
        N_(
            "The table has more than {limit} rows. Nothing was imported. Split it, and delete "
            "empty rows at its end."
        ),
    ),
    "table_too_many_columns": ErrorSpec(
        "user",
        N_(
            "The table has more than {limit} columns. Nothing was imported. Keep the columns "
            "that are needed and delete the others."
        ),
    ),
    "table_legacy": ErrorSpec(
        "user",
        N_(
            "This is a workbook of the old kind (.xls), which is not read. Nothing was "
            "imported. Save it as .xlsx or .csv."
        ),
    ),
    "table_encoding": ErrorSpec(
        "user",
        N_(
            "The characters of this file cannot be read. Nothing was imported. Save it as "
            ".xlsx, or as CSV in UTF-8."
        ),
    ),
    "table_unreadable": ErrorSpec(
        "user",
        N_(
            "This file is not a table that can be read; it may be damaged. Nothing was "
            "imported. Open it in a spreadsheet program and save it again as .xlsx or .csv."
        ),
    ),
    "table_empty": ErrorSpec(
        "user",
        N_("The file has no rows. Nothing was imported. Check whether it is the right file."),
    ),
    "catalogue_not_found": ErrorSpec(
        "user",
        N_(
            "There is no catalogue “{name}”. Nothing was changed. List the catalogues to see "
            "their names."
        ),
    ),
    "catalogue_damaged": ErrorSpec(
        "environment",
        N_(
            "The shipped file {file} is not the one that was released. Your records are not "
            "affected. Install the program again."
        ),
    ),
}
