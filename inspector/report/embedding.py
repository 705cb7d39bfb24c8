"""A TrueType font for reportlab with a unique name and a correct map back to Unicode."""

from __future__ import annotations

from functools import cache
from typing import Any


def embedded_font(name: str, path: str, index: int) -> Any:
    """Return the face `index` of a font file for reportlab, embedded under `name`.

    Raises ValueError if reportlab cannot use it.
    """
    from reportlab.pdfbase.ttfonts import TTFError

    try:
        return _font_class()(name, path, index)
    except TTFError as error:
        raise ValueError(str(error)) from error


@cache
def _font_class() -> Any:
    """Return reportlab's subset font with two corrections, made on first use.

    The embedded name is the given one, because subsets of two files with one PostScript name would
    be merged into one. Characters beyond U+FFFF are mapped back as UTF-16, so that copying and
    searching find them.
    """
    from reportlab.pdfbase.ttfonts import SUBSETN, TTFont

    class EmbeddedFont(TTFont):  # type: ignore[misc]
        def __init__(self, name: str, path: str, index: int) -> None:
            super().__init__(name, path, subfontIndex=index, asciiReadable=False, shapable=False)
            self.face.name = name.encode("ascii", "replace").replace(b"?", b"-")
            self.face.subfontNameX = b""

        def addObjects(self, doc: Any) -> None:
            subsets = [list(subset) for subset in self.state[doc].subsets]
            super().addObjects(doc)
            for number, subset in enumerate(subsets):
                name = (SUBSETN(number) + b"+" + self.face.name).decode("pdfdoc")
                doc.idToObject["toUnicodeCMap:" + name].content = unicode_map(name, subset)

    return EmbeddedFont


def unicode_map(name: str, subset: list[int]) -> str:
    """Return the ToUnicode program of a subset: code in the content → UTF-16 (PDF 32000 9.10.3).

    At most 100 entries may stand in one bfchar section.
    """
    lines = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        f"/CMapName /{name} def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        "<00> <FF>",
        "endcodespacerange",
    ]
    pairs = [(number, chr(code)) for number, code in enumerate(subset) if code]
    for start in range(0, len(pairs), 100):
        part = pairs[start : start + 100]
        lines.append(f"{len(part)} beginbfchar")
        lines += [f"<{n:02X}> <{char.encode('utf-16-be').hex().upper()}>" for n, char in part]
        lines.append("endbfchar")
    lines += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
    return "\n".join(lines)
