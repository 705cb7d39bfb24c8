"""The recovery sheet of a person's key: sealed as it is kept, to be locked away on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.base.errors import MingchaError
from inspector.base.i18n import translator
from inspector.base.system_reasons import reason_of
from inspector.ledger import sealed_key as codec
from inspector.operations.person_keys import fingerprint_of
from inspector.report.key_sheet import KeySheet, KeySheetOptions, write_key_sheet

if TYPE_CHECKING:
    from pathlib import Path

    from inspector.base.clock import Reading
    from inspector.base.i18n import Lang, Translator
    from inspector.operations.keys import SealedSecret
    from inspector.report.build import PaperResult


def write_sheet(secret: SealedSecret, target: Path, lang: Lang, made: Reading) -> PaperResult:
    """Write the recovery sheet of a key: sealed as it is kept, useless without the passphrase.

    Needs no store. Raises MingchaError `export_failed`, `no_chinese_font`, `person_key_damaged`.
    """
    try:
        codec.parse(secret.sealed)
    except codec.InvalidKey as error:
        raise MingchaError("person_key_damaged", name=secret.name) from error
    options = KeySheetOptions(lang=lang, made_ms=made.ms, made_zone=made.zone)
    try:
        return write_key_sheet(_sheet(secret, translator(lang)), options, target)
    except OSError as error:
        raise MingchaError("export_failed", path=target, detail=reason_of(error)) from error


def _sheet(secret: SealedSecret, tr: Translator) -> KeySheet:
    rows = codec.rows(secret.sealed)
    return KeySheet(
        title=tr("Recovery sheet of a signing key"),
        facts=(
            (tr("Name:"), secret.name),
            (tr("Fingerprint:"), fingerprint_of(secret.public)),
        ),
        rows=rows,
        payload="\n".join(rows),
        what=(
            tr(
                "With this key its owner signs sealed visits. The letters are the key, sealed by "
                "the passphrase that was in use when the sheet was printed; the passphrase is on "
                "no paper and kept in no computer. Keep the sheet under lock, apart from the "
                "passphrase."
            ),
            tr(
                "Who has forgotten the passphrase cannot be helped by this sheet: a new key is "
                "made in its place. What was signed before stays valid."
            ),
        ),
        how=(
            tr("Type the rows into a text file, or scan the code into one."),
            tr("Type: inspector key restore FILE"),
            tr("Enter the passphrase. Row numbers, blanks and small letters do not matter."),
        ),
    )
