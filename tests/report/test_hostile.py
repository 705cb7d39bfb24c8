"""Whatever people type reaches the paper: every text of a record, character for character."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

import pypdfium2.raw as pdfium
import pytest

from inspector.domain.record import PARTS
from tests.report.reading import flat, opened, written
from tests.report.sample.photographs import DrawnPhotos
from tests.report.sample.record import sample_record

if TYPE_CHECKING:
    from inspector.domain.entities import Entity
    from inspector.domain.record import VisitRecord
    from inspector.report.dossier import PaperResult

#: Markup of three kinds, a formula, a format string, characters outside the first plane.
HOSTILE = "<b>{name}</b>&amp;<img/>=1+1%s{{0}}\\n𠮷㐀"
#: Fields that are references, digests or codes, or that no paper names.
CODES = {
    "id", "void", "visit", "observer", "sha256", "mime", "replaces", "official_number", "device",
    "finding", "evidence", "target", "round", "window", "item", "manifest", "record", "secret",
    "previous", "identity_by", "described_by", "second_person", "sheet", "person", "code", "unit",
    "checklist", "hall", "trip", "leader", "valid_from", "valid_to", "parent", "phase",
    "covered_by", "supplement_of", "camera", "abbreviation",
}  # fmt: skip


def spoiled(entity: Entity, put: dict[str, str], name: str) -> Any:
    """Return `entity` with a hostile text of its own in every field for free text."""
    changes: dict[str, Any] = {}
    for item in fields(entity):
        value = getattr(entity, item.name)
        if item.name in CODES or type(value) not in (str, tuple) or not value:
            continue
        key = f"{name}.{item.name}"
        text = HOSTILE.format(name=key)
        if isinstance(value, str):
            changes[item.name] = put[key] = text
        elif item.name in ("people_present", "opinions", "matters"):
            changes[item.name] = (text,)
            put[key] = text
    return replace(entity, **changes)


def spoiled_record() -> tuple[VisitRecord, dict[str, bytes], dict[str, str]]:
    record, originals = sample_record()
    put: dict[str, str] = {}
    changes: dict[str, Any] = {
        name: tuple(spoiled(entity, put, name) for entity in getattr(record, name))
        for name in PARTS
    }
    changes["trip"] = spoiled(record.trip, put, "trip")
    changes["hall"] = spoiled(record.hall, put, "hall")
    changes["persons"] = {k: spoiled(v, put, "persons") for k, v in record.persons.items()}
    changes["units"] = {k: spoiled(v, put, "units") for k, v in record.units.items()}
    changes["situations"] = {
        code: replace(each, zh=f"<i>{code}</i>类", en=f"<i>{code}</i>&lt;")
        for code, each in record.situations.items()
    }
    return replace(record, **changes), originals, put


def on_paper(text: str, result: PaperResult) -> str:
    """Return `text` as it is printed: characters that no font has as their numbers."""
    text = re.sub(r"\s", "", text)
    for char in result.missing_glyphs:
        text = text.replace(char, f"[U+{ord(char):04X}]")
    return text


@pytest.fixture(scope="module")
def printed() -> tuple[str, dict[str, str]]:
    record, originals, put = spoiled_record()
    data, result = written(record, DrawnPhotos(originals))
    return flat(data), {key: on_paper(text, result) for key, text in put.items()}


def test_every_text_is_printed_whole(printed: tuple[str, dict[str, str]]) -> None:
    text, put = printed
    assert len(put) > 30
    assert [key for key, value in put.items() if value not in text] == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_name_of_twenty_thousand_characters_stays_on_the_paper(lang: str) -> None:
    record, _ = sample_record()
    name = "".join(f"{number}号大厅，" for number in range(3000))[:19_990] + "终"
    data, result = written(replace(record, hall=replace(record.hall, name=name)), lang=lang)
    assert name[-8:] in flat(data)
    with opened(data) as document:
        assert len(document) == result.pages
        for sheet in document:
            text = sheet.get_textpage()
            bottoms = [
                item.get_bounds()[1]
                for item in sheet.get_objects([pdfium.FPDF_PAGEOBJ_TEXT], textpage=text)
            ]
            assert min(bottoms, default=60.0) > 50
            text.close()
            sheet.close()


def test_directions_and_controls_are_shown_in_every_kind_of_place() -> None:
    record, _ = sample_record()
    text = "a\u202eb\x00c\u2066d😀"
    changed = replace(
        record,
        hall=replace(record.hall, name=text),
        findings=(replace(record.findings[0], text=text, basis=text),),
        remarks=(replace(record.remarks[0], text=text),),
        statements=(replace(record.statements[0], text=text, speaker=text),),
        evidence=(replace(record.evidence[0], caption=text, original_name=text),),
    )
    data, result = written(changed)
    shown = on_paper("a\u202eb\u2400c\u2066d😀", result)
    assert "[U+202E]b" in shown
    assert flat(data).count(shown) >= 12
    assert not {"\u202e", "\u2066", "\x00"} & set(flat(data))
