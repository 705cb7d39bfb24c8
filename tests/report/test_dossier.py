"""The dossier, read back as a reader would."""

from __future__ import annotations

import hashlib
import io
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from inspector.base.progress import Cancelled
from inspector.domain.entities import Evidence, Finding, Hall, HeadCount, Statement, Visit, Wait
from inspector.domain.record import VisitRecord
from inspector.domain.vocabulary import PlaceKind, Position
from inspector.report.dossier import DossierOptions, write_dossier
from tests.report.reading import bookmarks, flat, opened, page_texts, pictures, sample, written
from tests.report.sample.moments import at, seen
from tests.report.sample.photographs import DrawnPhotos
from tests.report.sample.record import sample_record

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def draft() -> bytes:
    return sample()[0]


def small(**fields: object) -> VisitRecord:
    base = VisitRecord(visit=Visit(id="v1", hall="h1", number=1), hall=Hall(id="h1", name="大厅"))
    return replace(base, **fields)


def finding(text: str, **fields: object) -> Finding:
    values = {"id": "f1", "number": 1, "text": text} | seen(10, 38) | fields
    return Finding(**values)


def test_every_kind_of_content_is_there(draft: bytes) -> None:
    text = flat(draft)
    for part in (
        "河东市市民服务中心",
        "河政办〔2026〕48号",
        "10:38–10:52(stopwatch,±1s)",
        "entered13:05",
        "叫号屏仍在叫号",
        "情况属实，已责成当事人书面检查",
        "帮办代办窗口为老年人提供全程陪同",
        "误拍私人照片",
        "messengercopy",
        "DRAFTNOTSEALED",
    ):
        assert part in text, part


def test_a_checklist_is_called_by_its_name_once(draft: bytes) -> None:
    assert "ChecklistresultsServicehallchecklist,version2026.1:" in flat(draft)


def test_full_hashes_stand_in_the_list(draft: bytes) -> None:
    record, _ = sample_record()
    text = flat(draft)
    for item in record.evidence:
        assert f"SHA-256{item.sha256}" in text


def test_a_visit_that_has_not_begun_was_not_made_on_any_day() -> None:
    assert "Thevisitof0inspectorsto大厅hasnotbegun." in flat(written(small())[0])
    assert "督查组0人对大厅的走访尚未开始。" in flat(written(small(), lang="zh")[0])
    begun = small(findings=(finding("x"),))
    assert "On20November2026,0inspectorsvisited大厅" in flat(written(begun)[0])


def test_the_dossier_of_a_road_does_not_tell_of_windows() -> None:
    road = Hall(id="h1", name="滨河大道", kind=PlaceKind.ROAD)
    counted = HeadCount(id="c1", staffed=2, total=3, **seen(10, 38))
    waited = Wait(id="w1", joined=at(10, 20), called=at(10, 40), **seen(10, 20, to=at(10, 40)))
    for lang, windows, everywhere, waiting in (
        ("zh", "窗口", "全部场所", "最长等候"),
        ("en", "window", "wholeplace", "longestwait"),
    ):
        bare = flat(written(small(hall=road), lang=lang)[0])
        assert windows not in bare.lower()
        assert waiting not in bare
        more = flat(
            written(small(hall=road, head_counts=(counted,), waits=(waited,)), lang=lang)[0]
        )
        assert everywhere in more
        assert waiting in more
    assert "窗口" in flat(written(small(), lang="zh")[0])


def test_markup_is_shown_literally() -> None:
    text = '<b>bold</b> &amp; <img src="file:///etc/passwd"/> =1+1 \\n </para> %s {0}'
    data, _ = written(small(findings=(finding(text),)))
    assert re.sub(r"\s", "", text) in flat(data)
    assert pictures(data) == 0


def test_rare_characters_are_printed_or_named() -> None:
    data, result = written(small(findings=(finding("字𠮷㐀龘😀尾\x00"),)))
    text = flat(data)
    for char in "𠮷㐀龘😀␀":
        named = f"[U+{ord(char):04X}]"
        assert (char in text) != (char in result.missing_glyphs)
        assert (named in text) == (char in result.missing_glyphs)


def test_hidden_characters_are_made_visible() -> None:
    data, result = written(small(findings=(finding("a\u202eb\u200bc"),)))
    assert "[U+202E]" in flat(data)
    assert "\u202e" in result.missing_glyphs


def test_a_long_text_is_printed_whole() -> None:
    text = "".join(f"{number}号窗口空岗，" for number in range(3000))[:20_000]
    data, result = written(small(findings=(finding(text),)))
    printed = flat(data)
    assert result.pages > 20
    # It stands in the timeline and in its chapter, so a page break splits no sentence in both.
    assert [n for n in range(2100) if f"{n}号窗口空岗，" not in printed] == []


def test_pictures_and_their_reasons(draft: bytes) -> None:
    # Nine drawn photographs; the HEIC file has no picture and says so.
    assert pictures(draft) == 9
    assert "Thisfilecannotbeshownasapicturehere" in flat(draft)
    assert "IMG_0301.HEIC" in flat(draft)


def test_jpeg_files_go_in_byte_for_byte() -> None:
    record, originals = sample_record()
    given: list[bytes] = []

    class Noting(DrawnPhotos):
        def jpeg(self, sha256: str, box_width_px: int, box_height_px: int):
            answer = super().jpeg(sha256, box_width_px, box_height_px)
            given.append(answer[0])
            return answer

    data, _ = written(record, Noting(originals))
    assert len(given) == 9
    assert all(jpeg in data for jpeg in given)
    assert not any(original in data for original in originals.values())


def test_photographs_are_asked_for_at_200_dpi() -> None:
    record, originals = sample_record()
    widths: set[int] = set()

    class Noting(DrawnPhotos):
        def jpeg(self, sha256: str, box_width_px: int, box_height_px: int):
            widths.add(box_width_px)
            return super().jpeg(sha256, box_width_px, box_height_px)

    written(record, Noting(originals), photos_per_page=1)
    # Those of findings across the page, further ones two side by side, 5 mm apart.
    assert widths == {round(156 / 25.4 * 200), round((156 - 5) / 2 / 25.4 * 200)}


def test_the_copy_for_the_unit_holds_no_picture_that_may_show_people() -> None:
    record, originals = sample_record()
    data, _ = written(record, DrawnPhotos(originals), for_unit=True, embed_originals=True)
    assert pictures(data) == 0
    assert "nothandedover" in flat(data)

    first = next(item for item in record.evidence if item.sha256 in originals)
    looked = tuple(replace(item, free_of_people=item.id == first.id) for item in record.evidence)
    one, _ = written(
        replace(record, evidence=looked),
        DrawnPhotos(originals),
        for_unit=True,
        embed_originals=True,
    )
    assert pictures(one) == 1
    assert not any(original in one for original in originals.values())


def test_originals_are_embedded_only_when_asked() -> None:
    record, originals = sample_record()
    data, _ = written(record, DrawnPhotos(originals), embed_originals=True)
    assert sum(original in data for original in originals.values()) == 9


def test_four_to_a_page_takes_fewer_pages() -> None:
    pages = [sample(photos_per_page=count)[1].pages for count in (1, 2, 4)]
    assert pages == sorted(pages, reverse=True)
    assert pages[0] > pages[2]


def test_no_font_is_left_out_of_the_file(draft: bytes) -> None:
    assert b"/Helvetica" not in draft
    assert draft.count(b"/FontFile2") == draft.count(b"/Type /FontDescriptor") > 0


def test_streams_are_binary(draft: bytes) -> None:
    # As ASCII85 a document with 100 photographs takes 33 times as long.
    assert b"ASCII85Decode" not in draft
    assert b"FlateDecode" in draft


def test_nothing_of_the_machine_is_in_the_file(draft: bytes) -> None:
    for word in (b"/usr/", b"/tmp", b"/work", b"\\Users", b".ttf"):
        assert word not in draft


def test_metadata(draft: bytes) -> None:
    with opened(sample(office="督查室")[0]) as document:
        known = document.get_metadata_dict()
    assert known["Title"].startswith("Visit dossier: 河东市市民服务中心")
    assert known["Author"] == "督查室"
    assert known["CreationDate"] == "D:20261120141000+08'00'"
    assert "draft" in known["Subject"]


def test_bookmarks_and_contents_agree(draft: bytes) -> None:
    found = bookmarks(draft)
    titles = [title for level, title, _ in found if level == 0]
    assert titles[0] == "1. Summary" or titles[0] == "1.  Summary"
    assert sum(level == 1 for level, _, _ in found) == 5
    contents = re.sub(r"[^\S\n]+", " ", page_texts(draft)[1].replace("\r", ""))
    numbers = [int(n) for n in re.findall(r"(?m)^ ?(\d+) ?$", contents)]
    assert numbers == [page for _, _, page in found] or sorted(numbers) == sorted(
        page for _, _, page in found
    )


def test_page_numbers_stand_outside(draft: bytes) -> None:
    texts = page_texts(draft)
    assert "— 1 —" not in texts[0]
    for number, text in enumerate(texts[1:], 2):
        assert f"— {number} —" in text


def test_a_sealed_dossier_has_no_draft_mark() -> None:
    data, _ = sample(sealed=True)
    text = flat(data)
    assert "DRAFT" not in text
    assert hashlib.sha256(b"manifest").hexdigest() in text
    assert "Visit2026-0012" in text
    assert "provisional" not in text


def test_the_copy_for_paper_says_so() -> None:
    assert "Copyforpaper" in flat(sample(for_paper=True)[0])
    assert "Copyforpaper" not in flat(sample()[0])


def test_a_supplement_shows_old_and_new() -> None:
    old = finding("原文：05号窗口空岗10分钟")
    new = finding("更正：05号窗口空岗14分钟", id="f2", replaces="f1")
    gone = finding("误记", id="f3", void="看错窗口")
    data, _ = written(
        small(
            visit=Visit(id="v2", hall="h1", number=1, supplement_of="v1", edition=2),
            findings=(new, gone),
            replaced={"f1": old},
        )
    )
    text = flat(data)
    for part in ("原文：05号窗口空岗10分钟", "更正：05号窗口空岗14分钟", "看错窗口", "Edition2"):
        assert part in text


def test_a_corrected_statement_names_no_ids() -> None:
    corrected = finding("更正", id="f2", replaces="f1", official_number="1")
    said = {"finding": "f1", "visit": "v1", "observed_from": 1, "text": "当时去复印"}
    was = Statement(id="s1", position=Position.DISAGREE, **said)
    now = Statement(id="s2", position=Position.EXPLAIN, replaces="s1", **{**said, "visit": "v2"})
    data, _ = written(
        small(
            visit=Visit(id="v2", hall="h1", number=1, supplement_of="v1", edition=2),
            findings=(corrected,),
            statements=(now,),
            replaced={"f1": finding("原文"), "s1": was},
        ),
        lang="zh",
    )
    text = flat(data)
    assert "有异议作出说明" in text
    assert "f1" not in text
    assert "f2" not in text
    assert "更正已封存走访的补充走访" in text


def test_not_looked_at_is_a_dash_and_counts_nothing() -> None:
    record, _ = sample_record()
    data, _ = written(replace(record, sightings=(), sweeps=(), placements=(), evidence=()))
    assert "Noneofthe0windows" in flat(data)


def test_the_same_record_gives_the_same_bytes_in_another_process() -> None:
    script = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from tests.report.reading import sample\n"
        "print(sample(photos_per_page=4)[1].sha256)\n"
    )
    command = [sys.executable, "-c", script, str(ROOT)]
    other = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    data, result = sample(photos_per_page=4)
    assert other.stdout.strip() == result.sha256 == hashlib.sha256(data).hexdigest()
    assert result.bytes == len(data)


def test_a_path_is_replaced_only_when_all_is_written(tmp_path: Path) -> None:
    target = tmp_path / "dossier.pdf"
    target.write_bytes(b"before")
    record, originals = sample_record()

    class Stop:
        steps = 0

        def start(self, label: str, total: int) -> None: ...

        def step(self, count: int = 1) -> None:
            self.steps += 1
            if self.steps > 6:
                raise Cancelled

    options = DossierOptions(lang="en", made_ms=at(14, 10))
    with pytest.raises(Cancelled):
        write_dossier(record, options, DrawnPhotos(originals), target, Stop())
    assert target.read_bytes() == b"before"
    assert [path.name for path in tmp_path.iterdir()] == ["dossier.pdf"]
    result = write_dossier(record, options, DrawnPhotos(originals), target)
    assert hashlib.sha256(target.read_bytes()).hexdigest() == result.sha256
    assert [path.name for path in tmp_path.iterdir()] == ["dossier.pdf"]


def test_reportlab_settings_are_put_back() -> None:
    from reportlab import rl_config

    before = (rl_config.useA85, rl_config.invariant)
    sample()
    assert (rl_config.useA85, rl_config.invariant) == before


def test_a_hostile_picture_is_named_not_drawn() -> None:
    class Broken:
        def jpeg(self, sha256: str, box_width_px: int, box_height_px: int):
            return b"\xff\xd8 not a picture", 10, 10

        def stands_in(self, sha256: str) -> bool:
            return False

        def original(self, sha256: str) -> bytes:
            raise FileNotFoundError(sha256)

    item = Evidence(id="e1", sha256="cd" * 32, mime="image/jpeg", original_name="a\u202egpj.exe")
    data, _ = written(small(evidence=(item,)), Broken())
    assert pictures(data) == 0
    assert "cd" * 32 in flat(data)


def test_an_empty_visit_makes_a_dossier() -> None:
    out = io.BytesIO()
    result = write_dossier(small(), DossierOptions(), DrawnPhotos({}), out)
    assert result.pages >= 4
