"""The photographs of a visit as they are looked through."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.base.i18n import translator
from inspector.domain.clocktext import clock
from inspector.domain.entities import Evidence
from inspector.operations.album import album
from inspector.operations.custody import details
from inspector.operations.evidence import Taking, add_photos, evidence_of_visit
from inspector.operations.recording import amend
from inspector.operations.records import load_record
from inspector.report.wording import Words
from tests.support.jpegs import write_jpeg

if TYPE_CHECKING:
    from pathlib import Path

    from tests.operations.conftest import Field


def test_the_time_of_a_photograph_is_told_by_the_clocks_of_the_place(
    field: Field, tmp_path: Path
) -> None:
    write_jpeg(tmp_path / "IMG_1.jpg", taken="2026:03:03 10:00:00")
    list(add_photos(field.session, field.visit, [tmp_path / "IMG_1.jpg"], Taking(field.seen())))
    [photo] = evidence_of_visit(field.session, field.visit)
    # The camera stood in another zone: the moment is the same, only its own clock showed less.
    amend(field.session, Evidence, photo.id, {"observed_zone": 60})
    [item] = album(field.session, field.visit).items
    assert item.zone == details(field.session, photo.id).zone == 480
    record = load_record(field.session, field.visit)
    [photo] = record.evidence
    assert photo.observed_from is not None
    here, there = clock(photo.observed_from, 480), clock(photo.observed_from, 60)
    assert here != there
    assert Words(record, translator("en")).observed(photo).endswith(here)
