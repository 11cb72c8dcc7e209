"""The office's sign for its papers: a small PNG or JPEG, taken in without anything but the picture. Pure.

PNG is ISO/IEC 15948, JPEG ITU-T T.81: both are rows of named parts, of which those that hold a camera's place, a program's
name or a comment are left out.
"""

from __future__ import annotations

import re
import struct
import zlib

LARGEST = 300_000  # bytes
WIDEST = 2000  # dots
_PNG = b"\x89PNG\r\n\x1a\n"
_KEPT = {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"}
_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}  # by the kind of colour
_FRAMES = {0xC0, 0xC1, 0xC2}
_COLOURS = 0xEE  # how the colours are to be read
_MARK = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
# the beginning python-docx knows a JPEG by, without the small picture that some put in
_JFIF = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"


class NoPicture(ValueError):
    """What was sent is not a small PNG or JPEG; the word says why: kind, size, dots or broken."""


def taken_in(sent: bytes) -> bytes:
    """The picture alone. Raises NoPicture."""
    if len(sent) > LARGEST:
        raise NoPicture("size")
    try:
        if sent.startswith(_PNG):
            picture, width, height = _png(sent)
        elif sent.startswith(b"\xff\xd8\xff"):
            picture, width, height = _jpeg(sent)
        else:
            raise NoPicture("kind")
    except (struct.error, IndexError):
        raise NoPicture("broken") from None
    if not (0 < width <= WIDEST and 0 < height <= WIDEST and width <= 8 * height):
        raise NoPicture("dots")
    return picture


def _png(sent: bytes) -> tuple[bytes, int, int]:
    kept, place, names, dots = [_PNG], len(_PNG), [], []
    while place < len(sent) and names[-1:] != [b"IEND"]:
        length, name = struct.unpack(">I4s", sent[place:place + 8])
        body, end = sent[place + 8:place + 8 + length], place + 12 + length
        if len(body) != length or struct.unpack(">I", sent[end - 4:end])[0] != zlib.crc32(name + body):
            raise NoPicture("broken")
        if name in _KEPT:
            kept.append(sent[place:end])
        if name == b"IDAT":
            dots.append(body)
        names.append(name)
        place = end
    if names[:1] != [b"IHDR"] or names[-1:] != [b"IEND"] or b"IDAT" not in names:
        raise NoPicture("broken")
    width, height, depth, colour, _packing, _filter, woven = struct.unpack(">IIBBBBB", sent[len(_PNG) + 8:len(_PNG) + 21])
    if 0 < width <= WIDEST and 0 < height <= WIDEST and not _whole(b"".join(dots), width, height, depth, colour, woven):
        raise NoPicture("broken")
    return b"".join(kept), width, height


def _whole(packed: bytes, width: int, height: int, depth: int, colour: int, woven: int) -> bool:
    """Whether the dots can be unpacked and are as many as the head says (ISO/IEC 15948, 7.2, 8.2 and 10)."""
    if colour not in _CHANNELS or depth not in (1, 2, 4, 8, 16):
        return False
    passes = [(0, 0, 1, 1)] if not woven else [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]
    size = 0
    for left, top, across, down in passes:
        columns, rows = -(-(width - left) // across), -(-(height - top) // down)
        size += rows * (1 + -(-columns * depth * _CHANNELS[colour] // 8)) if columns > 0 and rows > 0 else 0
    opened, found = zlib.decompressobj(), 0
    try:
        while packed and found <= size:  # piece by piece: a small file may unpack to a very large one
            found += len(opened.decompress(packed, 65_536))
            packed = opened.unconsumed_tail
        return found == size and opened.eof
    except zlib.error:
        return False


def _jpeg(sent: bytes) -> tuple[bytes, int, int]:
    kept, place, size = [_JFIF], 2, None
    while sent[place:place + 2] != b"\xff\xd9":
        if sent[place] != 0xFF:
            raise NoPicture("broken")
        kind, length = sent[place + 1], struct.unpack(">H", sent[place + 2:place + 4])[0]
        part = sent[place:place + 2 + length]
        if length < 2 or len(part) != 2 + length:
            raise NoPicture("broken")
        place += len(part)
        if kind in _FRAMES:
            height, width = struct.unpack(">HH", part[5:9])
            size = width, height
        if kind == 0xDA:  # the picture itself, up to the next mark that is no part of it
            end = _MARK.search(sent, place)
            if size is None or end is None:
                raise NoPicture("broken")
            part, place = part + sent[place:end.start()], end.start()
        if not (0xE0 <= kind <= 0xEF and kind != _COLOURS or kind == 0xFE):
            kept.append(part)
    if size is None:
        raise NoPicture("broken")
    return b"".join(kept) + b"\xff\xd9", *size  # whatever a camera hung behind the end stays away
