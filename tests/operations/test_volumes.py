"""Several dossiers as a volume: which visits, what makes drafts of them, the index, one file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pypdfium2
import pytest

from inspector.base.errors import MingchaError
from inspector.operations.dossiers import note_export, ready_dossier, write_ready
from inspector.operations.sealing import seal, start_supplement
from inspector.operations.volumes import VolumeRow, blocked, choices, merge, write_index
from inspector.report.dossier import DossierOptions

if TYPE_CHECKING:
    from pathlib import Path

    from tests.operations.conftest import Field
    from tests.support.fixed import FixedClock


def pages(path: Path) -> int:
    with pypdfium2.PdfDocument(path) as document:
        return len(document)


def text(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as document:
        return "".join(page.get_textpage().get_text_range() for page in document)


def test_choices_name_day_and_code(field: Field) -> None:
    field.go_in()
    [choice] = choices(field.session)
    assert (choice.code, choice.day, choice.sealed) == ("H1", "2026-03-04", False)


def test_a_supplement_has_the_day_of_the_visit_that_it_corrects(field: Field) -> None:
    field.go_in()
    seal(field.session, field.visit)
    start_supplement(field.session, field.visit, "核对笔记")
    assert [each.day for each in choices(field.session)] == ["2026-03-04"] * 2


def test_an_open_visit_names_what_it_lacks_and_whom_to_call(field: Field) -> None:
    field.go_in()
    field.finding("空岗", severity=3)
    found = blocked(field.session, field.visit)
    assert [gap.code for gap in found.gaps] == ["confirmation_missing"]
    assert found.people == ("李娜", "王强")


def test_a_preview_fixes_no_numbers_and_leaves_no_entry(field: Field, tmp_path: Path) -> None:
    field.go_in()
    field.finding("空岗")
    count = field.session.store.log.count()
    ready = ready_dossier(field.session, field.visit, DossierOptions(lang="zh"), preview=True)
    result = write_ready(ready, tmp_path / "preview.pdf")
    assert pages(tmp_path / "preview.pdf") == result.pages > 1
    assert field.session.store.log.count() == count
    note_export(field.session, field.visit, tmp_path / "preview.pdf", result, "zh")
    assert field.session.store.log.count() == count + 1


def test_an_index_and_one_file_for_all(field: Field, tmp_path: Path) -> None:
    field.go_in()
    parts = [tmp_path / "一.pdf", tmp_path / "二.pdf"]
    ready = ready_dossier(field.session, field.visit, DossierOptions(lang="zh"))
    results = [write_ready(ready, part) for part in parts]
    rows = [
        VolumeRow(
            field.visit, "1", "<b>大厅", "2026-03-04", part.name, done.pages, done.sha256, True
        )
        for part, done in zip(parts, results, strict=True)
    ]
    write_index(field.session, rows, tmp_path / "index.pdf", "zh")
    read = text(tmp_path / "index.pdf")
    assert "<b>大厅" in read
    assert results[0].sha256[:16] in read.replace("\r\n", "")
    total = merge(parts, tmp_path / "all.pdf")
    assert pages(tmp_path / "all.pdf") == total == sum(done.pages for done in results)


def test_an_index_has_the_date_of_the_record_and_is_the_same_whenever_it_is_made(
    field: Field, tmp_path: Path, clock: FixedClock
) -> None:
    field.go_in()
    rows = [VolumeRow(field.visit, "1", "大厅", "2026-03-04", "一.pdf", 3, "0" * 64, True)]
    first, again = tmp_path / "first.pdf", tmp_path / "again.pdf"
    write_index(field.session, rows, first, "zh")
    clock.advance(minutes=24 * 60)
    write_index(field.session, rows, again, "zh")
    assert "2026年3月4日" in text(first)
    assert first.read_bytes() == again.read_bytes()


def test_a_folder_that_is_gone_is_said(field: Field, tmp_path: Path) -> None:
    with pytest.raises(MingchaError, match="export_failed"):
        write_index(field.session, [], tmp_path / "gone" / "index.pdf", "zh")
