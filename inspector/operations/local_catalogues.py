"""Catalogues in use: the shipped ones and the office's own, which lie in the record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.base.errors import MingchaError
from inspector.domain.entities import Catalogue
from inspector.domain.vocabulary import CatalogueKind
from inspector.operations.catalogues import (
    CatalogueInfo,
    as_checklist,
    checklist,
    parse_local,
    shipped,
    situations,
)
from inspector.operations.recording import fit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from inspector.domain.catalogues import Checklist, Situation
    from inspector.operations.session import Session


def import_catalogue(
    session: Session,
    kind: CatalogueKind,
    data: bytes,
    *,
    code: str,
    version: str,
    name: str,
    valid_from: str = "",
    valid_to: str = "",
) -> Catalogue:
    """Take in an office's own catalogue (CSV or XLSX bytes) under `code@version`.

    Its rows are stored as they were read, in canonical form. Raises MingchaError for rows that
    cannot be read, and `catalogue_version_taken` if that version exists with other rows.
    """
    loaded = parse_local(kind, data)
    entity = fit(
        Catalogue(
            id=session.store.derived_id("catalogue", kind.value, code, version),
            kind=kind,
            code=code,
            version=version,
            name=name,
            valid_from=valid_from,
            valid_to=valid_to,
            sha256=loaded.sha256,
        )
    )
    known = session.store.get(Catalogue, entity.id)
    if known and known.sha256 != loaded.sha256:
        raise MingchaError("catalogue_version_taken", name=f"{code}@{version}")
    session.blobs.add_bytes(loaded.data)
    session.store.save(entity)
    return entity


def checklist_of(session: Session, reference: str) -> Checklist:
    """Return the checklist `code@version`, the office's own first.

    Raises MingchaError `catalogue_not_found`.
    """
    for own in _own(session, CatalogueKind.CHECKLIST):
        if f"{own.code}@{own.version}" == reference:
            loaded = parse_local(own.kind, session.blobs.read(own.sha256))
            info = CatalogueInfo(
                own.kind, own.code, own.version, own.name, own.name, own.valid_from, own.valid_to
            )
            return as_checklist(info, loaded)
    return checklist(reference)


def checklist_data(session: Session, reference: str) -> bytes:
    """Return the canonical bytes of the checklist `code@version`, the office's own first."""
    kind = CatalogueKind.CHECKLIST
    for own in _own(session, kind):
        if f"{own.code}@{own.version}" == reference:
            return session.blobs.read(own.sha256)
    return shipped(kind, checklist(reference).code).data


def situations_of(session: Session) -> Mapping[str, Situation]:
    """Return every situation that may be named, shipped and the office's own, by code."""
    found = dict(situations())
    kind = CatalogueKind.SITUATIONS
    for own in _own(session, kind):
        for entry in parse_local(kind, session.blobs.read(own.sha256)).entries:
            found[entry.code] = entry
    return found


def _own(session: Session, kind: CatalogueKind) -> list[Catalogue]:
    """Return the office's own catalogues of a kind.

    Not asked of SQL: a field that has its default, as `kind` of a checklist, is not written.
    """
    return [own for own in session.store.select(Catalogue, "void IS NULL") if own.kind is kind]
