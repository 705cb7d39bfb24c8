"""Files leave in the order of their weight."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.operations.syncing import wanted_files
from inspector.storage.store import Edit
from tests.support.organisation import laptop

if TYPE_CHECKING:
    from pathlib import Path

    from inspector.operations.session import Session


def photograph(session: Session, name: str, severity: int, *, placed: bool = True) -> str:
    sha256 = session.blobs.add_bytes(name.encode()).sha256
    place = {"evidence": name, "target": f"f-{name}", "target_kind": "finding"}
    edits = [
        Edit("evidence", name, {"sha256": sha256, "size": len(name)}),
        Edit("finding", f"f-{name}", {"severity": severity}),
        Edit("placement", f"p-{name}", place if placed else {**place, "void": "falsch"}),
    ]
    session.store.commit(edits)
    return sha256


def test_photographs_of_graver_findings_leave_first(tmp_path: Path) -> None:
    with laptop(tmp_path / "li", "李娜") as session:
        slight = photograph(session, "a", 1)
        serious = photograph(session, "b", 3)
        withdrawn = photograph(session, "c", 4, placed=False)
        grave = photograph(session, "d", 4)
        assert list(wanted_files(session)) == [grave, serious, slight, withdrawn]
