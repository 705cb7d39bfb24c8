"""Sets blocks one after another on pages.

The cursor `y` is the top of the next line of type. A line takes its leading, the last of a page
only its size: 22 body lines then fill the type area exactly.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.report import page
from inspector.report.fontfiles import FontRole
from inspector.report.page import MM, Style
from inspector.report.text import break_lines, fit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inspector.base.progress import Progress
    from inspector.report.outline import Facts, Furniture, Heading, Text
    from inspector.report.page import TextStyle
    from inspector.report.pen import Pen
    from inspector.report.text import Line

FLOOR = page.BOTTOM
CEILING = page.PAGE_HEIGHT - page.TOP
#: Baseline below the top of the character's square, in em.
ASCENT = 0.86


class Flow:
    """The state of a paper while it is set."""

    def __init__(
        self,
        pen: Pen,
        styles: dict[Style, TextStyle],
        furniture: Furniture,
        progress: Progress,
    ) -> None:
        self.pen = pen
        self.styles = styles
        self.furniture = furniture
        self.progress = progress
        self.y = CEILING
        self.bare = False
        self.places: dict[str, int] = {}
        #: Photographs that stand on this page.
        self.photos = 0
        self._open = False

    # -- pages -------------------------------------------------------------------------------

    @property
    def at_top(self) -> bool:
        """Whether nothing stands on this page yet."""
        return self.y >= CEILING

    def room(self) -> float:
        """Return the height left on this page."""
        return self.y - FLOOR

    def need(self, height: float) -> None:
        """Begin a page unless `height` points are left or the page is still empty."""
        if self.room() < height and not self.at_top:
            self.new_page()
        self.begin()

    def begin(self) -> None:
        """Draw the furniture of this page if that has not been done."""
        if not self._open:
            self._open = True
            if not self.bare:
                self._furnish()

    def new_page(self) -> None:
        """Finish this page and go to the top of the next."""
        self.begin()
        self.pen.new_page()
        self.y = CEILING
        self.photos = 0
        self._open = False
        self.bare = False
        self.progress.step()

    def _furnish(self) -> None:
        furniture = self.furniture
        self.watermark()
        note = self.styles[Style.CAPTION_NOTE]
        right_edge = page.LEFT + page.TYPE_WIDTH
        y = page.PAGE_HEIGHT - 27 * MM
        right = fit(furniture.head_right, self.pen.fonts, note.role, note.size, 90 * MM)
        room = page.TYPE_WIDTH - self.pen.width(right, note) - 6 * MM
        left = fit(furniture.head_left, self.pen.fonts, note.role, note.size, room)
        self.pen.line(page.LEFT, y, left, note)
        self.pen.right(right_edge, y, right, note)
        self.pen.rule(page.LEFT, y - 2 * MM, right_edge, y - 2 * MM, 0.4, page.RULE)
        self.stamp()
        if furniture.numbers:
            self._number()

    def watermark(self) -> None:
        """Draw the draft mark across the page, under everything else and without transparency."""
        if not self.furniture.watermark:
            return
        style = _resized(self.styles[Style.CHART_TITLE], 62.0, "#E9EDF2")
        with self.pen.turned(page.PAGE_WIDTH / 2, page.PAGE_HEIGHT / 2, 52):
            self.pen.centred(0, -20, self.furniture.watermark, style)

    def stamp(self) -> None:
        """Draw the framed mark in the upper right corner, above the running head."""
        text = self.furniture.stamp
        if not text:
            return
        style = self.styles[Style.CAPTION_NOTE]
        width = self.pen.width(text, style) + 10
        x = page.LEFT + page.TYPE_WIDTH - width
        y = page.PAGE_HEIGHT - 20 * MM
        self.pen.frame(x, y - 4, width, style.size + 6, page.INK2, 0.7)
        self.pen.line(x + 5, y, text, style)

    def _number(self) -> None:
        """— 1 —, 4号 Song, 7 mm below the type area; odd pages right, even left, in by one."""
        style = page.TextStyle(FontRole.SONG, page.NUMBER_SIZE, page.NUMBER_SIZE)
        text = f"— {self.pen.page} —"
        y = FLOOR - page.NUMBER_BELOW - page.NUMBER_SIZE * ASCENT
        if self.pen.page % 2:
            self.pen.right(page.LEFT + page.TYPE_WIDTH - page.NUMBER_SIZE, y, text, style)
        else:
            self.pen.line(page.LEFT + page.NUMBER_SIZE, y, text, style)

    # -- text --------------------------------------------------------------------------------

    def lines(self, text: str, style: TextStyle, width: float, indent: float = 0.0) -> list[Line]:
        """Break `text` for `width` points."""
        return break_lines(
            text,
            self.pen.fonts,
            style.role,
            style.size,
            width,
            first_indent=indent,
            progress=self.progress,
        )

    def put(self, x: float, line: Line, style: TextStyle, width: float = 0.0) -> None:
        """Draw one line at the cursor; stretched to `width` if its style is justified."""
        spread = 0.0
        if width and style.centred:
            x += (width - line.width) / 2
        if width and style.justify and not line.last and len(line.text) > 1:
            gap = (width - line.width) / (len(line.text) - 1)
            # A line that ends before a long Latin word may be short: then ragged looks calmer.
            spread = gap if 0 < gap <= 0.07 * style.size else 0.0
        self.pen.line(x, self.y - ASCENT * style.size, line.text, style, spread=spread)

    def text(self, block: Text) -> None:
        """Set paragraphs across the type area."""
        style = self.styles[block.style]
        indent = style.indent * style.size if block.indent else 0.0
        self.running(block.text, style, page.LEFT, page.TYPE_WIDTH, indent)

    def running(
        self, text: str, style: TextStyle, x: float, width: float, indent: float = 0.0
    ) -> None:
        """Set paragraphs at `x`, line by line over as many pages as they need.

        No single line of a paragraph stays behind at the foot of a page or goes over to the next.
        """
        for lines in _paragraphs(self.lines(text, style, width, indent)):
            for number, line in enumerate(lines):
                left = len(lines) - number
                fitting = 1 + int((self.room() - style.size) // style.leading)
                alone = fitting == 1 and left in (2, len(lines)) and len(lines) > 1
                # Of three lines none goes before the others: two and one would be left.
                torn = fitting == 2 and left == len(lines) == 3
                self.need(self.room() + 1 if alone or torn else style.size)
                first = 0.0 if number else indent
                self.put(x + first, line, style, width - first)
                self.y -= style.leading

    def heading(self, block: Heading, kept: float = 0.0) -> None:
        """Set a heading on a page that also has `kept` points for what follows."""
        style = self.styles[_HEADINGS[block.level]]
        indent = style.indent * style.size
        lines = self.lines(block.text, style, page.TYPE_WIDTH, indent)
        if block.new_page and not self.at_top:
            self.new_page()
        above = 0.25 * style.leading if block.level < 3 else 0.0
        self.need(above + len(lines) * style.leading + max(kept, _KEPT[block.level]))
        if not self.at_top:
            self.y -= above
        if block.listed:
            self.places[block.key] = self.pen.page
            self.pen.bookmark(block.key, block.text, block.level - 1, self.y + 6)
        for number, line in enumerate(lines):
            self.put(page.LEFT + (indent if number == 0 else 0.0), line, style)
            self.y -= style.leading

    def facts(self, block: Facts) -> None:
        """Set labels and values with a hanging indent."""
        label_style = self.styles[Style.LABEL]
        style = self.styles[Style.BODY]
        column = self.label_width([label for label, _ in block.rows], label_style)
        for label, value in block.rows:
            self.need(style.size)
            self.pen.line(page.LEFT, self.y - ASCENT * style.size, label, label_style)
            self.running(value, style, page.LEFT + column, page.TYPE_WIDTH - column)
        self.y -= 0.2 * style.leading

    def label_width(self, labels: Sequence[str], style: TextStyle) -> float:
        """Return the width of a column of labels and the gap after it."""
        widest = max((self.pen.width(label, style) for label in labels), default=0.0)
        return min(widest, 0.4 * page.TYPE_WIDTH) + 0.6 * style.size


def _paragraphs(lines: list[Line]) -> list[list[Line]]:
    """Return the lines of each paragraph."""
    found: list[list[Line]] = [[]]
    for line in lines:
        found[-1].append(line)
        if line.last:
            found.append([])
    return [paragraph for paragraph in found if paragraph]


#: At least so many points below a heading fit on its page: a heading never stands alone.
_KEPT = {1: 80.0, 2: 80.0, 3: 60.0}
_HEADINGS = {1: Style.HEADING1, 2: Style.HEADING2, 3: Style.HEADING3}


def _resized(style: TextStyle, size: float, colour: str) -> TextStyle:
    return page.TextStyle(style.role, size, size, colour=colour)
