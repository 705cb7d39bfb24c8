"""Scenes of the evidence: photographs of a visit, one by one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, cast

from PIL import Image, ImageDraw

from inspector.domain.entities import Evidence, Finding
from inspector.domain.vocabulary import Phase, TargetKind, TimeSource
from inspector.operations.evidence import Taking, add_photos, place
from inspector.operations.findings import add_finding
from inspector.operations.places import windows_of
from inspector.operations.placing import set_aside
from inspector.operations.recording import get
from inspector.operations.seeing import Typed, seen_from
from inspector.operations.visits import change_phase, reveal
from tests.support.freeing import free, on_media_of_their_own, proved, two_media

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from inspector.operations.session import Session
    from tests.scenes.stage import Scene, Stage
    from ui.pages.evidence.page import EvidencePage


def drawn(folder: Path, number: int, ms: int) -> Path:
    """Write a photograph of a hall with counters, taken at `ms` in the zone of China."""
    path = folder / f"IMG_{412 + number:04}.jpg"
    path.parent.mkdir(parents=True, exist_ok=True)
    image = Image.new("RGB", (1200, 900), (206, 210, 214))
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 160, 1200, 260), fill=(46, 92, 140))
    for counter in range(4):
        left = 40 + counter * 290
        pen.rectangle((left, 290, left + 260, 480), fill=(236, 240, 243))
        pen.rectangle((left + 20, 310, left + 240, 350), fill=(20, 24, 28))
        if (counter + number) % 3:
            pen.ellipse((left + 100, 380, left + 160, 440), fill=(40, 52, 66))
    pen.rectangle((0, 480, 1200, 560), fill=(140, 98, 56))
    pen.rectangle((0, 560, 1200, 900), fill=(178 - 6 * number, 172, 160))
    taken = datetime.fromtimestamp(ms / 1000, UTC) + timedelta(hours=8)
    exif = Image.Exif()
    exif[0x0110] = "Pura 70"
    exif.get_ifd(0x8769).update({0x9003: f"{taken:%Y:%m:%d %H:%M:%S}", 0x9011: "+08:00"})
    image.save(path, "JPEG", exif=exif, quality=80)
    return path


def _do(stage: Stage, work: object) -> object:
    got: list[object] = []
    stage.desk.act(stage.window, work, got.append)  # type: ignore[arg-type]
    stage.settle()
    return got[0]


def bring(
    session: Session, visit: str, hall: str, folder: Path, *, overt: bool = True
) -> tuple[str, ...]:
    """Bring five photographs and a paper into a visit with two findings; return their ids.

    The third is placed at the first finding, the fourth is not used; the fifth states no time.
    """
    now = seen_from(session, visit, Typed())
    if overt:
        reveal(session, visit, now, to_whom="值班主任", document="督查证")
        change_phase(session, visit, Phase.OVERT, now)
    window = windows_of(session, hall)[4]
    texts = ("05 号窗口无人在岗，叫号屏仍在叫号，现场 8 名群众等候。", "办事指南为 2024 年版本。")
    found = [
        add_finding(
            session, Finding(id="", visit=visit, text=text, severity=2, window=window.id), now
        )
        for text in texts
    ]
    at = found[0].observed_from or 0
    files = [drawn(folder, number, at + number * 47_000) for number in range(5)]
    Image.open(files[4]).save(folder / "mmexport1.jpg", "JPEG", quality=60)
    paper = folder / "签到表.pdf"
    paper.write_bytes(b"%PDF-1.7 list of who was there")
    files = [*files[:4], folder / "mmexport1.jpg", paper]
    unknown = replace(now, start=None, source=TimeSource.PHOTOGRAPH)
    ids = [each.evidence for each in add_photos(session, visit, files, Taking(unknown))]
    place(session, ids[2], TargetKind.FINDING, found[0].id)
    set_aside(session, visit, [ids[3]])
    return tuple(ids)


def brought(stage: Stage, *, overt: bool = True) -> tuple[str, ...]:
    """Bring the photographs of this page's scenes."""
    office = stage.office
    folder = office.root.parent / "pictures"
    made = _do(
        stage, lambda session: bring(session, office.covert, office.hall, folder, overt=overt)
    )
    return cast("tuple[str, ...]", made)


def shown(stage: Stage, visit: str, **more: str) -> EvidencePage:
    """Go to the photographs of a visit and wait until the one stood on is loaded."""
    page = cast("EvidencePage", stage.go("evidence", visit, **more))
    stage.until(lambda: page.album is not None)
    viewer = page.viewer
    stage.until(
        lambda: (
            viewer.item is None
            or viewer.canvas.image is not None
            or viewer.notice is not None
            or page.strip.is_covered
        )
    )
    if page.strip.current is not None:
        stage.until(lambda: page.facts.shown is not None)
    stage.settle()
    return page


def unplaced(stage: Stage) -> QWidget:
    """The first photograph has no place yet; two findings of the same minute are suggested."""
    brought(stage)
    shown(stage, stage.office.covert)
    return stage.window


def placed(stage: Stage) -> QWidget:
    """A photograph that stands with the first finding."""
    ids = brought(stage)
    shown(stage, stage.office.covert, photo=ids[2])
    return stage.window


def no_picture(stage: Stage) -> QWidget:
    """A paper among the photographs."""
    ids = brought(stage)
    shown(stage, stage.office.covert, photo=ids[5])
    return stage.window


def differing(stage: Stage) -> QWidget:
    """A file is not what was stored any more."""
    ids = brought(stage)
    page = shown(stage, stage.office.covert, photo=ids[2])

    def spoil(session: Session) -> None:
        sha256 = get(session, Evidence, ids[2]).sha256
        root = session.store.workspace.root / "media"
        [blob] = [each for each in root.rglob(f"*{sha256[4:]}*") if each.is_file()]
        blob.chmod(0o600)
        blob.write_bytes(b"something else")

    _do(stage, spoil)
    page.facts.check.click()
    stage.until(lambda: page.facts.verdict.text() != "")
    stage.settle()
    page.facts.check.setFocus()
    return stage.window


def sealed(stage: Stage) -> QWidget:
    """A sealed visit can be looked at."""
    page = shown(stage, stage.office.sealed)
    page.strip.uncover.click()
    stage.until(lambda: page.viewer.canvas.image is not None)
    return stage.window


def elsewhere(stage: Stage) -> QWidget:
    """The originals of a sealed visit were freed here; small pictures stand in for them."""
    brought(stage)  # nobody is covert any more

    def freed(session: Session) -> None:
        at, share = two_media(session, stage.office.root.parent / "exchange")
        proved(session, str(at.stick), share.address)
        on_media_of_their_own(session, at.depot, share.depot)
        free(session, stage.office.sealed)

    _do(stage, freed)
    page = shown(stage, stage.office.sealed)
    stage.until(lambda: page.viewer.canvas.image is not None and not page.viewer.away.isHidden())
    return stage.window


def covert(stage: Stage) -> QWidget:
    """While a covert part goes on, no picture is shown by itself."""
    brought(stage, overt=False)
    shown(stage, stage.office.covert)
    return stage.window


def empty(stage: Stage) -> QWidget:
    """A visit without photographs."""
    stage.go("evidence", stage.office.prepared)
    return stage.window


def choosing(stage: Stage) -> QWidget:
    """No visit is named: nothing goes on, so one is chosen."""
    page = cast("EvidencePage", stage.go("evidence", stage.office.prepared))
    page.show_choice()
    stage.settle()
    return stage.window


def listing(stage: Stage) -> QWidget:
    """Everything that a photograph may belong to."""
    brought(stage)
    page = shown(stage, stage.office.covert)
    page.acting.list_places()
    assert page.acting.dialog is not None
    return page.acting.dialog


def clock_card(stage: Stage) -> QWidget:
    """The card over the whole screen."""
    brought(stage)
    page = shown(stage, stage.office.covert)
    page.acting.show_card()
    card = page.acting.card
    assert card is not None
    card.showNormal()
    card.resize(1280, 680)
    stage.until(lambda: card.face.has_code)
    return card


def measuring(stage: Stage) -> QWidget:
    """What the card shows on a photograph."""
    brought(stage)
    page = shown(stage, stage.office.covert)
    page.acting.measure()
    dialog = page.acting.dialog
    assert dialog is not None
    dialog.field.setText("10:00:00")  # type: ignore[attr-defined]
    return dialog


def timing(stage: Stage) -> QWidget:
    """A file that states no time is given one."""
    ids = brought(stage)
    page = shown(stage, stage.office.covert, photo=ids[4])
    page.acting.give_time()
    assert page.acting.dialog is not None
    return page.acting.dialog


SCENES: tuple[Scene, ...] = (
    *(unplaced, placed, no_picture, differing, sealed, elsewhere, covert, empty, choosing),
    *(listing, clock_card, measuring, timing),
)
