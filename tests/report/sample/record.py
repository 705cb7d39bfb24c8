"""A realistic visit for looking at papers: 36 windows on two floors, drawn photographs."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from inspector.domain.entities import Erasure, Seal, Visit, VisitMember
from inspector.domain.record import VisitRecord
from tests.report.sample.checklist import answers, checklist
from tests.report.sample.findings import (
    confirmations,
    feedbacks,
    finding_persons,
    findings,
    situations,
    statements,
)
from tests.report.sample.hall import hall, persons, trip, units, windows
from tests.report.sample.moments import typed
from tests.report.sample.photographs import evidence, placements
from tests.report.sample.rounds import events, head_counts, remarks, rounds_and_states, waits

Sample = tuple[VisitRecord, dict[str, bytes]]


def sample_record(*, sealed: bool = False, photos: int = 9) -> Sample:
    """Return a rich visit and the bytes of its drawn photographs."""
    files, originals = evidence(photos)
    walks, sightings, sweeps = rounds_and_states()
    items = checklist()
    record = VisitRecord(
        visit=visit(),
        hall=hall(),
        trip=trip(),
        units=units(),
        windows=windows(),
        persons=persons(),
        checklist=items,
        situations=situations(),
        members=tuple(VisitMember(id=f"m{n}", visit="v1", person=f"p{n}") for n in (1, 2, 3)),
        events=events(),
        rounds=walks,
        sightings=sightings,
        sweeps=sweeps,
        waits=waits(),
        head_counts=head_counts(),
        remarks=remarks(),
        answers=answers(items.items),
        findings=findings(),
        finding_persons=finding_persons(),
        confirmations=confirmations(),
        evidence=files,
        placements=placements(files),
        feedbacks=feedbacks(),
        statements=statements(),
        erasures=(erasure(),),
    )
    return (sealed_copy(record) if sealed else record), originals


def visit() -> Visit:
    """Return the visit itself."""
    return Visit(
        id="019a9f00-5b1e-7c42-9d31-2f6f5f0c8a11",
        trip="t1",
        hall="h1",
        number=12,
        device="K7",
        checklist="hall@2026.1",
    )


def erasure() -> Erasure:
    """Return the file that was removed on purpose."""
    return Erasure(
        id="er1",
        visit="v1",
        sha256="ab" * 32,
        reason="误拍私人照片",
        second_person="p3",
        entered=typed("p1", 13, 30),
    )


def sealed_copy(record: VisitRecord) -> VisitRecord:
    """Return the record with a seal and official numbers."""
    seal = Seal(
        id="seal1",
        visit="v1",
        manifest=hashlib.sha256(b"manifest").hexdigest(),
        entered=typed("p1", 14, 2),
    )
    return replace(
        record,
        seals=(seal,),
        visit=replace(record.visit, official_number="2026-0012"),
        findings=tuple(replace(f, official_number=str(f.number)) for f in record.findings),
    )
