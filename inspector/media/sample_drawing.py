"""A brush for drawn sample photographs: walls, counters, people as silhouettes, sheets of paper.

Lengths are pixels of the picture, colours RGB. What is drawn follows from the arguments and the
seed alone, so that the same photograph gives the same bytes.
"""

from __future__ import annotations

import random
from functools import cache
from typing import TYPE_CHECKING, Any

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

if TYPE_CHECKING:
    from pathlib import Path

Colour = tuple[int, int, int]
Box = tuple[float, float, float, float]

INK: Colour = (38, 42, 48)
PAPER: Colour = (247, 245, 238)
LED: Colour = (255, 92, 60)
WOOD: Colour = (176, 132, 92)
UNIFORM: Colour = (44, 66, 108)
#: Clothes of people who wait; faces are never drawn.
CLOTHES: tuple[Colour, ...] = (
    *((96, 102, 112), (122, 92, 84), (78, 104, 92), (138, 124, 96)),
    *((86, 84, 118), (150, 104, 92)),
)


def shade(colour: Colour, factor: float) -> Colour:
    """Return `colour` made darker (below 1) or lighter (above 1)."""
    red, green, blue = (max(0, min(255, round(part * factor))) for part in colour)
    return red, green, blue


@cache
def typeface(font: Path | None, size: int) -> Any:
    """Return a face of `size` pixels: of the file, or Pillow's own, which has no Chinese."""
    if font is None:
        return ImageFont.load_default(size)
    return ImageFont.truetype(str(font), size)


class Brush:
    """Draws on one picture."""

    def __init__(self, size: tuple[int, int], font: Path | None, seed: str) -> None:
        self.image = Image.new("RGB", size, (226, 228, 226))
        self.draw = ImageDraw.Draw(self.image)
        self.width, self.height = size
        self.font = font
        self.random = random.Random(seed)

    def box(self, box: Box, fill: Colour, *, radius: float = 0, line: Colour | None = None) -> None:
        """Draw a rectangle."""
        self.draw.rounded_rectangle(box, radius, fill, line, max(1, self.width // 700))

    def gradient(self, box: Box, top: Colour, bottom: Colour) -> None:
        """Fill a rectangle with a vertical gradient."""
        left, upper, right, lower = (round(side) for side in box)
        ramp = Image.linear_gradient("L").resize((right - left, lower - upper))
        size = ramp.size
        blend = Image.composite(Image.new("RGB", size, bottom), Image.new("RGB", size, top), ramp)
        self.image.paste(blend, (left, upper))

    def text(
        self, at: tuple[float, float], words: str, size: float, ink: Colour, anchor: str = "mm"
    ) -> None:
        """Write words; without a font file, those beyond ASCII become a grey line."""
        if self.font is None and not words.isascii():
            length = size * len(words) * 0.9
            left = at[0] - (length / 2 if anchor[0] == "m" else 0)
            grey = shade(ink, 1.6)
            self.box((left, at[1] - size * 0.2, left + length, at[1] + size * 0.2), grey)
            return
        self.draw.text(at, words, ink, typeface(self.font, round(size)), anchor=anchor)

    def person(self, x: float, floor: float, height: float, clothes: Colour) -> None:
        """Draw a standing person from behind, `floor` under the feet."""
        head = height * 0.075
        top = floor - height
        leg = shade(clothes, 0.55)
        shadow = (x - height * 0.16, floor - height * 0.02, x + height * 0.2, floor + height * 0.02)
        self.draw.ellipse(shadow, (150, 150, 148))
        for side in (-1, 1):
            near, far = sorted((x + side * height * 0.012, x + side * height * 0.095))
            self.box((near, top + height * 0.48, far, floor), leg, radius=height * 0.03)
            arm = sorted((x + side * height * 0.125, x + side * height * 0.175))
            self.box(
                (arm[0], top + height * 0.19, arm[1], top + height * 0.52),
                shade(clothes, 0.88),
                radius=height * 0.025,
            )
        self.box(
            (x - height * 0.135, top + height * 0.165, x + height * 0.135, top + height * 0.56),
            clothes,
            radius=height * 0.05,
        )
        neck = (x - head * 0.4, top + head * 1.5, x + head * 0.4, top + head * 2.5)
        self.box(neck, (196, 160, 138))
        self.draw.ellipse((x - head, top, x + head, top + head * 2.2), (46, 40, 38))

    def clerk(self, x: float, desk: float, height: float) -> None:
        """Draw a clerk from the chest up behind a desk whose top edge is at `desk`."""
        head = height * 0.2
        shoulders = (x - height * 0.46, desk - height * 0.52, x + height * 0.46, desk + 4)
        self.box(shoulders, UNIFORM, radius=height * 0.2)
        self.box(
            (x - head * 0.4, desk - height * 0.66, x + head * 0.4, desk - height * 0.46), PAPER
        )
        self.draw.ellipse(
            (x - head, desk - height * 1.06, x + head, desk - height * 0.54), (222, 186, 162)
        )
        self.draw.pieslice(
            (x - head * 1.08, desk - height * 1.12, x + head * 1.08, desk - height * 0.56),
            *(180, 360),
            fill=(44, 38, 36),
        )

    def chair(self, x: float, desk: float, size: float) -> None:
        """Draw the back of an empty office chair behind a desk."""
        self.box(
            (x - size * 0.36, desk - size * 0.86, x + size * 0.36, desk),
            (52, 56, 64),
            radius=size * 0.13,
        )
        inner = (x - size * 0.27, desk - size * 0.76, x + size * 0.27, desk - size * 0.16)
        self.box(inner, (74, 80, 90), radius=size * 0.09)

    def monitor(self, x: float, desk: float, size: float, *, lit: bool = False) -> None:
        """Draw a screen: its back, or lit with a form on it."""
        box = (x - size * 0.5, desk - size * 0.72, x + size * 0.5, desk - size * 0.12)
        self.box((x - size * 0.07, desk - size * 0.14, x + size * 0.07, desk), (60, 62, 66))
        self.box(box, (40, 42, 46), radius=size * 0.03)
        if not lit:
            return
        left, top, right, bottom = box
        pad = size * 0.035
        self.box((left + pad, top + pad, right - pad, bottom - pad), (224, 238, 250))
        self.box((left + pad, top + pad, right - pad, top + size * 0.13), (64, 124, 196))
        for row in range(5):
            y = top + size * (0.19 + 0.075 * row)
            self.box((left + 2.5 * pad, y, left + size * 0.28, y + size * 0.03), (120, 140, 160))
            end = left + size * self.random.uniform(0.55, 0.9)
            self.box((left + size * 0.33, y, end, y + size * 0.035), (176, 196, 214))

    def lines(self, box: Box, rows: int, ink: Colour = (120, 124, 128)) -> None:
        """Draw rows of illegible writing."""
        left, top, right, bottom = box
        step = (bottom - top) / rows
        for row in range(rows):
            end = right if row % 4 != 3 else left + (right - left) * self.random.uniform(0.35, 0.75)
            x = left
            while x < end:
                word = min(end, x + step * self.random.uniform(0.8, 2.6))
                self.box((x, top + row * step, word, top + row * step + step * 0.36), ink)
                x = word + step * 0.3

    def signature(self, x: float, y: float, size: float) -> None:
        """Draw a signature: strokes of a pen that spell nothing."""
        points = [(x, y)]
        for _ in range(14):
            px = points[-1][0]
            points.append(
                (
                    px + size * self.random.uniform(-0.08, 0.2),
                    y + size * self.random.uniform(-0.3, 0.3),
                )
            )
        self.draw.line(points, (34, 48, 112), max(2, round(size * 0.035)), joint="curve")

    def finished(self, light: float = 1.0) -> Image.Image:
        """Return the picture as a lens would see it: soft, darker at its edges, with grain."""
        image = self.image.filter(ImageFilter.GaussianBlur(self.width / 1600))
        corner = Image.radial_gradient("L").resize((64, 48)).resize(image.size)
        falloff = corner.point([255 - round(max(0, each - 110) * 0.32) for each in range(256)])
        image = ImageChops.multiply(image, Image.merge("RGB", (falloff,) * 3))
        half = (self.width // 2, self.height // 2)
        grain = Image.frombytes("L", half, self.random.randbytes(half[0] * half[1]))
        grain = grain.resize(image.size, Image.Resampling.BILINEAR)
        image = Image.blend(image, Image.merge("RGB", (grain,) * 3), 0.045)
        return image.point([min(255, round(each * light)) for each in range(256)] * 3)
