"""The layout every paper of this office is drawn on."""

from __future__ import annotations

from exports.layout import STANDARD, Layout


def layout() -> Layout:
    """The office's own layout; the standard one while the office has set none."""
    return STANDARD
