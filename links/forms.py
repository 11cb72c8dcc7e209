"""The one field before the door."""

from __future__ import annotations

import re
import unicodedata

from wtforms import ValidationError

from core.forms import Form, Text
from core.languages import _, later


class CodeForm(Form):
    """Six digits, however they are typed: １２３　４５６, 123-456."""

    personal_code = Text(later("Code (6 digits)"), render_kw=dict(inputmode="numeric", autocomplete="one-time-code", maxlength=20, required=True))

    @property
    def code(self) -> str:
        """The digits alone."""
        return re.sub(r"\D", "", unicodedata.normalize("NFKC", self.personal_code.data or ""), flags=re.ASCII)

    def validate_personal_code(self, field):
        """What cannot be a code is no try."""
        if len(self.code) != 6:
            raise ValidationError(_("Type the 6 digits of your code."))
