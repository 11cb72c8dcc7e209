"""The small world, with 民生 民子 who has no account and holds one role."""

from __future__ import annotations

import pytest

from tests.links.slips import Slip


@pytest.fixture
def slip(world):
    return Slip(world)
