"""The catalogues that ship with the program, and an office's own variants of them."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

from inspector.base.errors import MingchaError
from inspector.base.paths import resource
from inspector.base.values import frozen
from inspector.domain.catalogue_rows import PARSERS, canonical_csv, digest
from inspector.domain.catalogues import Checklist, Situation
from inspector.domain.vocabulary import CatalogueKind
from inspector.operations.spreadsheets import read_tables

if TYPE_CHECKING:
    from collections.abc import Mapping

    from inspector.domain.tables import Table

#: The code of the checklist a visit uses unless another is named, and the version that ships.
USUAL_CHECKLIST = "hall"
DEFAULT_CHECKLIST = f"{USUAL_CHECKLIST}@2026.1"


@frozen
class CatalogueInfo:
    """What is known about a catalogue besides its rows. Dates are ISO text, "" means open."""

    kind: CatalogueKind
    code: str
    version: str
    zh: str
    en: str
    valid_from: str
    valid_to: str

    @property
    def reference(self) -> str:
        """`code@version`."""
        return f"{self.code}@{self.version}"


@frozen
class LoadedCatalogue:
    """The entries of a catalogue, the canonical bytes they stand in, and their SHA-256."""

    kind: CatalogueKind
    entries: tuple[Any, ...]
    data: bytes
    sha256: str


def index() -> tuple[CatalogueInfo, ...]:
    """Return what ships."""
    return tuple(info for info, _file, _sha256 in _manifest())


@cache
def shipped(kind: CatalogueKind, code: str = "") -> LoadedCatalogue:
    """Return a shipped catalogue; without `code` the only one of its kind.

    Raises MingchaError `catalogue_not_found`, or `catalogue_damaged` if the installed file is not
    the one that was released.
    """
    for info, file, sha256 in _manifest():
        if info.kind is kind and code in ("", info.code):
            data = resource("catalogues", file).read_bytes()
            return released(parse_local(kind, data), sha256, file)
    raise MingchaError("catalogue_not_found", name=code or kind.value)


def released(loaded: LoadedCatalogue, sha256: str, file: str) -> LoadedCatalogue:
    """Return `loaded` if it is what was released. Raises MingchaError `catalogue_damaged`."""
    if loaded.sha256 != sha256:
        raise MingchaError("catalogue_damaged", file=file)
    return loaded


@cache
def checklist(reference: str = DEFAULT_CHECKLIST) -> Checklist:
    """Return the shipped checklist `code@version`. Raises MingchaError `catalogue_not_found`."""
    for info in index():
        if info.kind is CatalogueKind.CHECKLIST and info.reference == reference:
            return as_checklist(info, shipped(info.kind, info.code))
    raise MingchaError("catalogue_not_found", name=reference)


def as_checklist(info: CatalogueInfo, loaded: LoadedCatalogue) -> Checklist:
    """Return a loaded checklist under its name and version."""
    return Checklist(
        code=info.code,
        version=info.version,
        zh=info.zh,
        en=info.en,
        valid_from=info.valid_from,
        valid_to=info.valid_to,
        sha256=loaded.sha256,
        items=loaded.entries,
    )


@cache
def situations() -> Mapping[str, Situation]:
    """Return every shipped situation by its code, in the order of the catalogue."""
    return {entry.code: entry for entry in shipped(CatalogueKind.SITUATIONS).entries}


def parse_local(kind: CatalogueKind, data: bytes) -> LoadedCatalogue:
    """Return an office's own list, read from the bytes of a CSV or XLSX file.

    The first sheet counts. The same list gives the same canonical bytes and hash whichever
    program saved it; columns that are not known are left out. Raises the errors of
    `spreadsheets.read_tables` and of `catalogue_rows`.
    """
    rows = _numbered(read_tables(data)[0])
    entries = PARSERS[kind](rows)
    canonical = canonical_csv(kind, rows)
    return LoadedCatalogue(kind, entries, canonical, digest(canonical))


def _numbered(table: Table) -> list[dict[str, str]]:
    """Return the rows with blank ones put back, so that row numbers in messages are the file's.

    Raises MingchaError `cell_without_value`.
    """
    blank = dict.fromkeys(table.header, "")
    rows: list[dict[str, str]] = []
    for row in table.rows:
        rows += [blank] * (row.number - 2 - len(rows))
        rows.append({header: row.text(header) for header in table.header})
    return rows


@cache
def _manifest() -> tuple[tuple[CatalogueInfo, str, str], ...]:
    listed = json.loads(resource("catalogues", "index.json").read_text(encoding="utf-8"))
    return tuple(
        (
            CatalogueInfo(
                kind=CatalogueKind(entry["kind"]),
                code=entry["code"],
                version=entry["version"],
                zh=entry["zh"],
                en=entry["en"],
                valid_from=entry["valid_from"],
                valid_to=entry["valid_to"],
            ),
            entry["file"],
            entry["sha256"],
        )
        for entry in listed["catalogues"]
    )
