"""Small files as QR codes: on a screen or as pictures, and back from pictures of them.

A picture comes from anybody: it is decoded only in the guarded worker process. What the codes say
is a file like any other, and is proved where such files are taken in.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

from inspector.base.errors import MingchaError
from inspector.base.system_reasons import reason_of
from inspector.ledger import joining
from inspector.ledger.paper_rows import is_rows
from inspector.media.worker import Workers
from inspector.operations.membership_files import write_file
from inspector.report.qr import qr_picture, qr_squares
from inspector.sync import receipt_file
from inspector.sync.code_parts import MOST_BYTES, Broken, Parts, TooLarge, split
from inspector.sync.depots import file

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from inspector.report.qr import Squares

__all__ = ["Workers"]

#: Bytes of a picture that is looked at.
_MOST_PICTURE = 64 << 20
_MISSING = "code_reader_missing"


def read_small(path: Path) -> bytes:
    """Return the bytes of a file that is to be shown as codes.

    Raises MingchaError `file_missing`, `file_unreadable`, `code_too_large`.
    """
    data = _read(path, MOST_BYTES)
    if len(data) > MOST_BYTES:
        raise MingchaError("code_too_large", name=path.name)
    return data


class Kind(Enum):
    """What a small file is, as its first line says."""

    INVITATION = "invitation"
    REQUEST = "request"
    ADMISSION = "admission"
    RECEIPT = "receipt"
    VISIT = "visit"
    OTHER = "other"


_MAGIC = {
    joining.INVITATION_MAGIC: Kind.INVITATION,
    joining.REQUEST_MAGIC: Kind.REQUEST,
    joining.ADMISSION_MAGIC: Kind.ADMISSION,
    receipt_file.MAGIC: Kind.RECEIPT,
    file.MAGIC: Kind.VISIT,
}


def kind_of(data: bytes) -> Kind:
    """Tell what a small file is; that it is sound is proved where it is taken in."""
    return next((kind for magic, kind in _MAGIC.items() if data.startswith(magic)), Kind.OTHER)


def codes_of(data: bytes, name: str) -> tuple[str, ...]:
    """Return the texts of the codes for a file. Raises MingchaError `code_too_large`."""
    try:
        return split(data)
    except TooLarge as error:
        raise MingchaError("code_too_large", name=name) from error


def squares_of(data: bytes, name: str) -> tuple[Squares, ...]:
    """Return the codes for a file as squares, for a screen. Raises as `codes_of`."""
    return tuple(map(qr_squares, codes_of(data, name)))


def write_codes(
    data: bytes, target: Path, *, overwrite: bool = False, chosen: bool = False
) -> tuple[Path, ...]:
    """Write the codes for a file as pictures (PNG): one under `target`, several with numbers.

    What is there is written over only with `overwrite`, or, with `chosen`, at `target` itself,
    which a person named knowing of it: of the numbered names nobody was asked. Raises MingchaError
    `code_too_large`, `pictures_exist` before anything is written, `export_failed`.
    """
    texts = codes_of(data, target.name)
    several = len(texts) > 1
    pictures = tuple(
        target.with_name(f"{target.stem}-{number:02}{target.suffix}") if several else target
        for number in range(1, len(texts) + 1)
    )
    taken = [each for each in pictures if os.path.lexists(each)]
    if taken and not overwrite and not (chosen and not several):
        raise MingchaError("pictures_exist", path=taken[0], count=len(taken))
    for picture, text in zip(pictures, texts, strict=True):
        write_file(picture, qr_picture(text))
    return pictures


@dataclass
class Reading:
    """Codes that are read one picture after the other, until a file is whole.

    parts: those of the file that was read of last; rows: what a printed receipt holds. A camera
    sees other codes as well, which say nothing here, and pictures of other files get among them.
    """

    parts: Parts = field(default_factory=Parts)
    rows: str = ""
    _begun: dict[tuple[str, int], Parts] = field(default_factory=dict)

    def take(self, texts: Iterable[str]) -> None:
        """Take what codes say, until a file is whole."""
        for text in texts:
            if self.is_whole:
                return
            part = Parts()
            if part.add(text):
                self.parts = self._begun.setdefault((part.mark, part.count), part)
                self.parts.add(text)
            elif is_rows(text):
                self.rows = text

    @property
    def is_whole(self) -> bool:
        """Whether nothing lacks any more."""
        return bool(self.rows) or (self.parts.count > 0 and not self.parts.missing)

    def made(self) -> bytes:
        """Return the file, or the rows as a text.

        Raises MingchaError `code_none`, `code_incomplete`, `code_broken`.
        """
        if self.rows:
            return self.rows.encode()
        if not self.parts.count:
            raise MingchaError("code_none")
        if self.parts.missing:
            numbers = ", ".join(map(str, self.parts.missing))
            raise MingchaError("code_incomplete", numbers=numbers, count=self.parts.count)
        try:
            return self.parts.whole()
        except Broken as error:
            raise MingchaError("code_broken") from error


def texts_in(workers: Workers, picture: bytes) -> tuple[str, ...]:
    """Return what the QR codes in a picture say; on any thread but that of the windows.

    Raises MingchaError `code_reader_missing` where the library for it is not installed, `code_none`
    for what is no picture, or a broken one.
    """
    reply = workers.run("codes", picture)
    if reply.problem:
        raise MingchaError(_MISSING if reply.problem == _MISSING else "code_none")
    return tuple(str(each) for each in reply.facts.get("texts", ()))


def texts_in_file(workers: Workers, path: Path) -> tuple[str, ...]:
    """Return what the QR codes in a picture file say.

    Raises MingchaError `file_missing`, `file_unreadable`, and as `texts_in`.
    """
    data = _read(path, _MOST_PICTURE)
    if len(data) > _MOST_PICTURE:
        raise MingchaError("code_none")
    return texts_in(workers, data)


def read_pictures(pictures: Iterable[Path]) -> bytes:
    """Return the file that the codes in pictures make, in any order. Needs no workspace.

    Raises MingchaError `file_missing`, `file_unreadable`, as `texts_in` and `Reading.made`.
    """
    reading = Reading()
    with Workers(1) as workers:
        for picture in pictures:
            reading.take(texts_in_file(workers, picture))
    return reading.made()


def _read(path: Path, most: int) -> bytes:
    """Return the bytes of a file; of a larger one, one more than `most`."""
    try:
        with path.open("rb") as opened:
            return opened.read(most + 1)
    except FileNotFoundError:
        raise MingchaError("file_missing", name=path.name) from None
    except OSError as error:
        raise MingchaError("file_unreadable", name=path.name, reason=reason_of(error)) from error
