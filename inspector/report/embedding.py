"""A TrueType font for reportlab with a unique name and a correct map back to Unicode."""

from __future__ import annotations

from typing import Any

from reportlab.pdfbase.ttfonts import TTFont


class EmbeddedFont(TTFont):  # type: ignore[misc]
    """reportlab's subset font, with two corrections.

    The embedded name is `name`, because subsets of two files with one PostScript name would be
    merged into one. Characters beyond U+FFFF are mapped back as UTF-16, so that copying and
    searching find them.
    """

    def __init__(self, name: str, path: str, index: int) -> None:
        super().__init__(name, path, subfontIndex=index, asciiReadable=False, shapable=False)
        self.face.name = name.encode("ascii", "replace").replace(b"?", b"-")
        self.face.subfontNameX = b""

    def addObjects(self, doc: Any) -> None:
        """Embed the subsets used in `doc`."""
        subsets = [list(subset) for subset in self.state[doc].subsets]
        super().addObjects(doc)
        prefix = "toUnicodeCMap:"
        for number, subset in enumerate(subsets):
            name = _subset_name(number, self.face.name)
            stream = doc.idToObject[prefix + name]
            stream.content = unicode_map(name, subset)


def _subset_name(number: int, name: bytes) -> str:
    from reportlab.pdfbase.ttfonts import SUBSETN

    return str((SUBSETN(number) + b"+" + name).decode("pdfdoc"))


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
