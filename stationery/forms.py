"""The form for how the office's papers look."""

from __future__ import annotations

import re

import wtforms

from core.forms import Form, Keepable, Required, Select, Whole, line, paragraph
from core.languages import _, later
from exports.layout import STANDARD
from exports.numbers import SCHEMES
from stationery.choices import BODY_FONTS, COMMAS, DAYS, HEADING_FONTS, TIMES

LABELS = 6
NAMES = {"dai": later("第1 → 1 → (1) → ア → (ア)"), "plain": later("1 → (1) → ア → (ア)"), "、": later("「、」"), "，": later("「，」"),
         "long": later("令和8年7月8日(水)"), "short": later("R8.7.8(水)"), "half": later("午後2時5分"), "whole": later("14時5分"), "digits": later("14:05")}


def _choices(keys):
    return [(each, NAMES.get(each, each)) for each in keys]


class Size(wtforms.Field):
    """A length or size with at most one decimal, between `low` and `high`."""

    widget = wtforms.widgets.NumberInput(step="0.5")

    def __init__(self, label=None, validators=None, low=0, high=100, **kwargs):
        super().__init__(label, validators, **kwargs)
        self.low, self.high = low, high
        self.render_kw = {"min": low, "max": high, "inputmode": "decimal"}

    def _value(self):
        return self.raw_data[0] if self.raw_data else "" if self.data is None else f"{self.data:g}"

    def process_formdata(self, valuelist):
        self.data = None
        if valuelist and valuelist[0].strip():
            try:
                self.data = round(float(valuelist[0].strip()[:12]), 1)
            except ValueError:
                raise ValueError(_("Write a number.")) from None
            if not self.low <= self.data <= self.high:
                raise ValueError(_("Write a number from %(low)s to %(high)s.", low=self.low, high=self.high))


class StyleForm(Form):
    """Lengths in mm, type in points."""

    body_font = Select(later("Typeface of the text"), choices=_choices(BODY_FONTS))
    heading_font = Select(later("Typeface of headings"), choices=_choices(HEADING_FONTS))
    body_size = Size(later("Size of the text (points)"), [Required()], low=9, high=14)
    table_size = Size(later("Size in tables (points)"), [Required()], low=8, high=12)
    left = Size(later("Left margin (mm)"), [Required()], low=15, high=45)
    right = Size(later("Right margin (mm)"), [Required()], low=10, high=40)
    top = Size(later("Top margin (mm)"), [Required()], low=20, high=45)
    bottom = Size(later("Bottom margin (mm)"), [Required()], low=15, high=45)
    lines = Whole(later("Lines to a page"), [Required()], low=25, high=48)
    characters = Whole(later("Characters to a line"), low=0, high=50)
    numbering = Select(later("Numbers of headings and points"), choices=_choices(SCHEMES))
    comma = Select(later("Comma"), choices=_choices(COMMAS))
    days = Select(later("Days"), choices=_choices(DAYS))
    times = Select(later("Times of day"), choices=_choices(TIMES))
    box_title = line(later("Box for seals"), limit=4, required=False)
    box_labels = paragraph(later("Places in the box"), limit=60, rows=4)
    header_text = line(later("Above every page"), limit=40, required=False)
    footer_text = line(later("Below every page"), limit=80, required=False)
    logo_words = line(later("What the logo shows"), limit=80, required=False)
    logo_away = wtforms.BooleanField(later("Take the logo away"))
    annexes = wtforms.BooleanField(later("Those present and the roles stand behind the text, as annexes (別紙)"))
    captions = wtforms.BooleanField(later("Number the tables (表1, 表2 …)"))
    number_rule = line(later("Document number of minutes"), Keepable(40), limit=40, required=False)

    def validate_characters(self, field):
        if field.data and not 20 <= field.data <= 50:
            raise wtforms.ValidationError(_("Write 0, or a number from 20 to 50."))
        parts = (self.left.data, self.right.data, self.body_size.data)
        if field.data and None not in parts:
            most = int((STANDARD.width - parts[0] - parts[1]) / 25.4 * 72 / parts[2])
            if field.data > most + 1:  # letters may stand a little closer, not upon each other
                raise wtforms.ValidationError(_("At this size only %(count)s characters fit between the margins.", count=most))

    def validate_box_labels(self, field):
        labels = [each.strip() for each in field.data.split("\n") if each.strip()]
        if len(labels) > LABELS or any(len(each) > 8 for each in labels):
            raise wtforms.ValidationError(_("At most %(count)s places of at most 8 letters, one a line.", count=LABELS))
        if self.box_title.data and not labels:
            raise wtforms.ValidationError(_("Name the places in the box, for example 課長, 係長, 担当."))
        field.data = "\n".join(labels)

    def validate_number_rule(self, field):
        unknown = set(re.findall(r"{[^{}]*}", field.data or "")) - {"{番号}", "{年度}"}
        if unknown:
            raise wtforms.ValidationError(_("%(mark)s stands for nothing here. There are {番号} and {年度}.", mark=min(unknown)))
        if field.data and "{番号}" not in field.data:
            raise wtforms.ValidationError(_("Write {番号} where the running number stands, for example み福第{番号}号."))
