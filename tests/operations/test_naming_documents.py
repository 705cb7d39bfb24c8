"""The document that authorises a visit, named when the visit goes on already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.domain.completeness import warnings
from inspector.domain.entities import Trip
from inspector.operations.records import load_record
from inspector.operations.undo import undo_last
from inspector.operations.visits import name_document

if TYPE_CHECKING:
    from tests.operations.conftest import Field


def lacks(field: Field) -> bool:
    record = load_record(field.session, field.visit)
    return "authority_missing" in [gap.code for gap in warnings(record)]


def test_a_visit_of_no_journey_gets_one_and_the_next_name_changes_it(field: Field) -> None:
    field.go_in()
    assert lacks(field)
    name_document(field.session, field.visit, " 督字〔2026〕11号 ")
    assert not lacks(field)
    name_document(field.session, field.visit, "督查通知书")
    [trip] = field.session.store.select(Trip, "void IS NULL")
    assert trip.document_title == "督查通知书"


def test_taking_it_back_takes_the_journey_back_as_well(field: Field) -> None:
    field.go_in()
    name_document(field.session, field.visit, "督查通知书")
    undo_last(field.session, field.visit)
    assert lacks(field)
    assert field.session.store.select(Trip, "void IS NULL") == []
