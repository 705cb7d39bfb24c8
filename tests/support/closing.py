"""A visit ready to be told: three findings, one of them grave, two pictures, identity shown."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from inspector.domain.entities import Finding
from inspector.domain.vocabulary import FindingOutcome, Phase, TargetKind
from inspector.operations.evidence import Taking, add_photos, evidence_of_visit, place
from inspector.operations.findings import add_finding, set_outcome
from inspector.operations.places import windows_of
from inspector.operations.seeing import Typed, seen_from
from inspector.operations.visits import change_phase, reveal
from tests.support.jpegs import write_jpeg

if TYPE_CHECKING:
    from pathlib import Path

    from inspector.operations.session import Session

#: Whoever types it must see it again as it was typed.
TEXTS = (
    "10 时 38 分至 52 分，05 号窗口无人在岗，叫号屏仍在叫号，也未指明替代窗口；现场 8 名群众等候。",
    "咨询台公示的办事指南为 2024 年版本，与现行规定不一致。<b>现行指南</b>已于 3 月更换。",
    "等候 34 分钟，超过公开承诺 14 分钟。",
)


@dataclass(frozen=True, slots=True)
class Told:
    """Ids of what was made: findings in their order, and the two pictures of the first."""

    findings: tuple[str, ...]
    pictures: tuple[str, ...]


def prepare(session: Session, visit: str, hall: str, folder: Path) -> Told:
    """Make the covert visit of the office an overt one with findings and pictures."""
    now = seen_from(session, visit, Typed())
    reveal(session, visit, now, to_whom="值班主任", document="督查证")
    change_phase(session, visit, Phase.OVERT, seen_from(session, visit, Typed()))
    window = windows_of(session, hall)[4]
    grades = (3, 1, 2)
    findings = []
    for minute, (text, grade) in enumerate(zip(TEXTS, grades, strict=True)):
        seen = seen_from(session, visit, Typed())
        seen = replace(seen, start=(seen.start or 0) + minute * 60_000)
        alleged = Finding(id="", visit=visit, text=text, severity=grade, window=window.id)
        findings.append(add_finding(session, alleged, seen).id)
    set_outcome(session, findings[1], FindingOutcome.ESTABLISHED)
    files = [
        write_jpeg(folder / f"IMG_000{number}.jpg", tint=60 * number, size=(640, 480))
        for number in (1, 2)
    ]
    list(add_photos(session, visit, files, Taking(seen_from(session, visit, Typed()))))
    pictures = tuple(item.id for item in evidence_of_visit(session, visit))
    for picture in pictures:
        place(session, picture, TargetKind.FINDING, findings[0])
    return Told(tuple(findings), pictures)
