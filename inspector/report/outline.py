"""What a paper says, in order, as plain data: between the record and the page.

Everything here is finished text in the paper's language. Nothing knows reportlab.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from inspector.report.page import INK, Style


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; `key` is its place in outline and contents. Level 1 may begin a page."""

    level: Literal[1, 2, 3]
    text: str
    key: str
    listed: bool = True
    new_page: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """Paragraphs, one per line of `text`."""

    text: str
    style: Style = Style.BODY
    indent: bool = True


@dataclass(frozen=True, slots=True)
class Facts:
    """Labels with what they say, values aligned."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """Short labelled facts, two side by side where they fit, in a ruled frame."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table."""

    text: str
    style: Style = Style.TABLE
    colour: str = INK


@dataclass(frozen=True, slots=True)
class Column:
    """A column and its share of the width.

    A column that `fits` takes its share only if it needs it; what it leaves goes to the others.
    """

    title: str
    weight: float
    fits: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose head repeats on every page. `caption` stands above it.

    A row of one cell stands across the table and heads the rows after it.
    `notes`: one line per row below it, across the table in fixed-width type (hashes); or none.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    caption: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """One key figure: the value, what it counts, and over what (scope and time)."""

    value: str
    label: str
    scope: str
    alarming: bool = False


@dataclass(frozen=True, slots=True)
class Figures:
    """Key figures side by side."""

    items: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Photo:
    """A photograph as printed. `reason` is set if there is nothing to draw."""

    sha256: str
    name: str
    caption: str
    details: tuple[str, ...]
    orientation: int = 1
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Photos:
    """Photographs in a grid of 1, 2 or 4 to a page; `small`: always two side by side."""

    items: tuple[Photo, ...]
    small: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """How a state looks in a chart: a letter, and colours that also differ in grey."""

    letter: str
    name: str
    fill: str
    ink: str


@dataclass(frozen=True, slots=True)
class MapRow:
    """One round past the windows of a floor; None where the round did not go."""

    label: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class MapBlock:
    """The windows of one floor or zone, and the rounds past them."""

    label: str
    windows: tuple[str, ...]
    rows: tuple[MapRow, ...]


@dataclass(frozen=True, slots=True)
class WindowMap:
    """States of windows by round. `title` says the conclusion, `scope` over what and when."""

    title: str
    scope: str
    blocks: tuple[MapBlock, ...]
    legend: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """One wait: minutes waited, what is written at its end, the promised limit if any."""

    label: str
    minutes: float
    note: str
    limit: float | None
    alarming: bool


@dataclass(frozen=True, slots=True)
class Bars:
    """Horizontal bars, one per wait, in minutes."""

    title: str
    scope: str
    items: tuple[Bar, ...]
    unit: str
    limit_name: str


@dataclass(frozen=True, slots=True)
class Signatures:
    """Blank lines to be signed by hand, with what each is for."""

    rows: tuple[tuple[str, str], ...]
    compact: bool = False


@dataclass(frozen=True, slots=True)
class Ruled:
    """Blank ruled lines to write on, below a word that says what for."""

    label: str
    count: int


@dataclass(frozen=True, slots=True)
class SealBox:
    """What the seal says, beside a QR code of `payload` (nothing is drawn if it is empty)."""

    rows: tuple[tuple[str, str], ...]
    payload: str
    note: str
    compact: bool = False


@dataclass(frozen=True, slots=True)
class Gap:
    """White space in points."""

    height: float


@dataclass(frozen=True, slots=True)
class Contents:
    """A page of contents from the listed headings."""

    title: str


@dataclass(frozen=True, slots=True)
class Cover:
    """The first page."""

    title: str
    subtitle: str
    state: str
    rows: tuple[tuple[str, str], ...]
    note: str


Block = (
    Heading | Text | Facts | Grid | Table | Figures | Photos | WindowMap | Bars | Signatures
    | Ruled
    | SealBox | Gap | Contents | Cover
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Furniture:
    """What stands on every page: running head left and right, large mark across (draft)."""

    head_left: str
    head_right: str
    watermark: str = ""
    stamp: str = ""
    numbers: bool = True


@dataclass(frozen=True, slots=True)
class Outline:
    """A whole paper. `made` is what the PDF states as its date (D:… text of PDF 32000 7.9.4)."""

    title: str
    author: str
    subject: str
    keywords: str
    made: str
    furniture: Furniture
    blocks: tuple[Block, ...]
