"""What a visit to a depot came to, in words: the same on screen and on the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.base.i18n import N_
from inspector.operations.membership_text import ended_text

if TYPE_CHECKING:
    from pathlib import Path

    from inspector.base.i18n import Translator
    from inspector.operations.receipts import Taken
    from inspector.operations.standing import VisitPlace
    from inspector.operations.syncing import SyncReport
    from inspector.storage.aside import Quarantined
    from inspector.sync.standing import Lacking

#: Why objects are left for another visit.
_LATER = {
    "missing": N_("{count} objects vanished while they were read; the next visit looks again."),
    "no_key": N_("{count} objects cannot be read yet: their key has not come."),
    "before": N_("{count} batches of entries wait for earlier ones that have not come."),
    "newer": N_("{count} objects were made by a newer version of the program."),
    "unreadable": N_("{count} objects could not be read from the medium."),
    "unknown_device": N_("{count} objects are of computers that were not admitted here yet."),
    "too_many_aside": N_(
        "{count} more objects are not what they should be; too many were put aside already."
    ),
    "unproven": N_("{count} batches of a revoked computer wait for its last accepted entry."),
    "signer": N_("{count} statements are of people who may not state them."),
    "head": N_("{count} tables of contents could not be read; everything was listed instead."),
    "no_room": N_("{count} files have no room there; make room, then visit again."),
    "not_written": N_("{count} objects could not be written there; the next visit tries again."),
    "no_room_here": N_(
        "{count} objects have no room on this computer; make room, then visit again."
    ),
    "not_stored_here": N_("{count} files could not be stored on this computer; see its disk."),
    "file_damaged_here": N_("{count} files are damaged on this computer and were not sent."),
    "no_key_to_send": N_(
        "Nothing was sent: the newest key has not reached this computer. What is recorded here "
        "waits; visit a depot that the office has visited since."
    ),
}
_FEW_COPIES = N_(
    "{count} originals that were freed here are not proved any more to be in two other places: "
    "fetch them, or let a depot be read back."
)
_OF_KEYS = frozenset({"no_key", "no_key_to_send"})
_RECEIVED_IN_PART = N_("received by {names}, {count} files still lacking")
#: Why something was put aside.
_ASIDE = {
    "revoked": N_("{count} entries made after their computer was revoked"),
    "revoked_here": N_("{count} entries from after a revocation, taken in before it was known"),
    "signature": N_("not signed by the computer it says it is from"),
    "signer": N_("states what only an administrator may"),
    "name": N_("damaged on the medium"),
    "cipher": N_("altered, or made with another key"),
    "space": N_("belongs to another team or campaign"),
    "role": N_("a snapshot by somebody who may not make any"),
    "chain": N_("its entries do not follow each other"),
    "content": N_("holds values that this version does not write"),
    "root": N_("its contents are not what it says"),
    "too_large": N_("larger than anything may be"),
    "form": N_("not written as this program writes"),
    "picture": N_("holds something else than pictures"),
    "kind": N_("something else than its place says"),
}


def amount_text(size: int) -> str:
    """Return a number of bytes as people read it."""
    for unit, least in (("GB", 1 << 30), ("MB", 1 << 20), ("KB", 1 << 10)):
        if size >= least:
            return f"{size / least:.1f} {unit}"
    return f"{size} B"


def report_lines(report: SyncReport, tr: Translator) -> list[str]:
    """Return what a visit came to, the most important last."""
    done = report.done
    lines = [
        tr(
            "Sent: {operations} entries, {blobs} files ({amount}).",
            operations=done.sent.operations,
            blobs=done.sent.blobs,
            amount=amount_text(done.sent.bytes),
        ),
        tr(
            "Received: {operations} entries, {blobs} files ({amount}).",
            operations=done.received.operations,
            blobs=done.received.blobs,
            amount=amount_text(done.received.bytes),
        ),
        *_thumbs_line(report, tr),
        *_read_back_line(report, tr),
        *_snapshot_lines(report, tr),
        *later_lines(report, tr),
        *(tr("Put aside: {what}.", what=aside_text(row, tr)) for row in done.quarantined),
        *_notes(report, tr),
        *([ended_text(done.ended, tr)] if done.ended else []),
    ]
    lines.append(_safety(report, tr))
    return lines


def _safety(report: SyncReport, tr: Translator) -> str:
    done, place = report.done, report.place
    if done.safe and report.server:  # which nobody pulls out
        return tr("Everything recorded here is on {place}, verified.", place=place)
    if done.safe:
        return tr("Everything recorded here is on {place}, verified. Safe to remove.", place=place)
    if done.read_only:
        return read_only_text(report, tr)
    return tr("Not everything recorded here is on {place} yet.", place=place)


def read_only_text(report: SyncReport, tr: Translator) -> str:
    """Return what it means that a place can only be read, and what is left to do."""
    place = report.place
    if report.done.not_permitted:
        return tr(
            "{place} lets this computer read, but not write. What could be read was taken in; "
            "nothing recorded here could be left there, nor receipts. Have whoever looks after it "
            "give the right to write in that folder, then sync again; or exchange elsewhere, and "
            "save the receipts and send them back.",
            place=place,
        )
    return tr(
        "{place} can only be read. What could be read was taken in; nothing recorded here could be "
        "left there, nor receipts: save those and send them back, so that the others know.",
        place=place,
    )


def handed_lines(report: SyncReport, path: Path, tr: Translator) -> list[str]:
    """Return what was handed over in a file, and who can read it."""
    sent, lacking = report.done.sent, report.lacking
    return [
        tr(
            "Handed over in {path}: {operations} entries, {blobs} files ({amount}).",
            path=path,
            operations=sent.operations,
            blobs=sent.blobs,
            amount=amount_text(sent.bytes),
        ),
        *(
            [
                tr(
                    "{count} files of the visit are not in it: they are not whole here, or had no "
                    "room there. They follow with the next exchange.",
                    count=lacking,
                )
            ]
            if lacking
            else []
        ),
        tr(
            "Whoever finds the file can read nothing of it. Members of the team or campaign take "
            "it in; whether they did, says the receipt they send back."
        ),
    ]


def receipt_text(taken: Taken, tr: Translator) -> str:
    """Return what a receipt that was brought by hand says."""
    return tr(
        "{name} has received {entries} entries recorded here, and {files} files.",
        name=taken.name,
        entries=taken.entries,
        files=taken.files,
    )


def _thumbs_line(report: SyncReport, tr: Translator) -> list[str]:
    sent, received = report.done.sent.thumbs, report.done.received.thumbs
    if not sent and not received:
        return []
    return [tr("Thumbnails: {sent} sent, {received} received.", sent=sent, received=received)]


def _read_back_line(report: SyncReport, tr: Translator) -> list[str]:
    if not report.done.read_back:
        return []
    amount = amount_text(report.done.read_back)
    return [tr("Read back what others say they put there: {amount}.", amount=amount)]


def _snapshot_lines(report: SyncReport, tr: Translator) -> list[str]:
    done, lines = report.done, []
    if done.unpacked:
        lines.append(tr("{count} batches of entries came from a snapshot.", count=done.unpacked))
    if done.packed:
        lines.append(
            tr(
                "The snapshot on {place} holds {count} batches of entries: new computers begin "
                "with it.",
                place=report.place,
                count=done.packed,
            )
        )
    elif report.snapshot:
        lines.append(tr("No snapshot was written on {place}.", place=report.place))
    return lines


def later_lines(report: SyncReport, tr: Translator) -> list[str]:
    """Return what was left for another visit."""
    done = report.done
    # Whose membership ended is told that, not that keys may come.
    waiting = {why: n for why, n in done.waiting.items() if not (done.ended and why in _OF_KEYS)}
    lines = [tr(_LATER[why], count=count) for why, count in sorted(waiting.items())]
    if done.files_left:
        lines.append(tr("{count} files wait for another visit.", count=done.files_left))
    return lines


def _notes(report: SyncReport, tr: Translator) -> list[str]:
    done, lines = report.done, []
    if report.waiting_for_newer_version:
        lines.append(
            tr(
                "{count} entries need a newer version of the program to be shown; they are kept.",
                count=report.waiting_for_newer_version,
            )
        )
    if report.conflicts:
        lines.append(
            tr("{count} things were recorded differently by several.", count=report.conflicts)
        )
    if report.returned:
        lines.append(
            tr("{count} visits were returned by reviewers with a reason.", count=report.returned)
        )
    if done.rolled_back:
        lines.append(_lost_line(report, tr))
    if done.few_copies:
        lines.append(tr(_FEW_COPIES, count=done.few_copies))
    return [*lines, *_faults(report, tr)]


def _faults(report: SyncReport, tr: Translator) -> list[str]:
    """Return what is not as it should be with records or tables."""
    lines = []
    if report.done.new_chain:
        lines.append(
            tr(
                "Somebody else goes on with this computer's record: a copy of its disk, or an "
                "older state of it. Nothing is lost. Ask the office to admit this computer again."
            )
        )
    if report.forked:
        lines.append(
            tr(
                "The record of {names} goes on in two ways: a disk or a key was copied. Both are "
                "kept. Tell an administrator.",
                names=tr(", ").join(report.forked),
            )
        )
    if report.differing:
        lines.append(
            tr(
                "{names} and this computer hold the same entries, but their tables differ. Nothing "
                "recorded is lost. Make the tables anew on both, then sync again.",
                names=tr(", ").join(report.differing),
            )
        )
    return lines


def _lost_line(report: SyncReport, tr: Translator) -> str:
    """Return what a depot had lost, and whether that is mended."""
    done, place = report.done, report.place
    if not done.lost:
        return tr("{place} was taken back to an earlier state.", place=place)
    if not done.still_lost:
        return tr(
            "Sent again: {count} objects that {place} had lost.", place=place, count=done.lost
        )
    return tr(
        "{place} has lost objects ({count}); this computer does not hold all of them either "
        "({lacking} lacking). Let another member visit it.",
        place=place,
        count=done.lost,
        lacking=done.still_lost,
    )


def aside_text(row: Quarantined, tr: Translator) -> str:
    """Return why something was put aside."""
    known = _ASIDE.get(row.reason)
    first, _, last = row.detail.partition("-")
    count = int(last) - int(first) + 1 if first.isdecimal() and last.isdecimal() else 0
    return tr(known, count=count) if known else f"{row.reason} {row.detail}"


def waiting_text(found: Lacking, tr: Translator) -> str:
    """Return what is only on this computer."""
    if not found.operations and not found.blobs:
        return tr("Everything recorded here is also somewhere else.")
    return tr(
        "Only on this computer: {operations} entries, {blobs} files ({amount}).",
        operations=found.operations,
        blobs=found.blobs,
        amount=amount_text(found.bytes),
    )


def place_text(place: VisitPlace, tr: Translator) -> str:
    """Return how far a visit has come: here, on a medium, with whom."""
    if place.received:
        names = tr(", ").join(each.name for each in place.received)
        lacking = min(each.files_lacking for each in place.received)
        if lacking:
            return tr(_RECEIVED_IN_PART, names=names, count=lacking)
        return tr("received by {names}", names=names)
    whole = [each.name for each in place.written if not each.files_lacking]
    if whole:
        return tr("written to {names} and verified", names=tr(", ").join(whole))
    if place.written:
        lacking = min(each.files_lacking for each in place.written)
        names = tr(", ").join(each.name for each in place.written)
        return tr("written to {names}, {count} files still lacking", names=names, count=lacking)
    return tr("saved on this computer")
