"""An address as a QR code (JIS X 0510), so that nobody has to type it. Pure: no web, no database."""

from __future__ import annotations


def dots(address: str) -> tuple[str, ...]:
    """The square row by row, "1" for a black dot, without its white border."""
    return tuple("".join(str(int(dot)) for dot in row) for row in _made(address).matrix)


def picture(address: str) -> str:
    """The square as a picture that stands in a page itself (a data: address of an SVG)."""
    return _made(address).svg_data_uri(scale=4, border=4, encode_minimal=True)


def _made(address: str):
    import segno  # only here: nobody else waits for it

    return segno.make(address, error="m", micro=False)  # M: a crease or a coffee stain may cover a seventh of it
