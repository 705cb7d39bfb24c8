"""The confirmation sheet and the pocket sheet."""

from __future__ import annotations

import io
from dataclasses import replace

from inspector.domain.entities import Window
from inspector.report.confirmation_sheet import SheetOptions, write_confirmation_sheet
from inspector.report.pocket_sheet import PocketOptions, write_pocket_sheet
from tests.report.reading import flat, page_texts, pictures
from tests.report.sample.hall import windows
from tests.report.sample.moments import at
from tests.report.sample.record import sample_record

#: What would tell a bystander what the bearer does.
GIVES_AWAY = (
    "督查",
    "暗访",
    "检查",
    "走访",
    "空岗",
    "明察",
    "inspect",
    "visit",
    "unattended",
    "Mingcha",
)


def sheet(*findings: str) -> tuple[bytes, int]:
    record, _ = sample_record()
    out = io.BytesIO()
    options = SheetOptions(findings=findings, lang="en", made_ms=at(11, 50))
    result = write_confirmation_sheet(record, options, out)
    return out.getvalue(), result.pages


def pocket(*halls: Window) -> tuple[bytes, int]:
    out = io.BytesIO()
    result = write_pocket_sheet(halls, PocketOptions(lang="en", made_ms=at(8, 0)), out)
    return out.getvalue(), result.pages


def test_the_sheet_holds_the_chosen_findings_on_one_page() -> None:
    data, pages = sheet("f1", "f2", "f3")
    text = flat(data)
    assert pages == 1
    assert "FindingK7-1(provisional)" in text
    assert "<b>现行指南</b>" in text
    assert "村委会证明" not in text
    for part in ("Statementoftheunit", "Witness(ifrefused)", "Inspector王建国", "Date:"):
        assert part in text
    assert pictures(data) == 0


def test_a_withdrawn_finding_is_not_put_to_the_unit() -> None:
    record, _ = sample_record()
    first = replace(record.findings[0], void="看错")
    out = io.BytesIO()
    changed = replace(record, findings=(first, *record.findings[1:]))
    write_confirmation_sheet(changed, SheetOptions(findings=("f1", "f2"), lang="en"), out)
    assert "叫号屏仍在叫号" not in flat(out.getvalue())


def test_long_findings_run_on_and_lose_nothing() -> None:
    record, _ = sample_record()
    long = replace(record.findings[0], text="".join(f"第{n}句。" for n in range(1500)))
    out = io.BytesIO()
    changed = replace(record, findings=(long,))
    result = write_confirmation_sheet(changed, SheetOptions(findings=("f1",), lang="en"), out)
    assert result.pages > 2
    assert "第1499" in flat(out.getvalue())


def test_the_pocket_sheet_gives_nobody_away() -> None:
    data, pages = pocket(*windows())
    assert pages == 1
    texts = page_texts(data)[0]
    for number in range(1, 37):
        assert f"{number:02d}" in texts
    lower = data.lower() + flat(data).lower().encode()
    for word in GIVES_AWAY:
        assert word.lower().encode() not in lower, word


def test_many_windows_take_more_sheets() -> None:
    many = [Window(id=f"w{n}", number=str(n), floor="一楼", position=n) for n in range(1, 101)]
    data, pages = pocket(*many)
    assert pages == 2
    assert "100" in page_texts(data)[1] + page_texts(data)[0]


def test_withdrawn_windows_are_left_out() -> None:
    gone = Window(id="w99", number="99", void="removed")
    assert "99" not in flat(pocket(*windows(), gone)[0])
