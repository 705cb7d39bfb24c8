"""What a check found, in words."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from inspector.base.i18n import N_
from inspector.operations.originals import Absence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from inspector.base.i18n import Translator
    from inspector.operations.upkeep import CheckReport
    from inspector.storage.problems import Problem

_WORDS: dict[str, str] = {
    "blob_damaged": N_("A file is no longer what was stored. Take it in again from its source."),
    "blob_missing": N_("A file is gone. Take it in again from its source or from a copy."),
    "blob_wrong_size": N_("A file has another size than was stored. Take it in again."),
    "blob_foreign": N_("A file lies among the originals that no entry names. It does no harm."),
    "freed_few_copies": N_(
        "An original that was freed here is not proved any more to be in two other places. Sync, "
        "fetch it again, or read a depot back."
    ),
    "erased_but_present": N_("A file that was erased on purpose is there again."),
    "database_file": N_("The database file is damaged. Restore the newest backup."),
    "record_unreadable": N_("A part of the record cannot be read. Restore the newest backup."),
    "operation_id": N_("An entry was changed after it was made."),
    "operation_twice": N_("An entry stands in the record twice."),
    "operation_row": N_("An entry and its place in the record do not agree."),
    "operation_lost": N_("An entry of the backup is missing here."),
    "outside_head_unknown": N_("What was kept outside is not known here."),
    "row_added": N_("A table holds a row that no entry made. Make the tables anew."),
    "row_changed": N_("A table differs from the record. Make the tables anew."),
    "row_missing": N_("A table lacks a row of the record. Make the tables anew."),
    "search_index": N_("The search does not find everything. Make the tables anew."),
    "table_unreadable": N_("A table cannot be read. Make the tables anew."),
    "seal_differs": N_("A sealed visit differs from its seal."),
    "seal_media": N_("A seal names other files than its visit."),
    "seal_of_other_visit": N_("A seal belongs to another visit."),
    "seal_previous": N_("A seal names another edition before it."),
    "signature_invalid": N_("A signature on a seal does not count. See who signed the visit."),
    "seal_unreadable": N_("A seal cannot be read. Take its file back from a backup."),
}
_OTHER = N_("Something else is wrong ({code}).")


def problem_text(tr: Translator, problem: Problem) -> str:
    """Return what a problem means and, where something can be done, what."""
    words = _WORDS.get(problem.code)
    return tr(words) if words else tr(_OTHER, code=problem.code)


def report_text(tr: Translator, report: CheckReport) -> str:
    """Return the result of a check in one sentence."""
    numbers = {"operations": report.operations, "blobs": report.blobs}
    if report.ok:
        said = tr(
            "{operations} operations and {blobs} files verified, nothing is wrong.", **numbers
        )
    else:
        said = tr(
            "{operations} operations and {blobs} files verified, {count} problems found.",
            **numbers,
            count=len(report.problems),
        )
    return "\n".join([said, *_absent(tr, report)])


def _absent(tr: Translator, report: CheckReport) -> Iterator[str]:
    """Say how many files are not here as it should be."""
    found = Counter(report.absent.values())
    if freed := found[Absence.FREED]:
        yield tr("{count} originals were freed here and lie elsewhere.", count=freed)
    if not_come := found[Absence.NOT_COME]:
        yield tr("{count} files of others have not come yet.", count=not_come)
