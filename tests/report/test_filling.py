"""Pages are well filled: nothing stands alone, photographs take what is left of a page."""

from __future__ import annotations

import io

import pytest

from inspector.base.i18n import translator
from inspector.base.progress import SILENT
from inspector.report.build import write_outline
from inspector.report.fonts import font_set
from inspector.report.outline import Block, Furniture, Grid, Outline, Photo, Photos, Text
from inspector.report.photos import PhotoPlan
from tests.report.reading import page_texts, pictures, sample, white_at_foot
from tests.report.sample.photographs import DrawnPhotos, photo_jpeg

#: Marks that every line of a paragraph holds, to be counted on the pages.
LINE = "国" * 28


def pdf(*blocks: Block, plan: PhotoPlan | None = None) -> bytes:
    """Set blocks in Chinese style on pages without numbers."""
    out = io.BytesIO()
    outline = Outline(
        *("t", "a", "s", "k", "D:20260101000000Z"), Furniture("", "", numbers=False), blocks
    )
    write_outline(outline, font_set("zh").fresh(), translator("zh"), out, SILENT, plan)
    return out.getvalue()


def paper(*blocks: Block) -> list[str]:
    """Return the text of each page."""
    return page_texts(pdf(*blocks))


@pytest.mark.parametrize(
    ("above", "lines", "expected"),
    [
        (0, 23, [21, 2]),
        (0, 24, [22, 2]),
        (21, 2, [0, 2]),
        (21, 1, [1]),
        (20, 3, [0, 3]),
        (20, 4, [2, 2]),
        (21, 4, [0, 4]),
        (19, 3, [3]),
        (19, 4, [2, 2]),
    ],
)
def test_no_line_of_a_paragraph_stands_alone(above: int, lines: int, expected: list[int]) -> None:
    first = [Text("\n".join(["中"] * above), indent=False)] if above else []
    pages = paper(*first, Text(LINE * lines, indent=False))
    assert [page.count("国") // 28 for page in pages] == expected


def test_a_frame_of_facts_leaves_no_single_line_for_the_next_page() -> None:
    rows = tuple((f"L{number:02}", "x" * 60 + f" V{number:02}") for number in range(12))
    for above in range(8, 22):
        pages = paper(Text("\n".join(["中"] * above), indent=False), Grid(rows))
        counts = [sum(f"V{number:02}" in page for number in range(12)) for page in pages]
        assert sum(counts) == 12
        assert 1 not in counts, above


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_pages_of_the_sample_are_filled(lang: str) -> None:
    """The cover, the contents and the page of signatures stand alone, as do chapters' ends."""
    data, _result = sample(sealed=True, lang=lang)
    feet = white_at_foot(data)[2:-2]
    assert max(feet) < 0.3, feet


@pytest.mark.parametrize("count", [1, 2, 3])
def test_photographs_take_what_is_left_of_a_page(count: int) -> None:
    """Wherever they begin, no page before the last stays white by more than a fifth."""
    files = {f"{number}" * 64: photo_jpeg(number) for number in range(count)}
    photos = Photos(
        tuple(Photo(sha, "a.jpg", "照片 证1", ("10:38 拍摄", "暗访取得")) for sha in files)
    )
    plan = PhotoPlan(DrawnPhotos(files), 2, 40, originals=False)
    for above in range(22):
        text = Text("\n".join(["国" * 20] * above), indent=False)
        data = pdf(text, photos, Text("\n".join(["国" * 20] * 23), indent=False), plan=plan)
        assert pictures(data) == count
        assert max(white_at_foot(data)[:-1]) < 0.22, above


def test_four_to_a_page_and_one_to_a_page_keep_their_size() -> None:
    files = {f"{number}" * 64: photo_jpeg(number) for number in range(4)}
    photos = Photos(tuple(Photo(sha, "a.jpg", "照片", ("10:38",)) for sha in files))
    pages = {}
    for per_page in (1, 2, 4):
        plan = PhotoPlan(DrawnPhotos(files), per_page, 40, originals=False)
        pages[per_page] = len(white_at_foot(pdf(photos, plan=plan)))
    assert pages == {1: 4, 2: 2, 4: 1}


@pytest.mark.parametrize("per_page", [1, 2, 4])
def test_no_page_holds_more_photographs_than_were_asked_for(per_page: int) -> None:
    """Frames and panoramas are low: more of them would fit."""
    photos = tuple(
        Photo(f"{number}" * 64, "a.heic", f"第{number}张", (), reason="无法显示")
        for number in range(9)
    )
    plan = PhotoPlan(DrawnPhotos({}), per_page, 40, originals=False)
    findings = (Photos(photos[:4]), Text("国" * 20), Photos(photos[4:]))
    texts = page_texts(pdf(*findings, plan=plan))
    counts = [sum(f"第{number}张" in text for number in range(9)) for text in texts]
    assert sum(counts) == 9
    assert max(counts) == per_page
