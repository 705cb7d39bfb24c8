"""From a finished reportlab canvas to a file, object by object.

reportlab joins the whole document in memory before it writes. A dossier may hold hundreds of
photographs, so here their bytes wait in a temporary file and each object is written as soon as
it is formatted.
"""

from __future__ import annotations

import hashlib
import io
import tempfile
from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType
    from typing import BinaryIO

_COLOUR_SPACES = {1: "DeviceGray", 3: "DeviceRGB"}


@dataclass(frozen=True, slots=True)
class JpegImage:
    """A picture of a document: its size in pixels, and the stream that reportlab writes."""

    name: str
    width: int
    height: int
    stream: Any


class Spool:
    """JPEG files of one document in a temporary file, which closing removes."""

    def __init__(self) -> None:
        # Closed in __exit__: the spool lives as long as its document.
        self._file = tempfile.TemporaryFile(prefix="mingcha-")  # noqa: SIM115
        self._end = 0

    def __enter__(self) -> Spool:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()

    def add(self, name: str, jpeg: bytes) -> JpegImage | None:
        """Keep a JPEG file; None if it is not one that a PDF can carry as it is.

        Only grey and RGB are taken: four inks are stored inverted by some programs.
        """
        from reportlab.pdfbase import pdfutils

        try:
            width, height, components = pdfutils.readJPEGInfo(io.BytesIO(jpeg))[:3]
        except Exception:  # noqa: BLE001 - reportlab raises bare and private classes here
            return None
        if components not in _COLOUR_SPACES or not width or not height:
            return None
        stream = _stream_class()(name, partial(self.read, self._end, len(jpeg)))
        stream.width, stream.height = width, height
        stream.colorSpace = _COLOUR_SPACES[components]
        self._file.seek(self._end)
        self._file.write(jpeg)
        self._end += len(jpeg)
        return JpegImage(name, width, height, stream)

    def read(self, start: int, length: int) -> bytes:
        """Return the bytes of one file."""
        self._file.seek(start)
        return self._file.read(length)


@cache
def _stream_class() -> Any:
    """Return the class of pictures that are read back only to be written.

    Made on first use, because reportlab takes 160 ms that start-up must not wait for.
    """
    from reportlab.pdfbase import pdfdoc

    class JpegStream(pdfdoc.PDFImageXObject):  # type: ignore[misc]
        def __init__(self, name: str, read: Callable[[], bytes]) -> None:
            self.name = name
            self.mask = None
            self.bitsPerComponent = 8
            self._filters = ("DCTDecode",)
            self._read = read

        @property
        def streamContent(self) -> bytes:
            return self._read()

    return JpegStream


class _Sink:
    """Counts and hashes what is written."""

    def __init__(self, target: BinaryIO) -> None:
        self._target = target
        self._hash = hashlib.sha256()
        self.offset = 0

    def add(self, data: bytes | str) -> int:
        raw = data if isinstance(data, bytes) else data.encode("latin-1")
        start = self.offset
        self._target.write(raw)
        self._hash.update(raw)
        self.offset += len(raw)
        return start

    def digest(self) -> str:
        return self._hash.hexdigest()


def write_document(canvas: Any, target: BinaryIO) -> tuple[int, str]:
    """Write the document of `canvas`; returns its size in bytes and its SHA-256.

    Does what `PDFDocument.GetPDFData` and `format` do, without holding the result.
    """
    from reportlab.pdfbase import pdfdoc

    document = canvas._doc
    for font in document.delayedFonts:
        font.addObjects(document)
    document.info.invariant = document.invariant
    document.info.digest(document.signature)
    catalog = document.Reference(document.Catalog)
    info = document.Reference(document.info)
    document.Outlines.prepare(document, canvas)
    if document.Outlines.ready < 0:
        document.Catalog.Outlines = None
    document.encrypt.prepare(document)
    sink = _Sink(target)
    for header in pdfdoc.PDFFile(document._pdfVersion).strings:
        sink.add(header)
    ids = _objects(document, sink)
    _trailer(document, sink, ids, catalog, info)
    return sink.offset, sink.digest()


def _objects(document: Any, sink: _Sink) -> list[str]:
    """Write every object; formatting one may append others."""
    from reportlab.pdfbase import pdfdoc

    ids: list[str] = []
    while len(ids) + 1 in document.numberToId:
        name = document.numberToId[len(ids) + 1]
        indirect = pdfdoc.PDFIndirectObject(name, document.idToObject[name])
        document.idToOffset[name] = sink.add(indirect.format(document))
        ids.append(name)
    return ids


def _trailer(document: Any, sink: _Sink, ids: list[str], catalog: Any, info: Any) -> None:
    from reportlab.pdfbase import pdfdoc

    table = pdfdoc.PDFCrossReferenceTable()
    table.addsection(0, ids)
    start = sink.add(table.format(document))
    trailer = pdfdoc.PDFTrailer(
        startxref=start, Size=len(ids) + 1, Root=catalog, Info=info, ID=document.ID()
    )
    sink.add(trailer.format(document))
