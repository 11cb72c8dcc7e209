"""The form of a meeting room."""

from __future__ import annotations

import sqlalchemy as sa
from wtforms import ValidationError
from wtforms.validators import Optional

from core.database import session
from core.forms import Form, Whole, line
from core.languages import _, later
from preparation.rooms import Room


class RoomForm(Form):
    name = line(later("Name of the room"), limit=120)
    seats = Whole(later("Number of seats"), [Optional()], low=1, high=999)
    note = line(later("Equipment and remarks"), limit=200, required=False)

    def __init__(self, *args, room=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.room = room

    def validate_name(self, field):
        """Two rooms of one name could not be told apart."""
        found = session.scalar(sa.select(Room).where(Room.name == field.data))
        if found is not None and found is not self.room:
            raise ValidationError(_("There is a room of this name already."))

    @property
    def words(self) -> dict:
        return dict(name=self.name.data, seats=self.seats.data, note=self.note.data)
