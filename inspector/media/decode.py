"""Jobs of the guarded worker: bytes of a picture in, facts and small upright JPEGs out.

Nothing here is called in the main process. A picture that cannot be shown is no error: the
reply names the problem by the code of a catalogued error and gives the facts that could be read.
"""

from __future__ import annotations

import importlib
import io
from dataclasses import dataclass

from PIL import Image, ImageFile, JpegImagePlugin

from inspector.media.cache import THUMBNAIL_PX
from inspector.media.exif import Facts, read_exif
from inspector.media.heif import read_heif
from inspector.media.jpeg import estimated_quality, scans_are_sound
from inspector.media.sniff import HEAD_BYTES, sniff

Reply = tuple[Facts, list[bytes]]

_THUMBNAIL_QUALITY = 80
_PROFILE_LIMIT = 4096
#: Pixels in which codes are looked for; what is taken of a picture. No QR code holds more letters.
_CODES_BOX = (4096, 4096)
_MOST_CODES, _MOST_LETTERS = 100, 4300

# Only these decoders are ever tried, each loaded when first needed: a small surface.
_DECODERS: dict[str, tuple[str, tuple[str, ...]]] = {
    "image/jpeg": ("PIL.JpegImagePlugin", ("JPEG", "MPO")),
    "image/png": ("PIL.PngImagePlugin", ("PNG",)),
    "image/webp": ("PIL.WebPImagePlugin", ("WEBP",)),
    "image/tiff": ("PIL.TiffImagePlugin", ("TIFF",)),
    "image/avif": ("PIL.AvifImagePlugin", ("AVIF",)),
    "image/gif": ("PIL.GifImagePlugin", ("GIF",)),
    "image/bmp": ("PIL.BmpImagePlugin", ("BMP",)),
}
_HEIF_PACKAGES = ("pi_heif", "pillow_heif")
_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


class NotShown(Exception):
    """A picture cannot be shown; `code` is that of a catalogued error."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Small:
    """A reduced upright picture. complete: False if part of the original could not be decoded."""

    image: Image.Image
    complete: bool


def inspect(data: bytes, pixels: int) -> Reply:
    """Return the facts of a picture and, if it can be shown, its thumbnail.

    pixels: the largest number of pixels that is decoded.
    """
    mime = sniff(data[:HEAD_BYTES])
    facts: Facts = {"width": 0, "height": 0, "problem": "", "jpeg_quality": 0, "jfif": False}
    try:
        image = _open(data, mime)
        facts |= _technical(image)
        small = _reduced(data, image, mime, (THUMBNAIL_PX, THUMBNAIL_PX), pixels)
        thumbnail = [_jpeg(small.image, _THUMBNAIL_QUALITY)]
        sound = small.complete and (mime != "image/jpeg" or scans_are_sound(data))
        facts["problem"] = "" if sound else "photo_damaged"
        facts |= {"shown_width": small.image.width, "shown_height": small.image.height}
    except NotShown as refused:
        thumbnail = []
        facts["problem"] = refused.code
    return facts | _self_description(data, mime, pixels), thumbnail


def describe(data: bytes, pixels: int) -> Reply:
    """Return the facts of a picture without a thumbnail; `problem` if it cannot be opened."""
    mime = sniff(data[:HEAD_BYTES])
    facts: Facts = {"width": 0, "height": 0, "problem": "", "jpeg_quality": 0, "jfif": False}
    try:
        image = _open(data, mime)
        facts |= _technical(image)
        facts["problem"] = "photo_too_large" if image.width * image.height > pixels else ""
    except NotShown as refused:
        facts["problem"] = refused.code
    return facts | _self_description(data, mime, pixels), []


def resample(data: bytes, pixels: int, width: int, height: int, quality: int) -> Reply:
    """Return the picture upright within `width` × `height` pixels (never enlarged), as JPEG."""
    mime = sniff(data[:HEAD_BYTES])
    try:
        image = _open(data, mime)
        if _exif_of(image, pixels).get(0x0112, 1) in (5, 6, 7, 8):
            width, height = height, width
        small = _reduced(data, image, mime, (width, height), pixels)
    except NotShown as refused:
        return {"problem": refused.code}, []
    reply = {"problem": "", "shown_width": small.image.width, "shown_height": small.image.height}
    return reply, [_jpeg(small.image, quality)]


def codes(data: bytes, pixels: int) -> Reply:
    """Return the texts of the QR codes in a picture, as `texts`, in no particular order."""
    try:
        reader = importlib.import_module("zxingcpp")
    except ImportError:
        return {"problem": "code_reader_missing"}, []
    mime = sniff(data[:HEAD_BYTES])
    try:
        small = _reduced(data, _open(data, mime), mime, _CODES_BOX, pixels)
    except NotShown as refused:
        return {"problem": refused.code}, []
    found = reader.read_barcodes(small.image.convert("L"), formats=reader.BarcodeFormat.QRCode)
    texts = [each.text for each in found if len(each.text) <= _MOST_LETTERS]
    return {"problem": "", "texts": texts[:_MOST_CODES]}, []


def _open(data: bytes, mime: str) -> Image.Image:
    """Open a picture with the one decoder that its content calls for. Raises NotShown."""
    Image.MAX_IMAGE_PIXELS = None  # our own limit is applied before anything is decoded
    if mime == "image/heic":
        formats = _heif_formats()
    elif mime in _DECODERS:
        module, formats = _DECODERS[mime]
        importlib.import_module(module)
    else:
        raise NotShown("photo_no_decoder")
    try:
        return Image.open(io.BytesIO(data), formats=formats)
    except MemoryError as error:
        raise NotShown("photo_too_large") from error
    except Exception as error:  # decoders raise nearly anything on hostile files
        raise NotShown("photo_damaged") from error


def _heif_formats() -> tuple[str, ...]:
    """Load whichever optional HEIC decoder is installed. Raises NotShown if none is."""
    for package in _HEIF_PACKAGES:
        try:
            importlib.import_module(package).register_heif_opener()
        except ImportError:
            continue
        return ("HEIF",)
    raise NotShown("photo_no_decoder")


def _reduced(
    data: bytes, image: Image.Image, mime: str, box: tuple[int, int], pixels: int
) -> Small:
    """Decode to at most `box`, upright. What can be shown of a damaged picture is shown."""
    if image.width * image.height > pixels:
        raise NotShown("photo_too_large")
    try:
        return Small(_shrunk(image, box), complete=True)
    except MemoryError as error:
        raise NotShown("photo_too_large") from error
    except Exception as error:  # noqa: BLE001 - decoders raise nearly anything on hostile files
        return _salvaged(data, mime, box, error)


def _salvaged(data: bytes, mime: str, box: tuple[int, int], error: Exception) -> Small:
    """Decode what is there of a truncated picture: it may be the only evidence."""
    ImageFile.LOAD_TRUNCATED_IMAGES = True
    try:
        return Small(_shrunk(_open(data, mime), box), complete=False)
    except Exception:  # noqa: BLE001 - the first error is the one to report
        raise NotShown("photo_damaged") from error
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = False


def _shrunk(image: Image.Image, box: tuple[int, int]) -> Image.Image:
    image.draft("RGB", box)
    image.thumbnail(box)
    image.load()  # a small picture has not been decoded until now
    turn = _UPRIGHT.get(image.getexif().get(0x0112, 1))
    plain = _plain(image)
    return plain.transpose(turn) if turn is not None else plain


def _plain(image: Image.Image) -> Image.Image:
    """Return the picture as RGB or grey, transparency on white."""
    if image.mode in ("RGB", "L"):
        return image
    if image.mode.startswith("I"):
        return image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        layer = image.convert("RGBA")
        paper = Image.new("RGBA", layer.size, "white")
        return Image.alpha_composite(paper, layer).convert("RGB")
    return image.convert("RGB")


def _jpeg(image: Image.Image, quality: int) -> bytes:
    """Return a JPEG without metadata, except a small colour profile."""
    profile = image.info.get("icc_profile") or b""
    fits = image.mode == "RGB" and len(profile) <= _PROFILE_LIMIT and profile[16:20] == b"RGB "
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality, icc_profile=profile if fits else None, exif=b"")
    return out.getvalue()


def _technical(image: Image.Image) -> Facts:
    facts: Facts = {"width": image.width, "height": image.height}
    if isinstance(image, JpegImagePlugin.JpegImageFile):
        facts["jpeg_quality"] = estimated_quality(image.quantization)
        facts["jfif"] = "jfif" in image.info
    return facts


def _exif_of(image: Image.Image, pixels: int) -> Image.Exif:
    """Return the EXIF block of a picture that has not been decoded.

    Pillow looks for that of a PNG behind the picture too, and decodes all of it on the way: more
    than `pixels` are read from what stands before the picture only.
    """
    if image.width * image.height > pixels:
        return Image.Image.getexif(image)
    return image.getexif()


def _self_description(data: bytes, mime: str, pixels: int) -> Facts:
    """Return what the EXIF block says.

    HEIC is read from its boxes: that needs no decoder, and decoders give the picture turned.
    """
    exif, size = Image.Exif(), Facts()
    try:
        if mime == "image/heic":
            heif = read_heif(data)
            size = {"width": heif.width, "height": heif.height} if heif.width else {}
            exif.load(heif.tiff)
        else:
            exif = _exif_of(_open(data, mime), pixels)
    except Exception:  # noqa: BLE001 - a broken block tells nothing, which is an answer
        exif = Image.Exif()
    return read_exif(exif) | size
