"""A table on its way onto the map."""

from __future__ import annotations

from agencies.imports import TableImport
from core.database import Base


class ResourceImport(TableImport, Base):
    """One file of one person, with resources of the town in it."""

    __tablename__ = "resource_import"
