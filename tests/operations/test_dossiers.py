"""Papers leave the workspace: the same record gives the same bytes."""

import pytest
from pypdfium2 import PdfDocument

from inspector.operations.dossiers import DossierOptions, confirmation_sheet, export_dossier
from inspector.operations.sealing import seal, start_supplement


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


def test_the_first_edition_says_which_one_follows_it(field, tmp_path):
    session = field.session
    field.go_in()
    seal(session, field.visit)

    def cover(visit, lang="en"):
        path = tmp_path / "paper.pdf"
        export_dossier(session, visit, path, DossierOptions(lang=lang))
        with PdfDocument(path) as paper:
            return "".join(paper[0].get_textpage().get_text_range().split())

    said = "followedbyedition2"
    second = start_supplement(session, field.visit, "核对笔记")
    assert said not in cover(field.visit)
    seal(session, second.id)
    assert said in cover(field.visit)
    assert "其后有第2版" in cover(field.visit, "zh")
    assert "followedby" not in cover(second.id)
    third = start_supplement(session, second.id, "核对笔记")
    seal(session, third.id)
    assert "followedbyedition3" in cover(field.visit)
    assert "followedbyedition3" in cover(second.id)
