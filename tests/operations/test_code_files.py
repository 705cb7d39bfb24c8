"""Small files as codes and back from pictures: turned, photographed, mixed up, hostile."""

from __future__ import annotations

import os
import random
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from inspector.ledger import paper_rows
from inspector.media.worker import Workers
from inspector.operations import code_files
from inspector.operations.code_files import (
    Kind,
    Reading,
    kind_of,
    read_pictures,
    read_small,
    squares_of,
    texts_in,
    write_codes,
)
from tests.support.organisation import Office, invite, office, refused

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    with Workers(1) as made:
        yield made


def photographed(path: Path, target: Path, turn: float) -> Path:
    """Save a picture of a screen as a telephone takes it: turned, grey, smaller, as JPEG."""
    with Image.open(path) as code:
        scene = Image.new("L", (1600, 1200), 96)
        turned = code.convert("L").resize((900, 900)).rotate(turn, fillcolor=96, expand=True)
        scene.paste(turned, (180, 20))
        scene.save(target, "JPEG", quality=70)
    return target


def test_a_file_comes_back_from_photographs_in_any_order(tmp_path: Path) -> None:
    data = os.urandom(1100)
    written = write_codes(data, tmp_path / "codes.png")
    assert [each.name for each in written] == ["codes-01.png", "codes-02.png", "codes-03.png"]
    taken = [photographed(path, path.with_suffix(".jpg"), 7 * n) for n, path in enumerate(written)]
    random.Random(1).shuffle(taken)
    assert read_pictures(taken) == data
    with refused("code_incomplete"):
        read_pictures(taken[1:])
    with refused("code_none"):
        read_pictures([])


def test_pictures_that_are_there_are_not_written_over_unasked(tmp_path: Path) -> None:
    before = tmp_path / "codes-02.png"
    before.write_bytes(b"somebody's photograph")
    data = os.urandom(1100)
    for chosen in (False, True):
        with refused("pictures_exist"):
            write_codes(data, tmp_path / "codes.png", chosen=chosen)
    assert before.read_bytes() == b"somebody's photograph"
    assert list(tmp_path.iterdir()) == [before]  # nothing was begun either
    assert read_pictures(write_codes(data, tmp_path / "codes.png", overwrite=True)) == data
    # One picture under the very name that was chosen.
    one = tmp_path / "one.png"
    one.write_bytes(b"x")
    with refused("pictures_exist"):
        write_codes(b"small", one)
    assert read_pictures(write_codes(b"small", one, chosen=True)) == b"small"


def test_an_invitation_fits_and_is_known_for_what_it_is(tmp_path: Path) -> None:
    at: Office = office(tmp_path)
    with at.session:
        invite(at.session, at.signer, tmp_path / "i")
    data = read_small(tmp_path / "i")
    assert kind_of(data) is Kind.INVITATION
    assert kind_of(b"x") is Kind.OTHER
    assert read_pictures(write_codes(data, tmp_path / "i.png")) == data
    assert len(squares_of(data, "i")) == len(code_files.codes_of(data, "i"))


def test_rows_of_a_printed_receipt_are_read_as_they_are(tmp_path: Path) -> None:
    rows = "\n".join(paper_rows.rows(bytes(20), b"receipt"))
    reading = Reading()
    reading.take([rows])
    assert reading.is_whole
    assert reading.made().decode() == rows


def test_codes_of_others_that_a_camera_sees_as_well_change_nothing() -> None:
    """A poster on the wall, a picture of last week: what is meant is read all the same."""
    before, data = (code_files.codes_of(os.urandom(700), "x") for _ in range(2))
    reading = Reading()
    reading.take(["https://example.org/notice", "WIFI:S:guest;;", ""])
    assert not reading.is_whole
    with refused("code_none"):
        reading.made()
    reading.take(before[:1])
    for text in data:
        assert not reading.is_whole
        reading.take([text, "https://example.org/notice"])
    assert code_files.codes_of(reading.made(), "x") == data


def test_codes_of_something_else_make_nothing(tmp_path: Path) -> None:
    one, other = os.urandom(700), os.urandom(700)
    pictures = [
        write_codes(one, tmp_path / "one.png")[0],
        write_codes(other, tmp_path / "other.png")[1],
    ]
    with refused("code_incomplete"):
        read_pictures(pictures)


def test_what_is_too_large_is_told(tmp_path: Path) -> None:
    with refused("code_too_large"):
        write_codes(os.urandom(40_000), tmp_path / "x.png")
    (tmp_path / "large").write_bytes(bytes(300_000))
    with refused("code_too_large"):
        read_small(tmp_path / "large")
    with refused("file_missing"):
        read_small(tmp_path / "missing")


@pytest.mark.parametrize("data", [b"", b"x" * 5000, b"\x89PNG\r\n\x1a\n" + b"x" * 500, b"GIF89a"])
def test_what_is_no_picture_is_told(workers: Workers, data: bytes) -> None:
    with refused("code_none"):
        texts_in(workers, data)


def test_a_picture_that_would_fill_the_memory_is_refused_by_the_worker(workers: Workers) -> None:
    from io import BytesIO

    bomb = BytesIO()
    Image.new("1", (13_000, 13_000)).save(bomb, "PNG")
    with refused("code_none"):
        texts_in(workers, bomb.getvalue())
    Image.new("L", (64, 64), 255).save(bomb := BytesIO(), "PNG")
    assert texts_in(workers, bomb.getvalue()) == ()


def test_without_the_library_it_is_said_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The worker is a process of its own: it looks for the library where Python is told to."""
    (tmp_path / "zxingcpp.py").write_text("raise ImportError('not here')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with refused("code_reader_missing"):
        read_pictures(write_codes(b"x", tmp_path / "x.png"))
