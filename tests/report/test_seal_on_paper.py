"""The seal as printed: its hash, and its code read from the rendered page."""

from __future__ import annotations

from dataclasses import replace

import pypdfium2.raw as pdfium

from inspector.domain.entities import Hall, Seal, Visit
from inspector.domain.record import VisitRecord
from inspector.domain.signing import Flaw, SealSigner, SignatureState
from inspector.report import page
from inspector.report.page import MM
from inspector.report.qr import qr_squares
from tests.report.reading import flat, opened, written
from tests.report.sample.moments import typed


def test_the_code_on_paper_is_the_code_of_the_manifest() -> None:
    manifest = "5e" * 32
    seal = Seal(id="s", visit="v1", manifest=manifest, entered=typed("p1", 14, 0))
    data, result = written(
        VisitRecord(
            visit=Visit(id="v1", hall="h1", number=1),
            hall=Hall(id="h1", name="大厅"),
            seals=(seal,),
        )
    )
    text = flat(data)
    assert manifest in text
    assert "inspectorcheck--against" in text
    modules = qr_squares(f"mingcha:seal:{manifest}")
    with opened(data) as document:
        sheet = document[result.pages - 1]
        scale = 8
        picture = sheet.render(scale=scale, grayscale=True).to_pil()
        found = [
            item.get_bounds()
            for item in sheet.get_objects([pdfium.FPDF_PAGEOBJ_PATH])
            if item.get_bounds()[2] - item.get_bounds()[0] < 34 * MM + 1
            and item.get_bounds()[2] < page.LEFT + 45 * MM
        ]
        sheet.close()
    left, top = min(box[0] for box in found), max(box[3] for box in found)
    unit = 34 * MM / len(modules)
    for row, line in enumerate(modules):
        for column, dark in enumerate(line):
            x = (left + (column + 0.5) * unit) * scale
            y = (page.PAGE_HEIGHT - top + (row + 0.5) * unit) * scale
            assert (picture.getpixel((round(x), round(y))) < 128) == dark, (row, column)


def test_the_seal_names_who_signed_with_which_key() -> None:
    key = "SHA256:irbjncTCLBPqqbo/wDfOKLZNI0Bc1j2j1/DwvbJtJi4"
    signers = (
        SealSigner("p1", "李娜", SignatureState.VALID, key, typed("p1", 14, 5)),
        SealSigner("p2", "王强", SignatureState.MISSING, key[:-1] + "5"),
        SealSigner("p3", "赵敏", SignatureState.NO_KEY),
        SealSigner("p4", "周某", SignatureState.INVALID, key[:-1] + "6", flaw=Flaw.ALTERED),
    )
    record = VisitRecord(
        visit=Visit(id="v1", hall="h1", number=1),
        hall=Hall(id="h1", name="大厅"),
        seals=(Seal(id="s", visit="v1", manifest="5e" * 32, entered=typed("p1", 14, 0)),),
        signers=signers,
    )
    text = flat(written(record)[0])
    for part in (
        *(each.fingerprint for each in signers),
        "Signed:李娜,",
        "14:05",
        "Unsigned:王强,hasakeyandhasnotsignedyet",
        "Unsigned:赵敏,withoutakey",
        "Invalid:asignatureof周某thatdoesnotcount",
    ):
        assert part in text
    assert "Signed:" not in flat(written(replace(record, signers=()))[0])
