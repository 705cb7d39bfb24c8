"""What a file is, told by its first bytes; the name is never believed."""

from __future__ import annotations

#: How many bytes from the beginning are needed.
HEAD_BYTES = 65_536
UNKNOWN = "application/octet-stream"

#: Images that a decoder may be able to show. HEIC needs an optional decoder.
IMAGES = frozenset(
    {
        "image/jpeg",
        "image/png",
        "image/webp",
        "image/tiff",
        "image/avif",
        "image/heic",
        "image/gif",
        "image/bmp",
    }
)

# Signatures as registered or specified by the makers of the formats.
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"II+\x00", "image/tiff"),
    (b"MM\x00+", "image/tiff"),
    (b"%PDF-", "application/pdf"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (b"{\\rtf", "application/rtf"),
    (b"\x1aE\xdf\xa3", "video/x-matroska"),
    (b"OggS", "audio/ogg"),
    (b"fLaC", "audio/flac"),
    (b"ID3", "audio/mpeg"),
    (b"#!AMR", "audio/amr"),
    (b"\x1f\x8b", "application/gzip"),
    (b"7z\xbc\xaf'\x1c", "application/x-7z-compressed"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"MZ", "application/vnd.microsoft.portable-executable"),
)
# Major and compatible brands of ISO base media files (ISO/IEC 14496-12 and its registry).
_BRANDS: dict[bytes, str] = {
    b"avif": "image/avif",
    b"avis": "image/avif",
    b"heic": "image/heic",
    b"heix": "image/heic",
    b"heim": "image/heic",
    b"heis": "image/heic",
    b"hevc": "image/heic",
    b"hevx": "image/heic",
    b"qt  ": "video/quicktime",
    b"M4A ": "audio/mp4",
    b"M4B ": "audio/mp4",
    b"3gp4": "video/3gpp",
    b"3gp5": "video/3gpp",
    b"3gp6": "video/3gpp",
}
_RIFF: dict[bytes, str] = {b"WEBP": "image/webp", b"WAVE": "audio/wav", b"AVI ": "video/x-msvideo"}
_OFFICE = "application/vnd.openxmlformats-officedocument."
_PACKAGES: tuple[tuple[bytes, str], ...] = (
    (b"OFD.xml", "application/ofd"),
    (b"word/", _OFFICE + "wordprocessingml.document"),
    (b"xl/", _OFFICE + "spreadsheetml.sheet"),
    (b"ppt/", _OFFICE + "presentationml.presentation"),
)


_TEXTS = frozenset({"text/plain", "application/rtf"})
#: What a file may be by the ending of its name. Endings that many programs use are left out.
_ENDINGS: dict[str, frozenset[str]] = {
    **dict.fromkeys(("jpg", "jpeg"), frozenset({"image/jpeg"})),
    "png": frozenset({"image/png"}),
    "gif": frozenset({"image/gif"}),
    "bmp": frozenset({"image/bmp"}),
    "webp": frozenset({"image/webp"}),
    **dict.fromkeys(("tif", "tiff"), frozenset({"image/tiff"})),
    **dict.fromkeys(("heic", "heif"), frozenset({"image/heic"})),
    "avif": frozenset({"image/avif"}),
    "pdf": frozenset({"application/pdf"}),
    "ofd": frozenset({"application/ofd"}),
    **dict.fromkeys(("doc", "xls", "ppt"), frozenset({"application/x-ole-storage", *_TEXTS})),
    "docx": frozenset({_OFFICE + "wordprocessingml.document", "application/zip"}),
    "xlsx": frozenset({_OFFICE + "spreadsheetml.sheet", "application/zip"}),
    "pptx": frozenset({_OFFICE + "presentationml.presentation", "application/zip"}),
    "mp4": frozenset({"video/mp4", "video/3gpp", "video/quicktime"}),
    "mov": frozenset({"video/quicktime", "video/mp4"}),
    "wav": frozenset({"audio/wav"}),
    "mp3": frozenset({"audio/mpeg"}),
    "m4a": frozenset({"audio/mp4", "video/mp4", "video/3gpp"}),
    "txt": frozenset({"text/plain", UNKNOWN}),
}


def contradicts(name: str, mime: str) -> bool:
    """Tell whether the ending of a file's name says something else than its content does."""
    _stem, dot, ending = name.rpartition(".")
    expected = _ENDINGS.get(ending.casefold()) if dot else None
    return expected is not None and mime not in expected


def sniff(head: bytes) -> str:
    """Return the media type told by the first `HEAD_BYTES` of a file, `UNKNOWN` if none fits."""
    for magic, mime in _MAGIC:
        if head.startswith(magic):
            return mime
    if head[4:8] == b"ftyp":
        return _iso_media(head)
    if head.startswith(b"RIFF"):
        return _RIFF.get(head[8:12], UNKNOWN)
    if head.startswith(b"PK\x03\x04"):
        found = (mime for marker, mime in _PACKAGES if marker in head)
        return next(found, "application/zip")
    return _loose(head)


def _iso_media(head: bytes) -> str:
    """Return the type of an ISO base media file: the first known brand, major brand first."""
    size = min(int.from_bytes(head[:4], "big"), 4096)
    brands = [head[8:12], *(head[at : at + 4] for at in range(16, size, 4))]
    known = (_BRANDS[brand] for brand in brands if brand in _BRANDS)
    if head[8:12] in (b"mif1", b"msf1"):
        return next(known, "image/heic")
    return next(known, "video/mp4")


def _loose(head: bytes) -> str:
    """Return the type of formats whose signature alone would match too much."""
    if head.startswith(b"BM") and head[14:18] in (b"\x28\0\0\0", b"\x0c\0\0\0", b"\x7c\0\0\0"):
        return "image/bmp"
    if len(head) > 2 and head[0] == 0xFF and head[1] & 0xF6 == 0xF0:
        return "audio/aac"
    if len(head) > 2 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2:
        return "audio/mpeg"
    return "text/plain" if _is_text(head) else UNKNOWN


def _is_text(head: bytes) -> bool:
    """Whether the bytes are UTF-8 text, allowing for a character cut at the end of the head."""
    if not head or any(byte < 32 and byte not in b"\t\n\r\f" for byte in head[:4096]):
        return False
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        return len(head) == HEAD_BYTES and error.start > len(head) - 4
    return True
