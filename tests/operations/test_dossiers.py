"""Papers leave the workspace: the same record gives the same bytes."""

import pytest

from inspector.operations.dossiers import DossierOptions, confirmation_sheet, export_dossier
from inspector.operations.sealing import seal


@pytest.mark.parametrize("sealed", [False, True])
def test_the_time_of_export_changes_no_byte(field, clock, tmp_path, sealed):
    field.go_in()
    finding = field.finding("空岗 14 分钟")
    if sealed:
        seal(field.session, field.visit)
    papers = set()
    for name in ("one", "two"):
        clock.advance(minutes=125)
        made = export_dossier(
            field.session, field.visit, tmp_path / f"{name}.pdf", DossierOptions(lang="en")
        )
        sheet = tmp_path / f"{name}-sheet.pdf"
        signed = confirmation_sheet(field.session, field.visit, (finding.id,), sheet, "en")
        papers.add((made.sha256, signed.paper.sha256))
    assert len(papers) == 1
