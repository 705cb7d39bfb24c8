"""A receipt to send back where it cannot be written: as a file, or as a page with rows to type."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspector.base.errors import MingchaError
from inspector.base.i18n import translator
from inspector.base.system_reasons import reason_of
from inspector.operations.code_files import write_codes
from inspector.operations.membership_files import write_file
from inspector.operations.organisation import organisation_of
from inspector.operations.receipts import for_rows
from inspector.report.key_sheet import KeySheet, KeySheetOptions, write_key_sheet
from inspector.sync import receipt_file
from inspector.sync.receipt_file import SUFFIX

if TYPE_CHECKING:
    from pathlib import Path

    from inspector.base.clock import Reading
    from inspector.base.i18n import Lang
    from inspector.operations.session import Session
    from inspector.sync.receipt_file import Receipt

__all__ = ["SUFFIX"]


@dataclass(frozen=True, slots=True)
class ReadyReceipt:
    """A receipt to be written on any thread: the file, the rows, who signs, whom it is about."""

    data: bytes
    rows: tuple[str, ...]
    organisation: str
    by: str
    of: tuple[str, ...]
    files: int
    made: Reading


def ready_receipt(session: Session, receipt: Receipt) -> ReadyReceipt:
    """Return what is written of a receipt. Raises MingchaError `organisation_none`."""
    roster, stated = organisation_of(session)
    named = {place.log: roster.device(place.log) for place in receipt.held}
    signer = roster.device(receipt.by)
    return ReadyReceipt(
        data=receipt.to_bytes(),
        rows=receipt_file.rows(for_rows(session, receipt)),
        organisation=stated.name,
        by=signer.name if signer else "",
        of=tuple(sorted({device.name for device in named.values() if device})),
        files=len(receipt.files),
        made=session.store.clock.read(),
    )


def write_receipt(ready: ReadyReceipt, target: Path, lang: Lang) -> None:
    """Write a receipt: a page where the name ends in .pdf, codes where in .png, else a file.

    Raises MingchaError `export_failed`, `no_chinese_font`, `code_too_large`,
    `pictures_exist` where numbered pictures would be written over.
    """
    kind = target.suffix.lower()
    if kind == ".pdf":
        _write_page(ready, target, lang)
    elif kind == ".png":
        write_codes(ready.data, target, chosen=True)
    else:
        write_file(target, ready.data)


def _write_page(ready: ReadyReceipt, target: Path, lang: Lang) -> None:
    tr = translator(lang)
    comma = "、" if lang == "zh" else ", "
    what = [
        tr(
            "The computer of {by} has taken in what these people recorded, and signs for it with "
            "its own key.",
            by=ready.by,
        )
    ]
    if ready.files:
        what.append(
            tr(
                "It also holds {count} photographs and other files. This page does not say which; "
                "the receipt as a file does.",
                count=ready.files,
            )
        )
    sheet = KeySheet(
        title=tr("Receipt"),
        facts=(
            (tr("Organisation:"), ready.organisation),
            (tr("Received by:"), ready.by),
            (tr("Entries of:"), comma.join(ready.of)),
        ),
        rows=ready.rows,
        payload="\n".join(ready.rows),
        what=tuple(what),
        how=(
            tr("On the computer that handed over: Sync, “Type in a receipt”."),
            tr("Or type: inspector visit take -"),
            tr("Row numbers, blanks and small letters do not matter."),
        ),
    )
    options = KeySheetOptions(lang=lang, made_ms=ready.made.ms, made_zone=ready.made.zone)
    try:
        write_key_sheet(sheet, options, target)
    except OSError as error:
        raise MingchaError("export_failed", path=target, detail=reason_of(error)) from error
