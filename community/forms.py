"""Forms of the map: an entry, what ended it, what somebody says is wrong."""

from __future__ import annotations

import wtforms

from accounts.forms import Ticks
from agencies.forms_import import TableForm
from agencies.models import Agency, Domain
from community import personal
from community.columns import MAP
from community.imports import ResourceImport
from community.kinds import Footing, Outcome, ResourceKind
from community.models import TEXTS, SocialResource
from community.rows import LIMITS, kana
from core import clock
from core.finding import Box
from core.forms import Day, Form, Required, Select, line, paragraph
from core.kana import ROWS
from core.languages import _, later

OTHERS = "others"  # a name without a reading, in digits or Latin letters


def not_ahead(_form, field):
    """A day on which something has happened."""
    if field.data and field.data > clock.today():
        raise wtforms.ValidationError(_("This day lies ahead."))


class ResourceForm(Form):
    name = line(later("Name of the resource"), limit=LIMITS["name"])
    kana = line(later("Reading (kana)"), limit=LIMITS["kana"], required=False)
    footing = Select(later("Formal or informal"), [Required()])
    kind = Select(later("Kind of resource"), [Required()])
    domains = Ticks(later("Domains"))
    area = line(later("Area"), limit=LIMITS["area"], required=False, render_kw={"list": "areas"})
    does = paragraph(later("What it can do"), limit=LIMITS["does"], required=True, rows=2)
    whom = paragraph(later("For whom, on which conditions"), limit=LIMITS["whom"], rows=2)
    contact = line(later("How to get in touch"), limit=LIMITS["contact"], required=False)
    phone = line(later("Telephone"), limit=LIMITS["phone"], required=False, render_kw={"inputmode": "tel"})
    agency_id = Select(later("Agency on the roster"), coerce=lambda value: int(value or 0))
    cost = line(later("Cost"), limit=LIMITS["cost"], required=False)
    hours = line(later("Days and hours"), limit=LIMITS["hours"], required=False)
    memo = paragraph(later("Memo"), limit=LIMITS["memo"], rows=2)
    checked_on = Day(later("Checked on"), [wtforms.validators.Optional(), not_ahead])

    def __init__(self, resource: SocialResource | None = None, **kwargs):
        super().__init__(**kwargs)
        self.kind.choices = [("", _("(choose)")), *((each.value, each.label) for each in ResourceKind)]
        self.footing.choices = [("", _("(choose)")), *((each.value, each.label) for each in Footing)]
        own = [each.code for each in resource.domains] if resource else []
        self.domains.choices = [(each.code, each.label) for each in Domain.listed(also=own)]
        self.agency_id.choices = [(0, _("(none)")), *Agency.offered(also=resource.agency_id if resource else None)]

    @classmethod
    def of(cls, resource: SocialResource) -> ResourceForm:
        """The form as an entry stands."""
        plain = {name: getattr(resource, name) for name in (*TEXTS, "checked_on")}
        return cls(resource, formdata=None, data=plain | dict(
            kind=resource.kind.value, footing=resource.footing.value, agency_id=resource.agency_id or 0,
            domains=[each.code for each in resource.domains], version=str(resource.version)))

    def validate_kana(self, field):
        """Whatever width and kana it was typed in: the list goes by ひらがな."""
        field.data = kana(field.data or "")
        wtforms.validators.Length(max=LIMITS["kana"])(self, field)  # ㍿ is four letters of a reading

    @property
    def words(self) -> dict:
        """The entry as it was typed."""
        chosen = [each for each in Domain.listed(everything=True) if each.code in (self.domains.data or [])]
        return {name: self[name].data for name in TEXTS} | dict(
            kind=ResourceKind(self.kind.data), footing=Footing(self.footing.data), domains=chosen, agency_id=self.agency_id.data or None, checked_on=self.checked_on.data)

    @property
    def personal(self) -> list[str]:
        """Words of it that may belong to one private person."""
        return personal.looks_personal(*(self[name].data or "" for name in TEXTS))


class EndForm(Form):
    """It is there no longer."""

    on = Day(later("Ended on"), [Required(), not_ahead])
    note = line(later("Why, or what there is instead"), limit=200, required=False)

    @classmethod
    def today(cls):
        return cls(formdata=None, data=dict(on=clock.today()))


class CorrectionForm(Form):
    """「この情報は違います」: a short note for whoever keeps the map."""

    text = paragraph(later("What is wrong, and how it is, as far as you know"), limit=400, required=True, rows=2)


class SettleForm(Form):
    came = Select(later("What came of it"), [Required()])

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.came.choices = [(each.value, each.label) for each in Outcome]


class ResourceBox(Box):
    kind, filters = "social_resource", ("footing", "of", "domain", "area", "state", "row")
    footing = Select(later("Formal or informal"))
    of = Select(later("Kind of resource"))
    domain = Select(later("Domain"))
    area = Select(later("Area"))
    state = Select(later("State"))
    row = Select(later("By reading"))

    def __init__(self, *args, areas=(), **kwargs):
        super().__init__(*args, **kwargs)
        every = [("", _("All"))]
        self.footing.choices = every + [(each.value, each.label) for each in Footing]
        self.of.choices = every + [(each.value, each.label) for each in ResourceKind]
        self.domain.choices = every + [(each.code, each.label) for each in Domain.listed()]
        self.area.choices = every + [(each, each) for each in areas]
        self.state.choices = [("", _("There now")), ("stale", _("To be checked")), ("hints", _("Said to be wrong")), ("ended", _("Ended"))]
        self.row.choices = every + [*ROWS.items(), (OTHERS, _("Others"))]


class MapColumnsForm(TableForm):
    of, needed = MAP, ("name", later("Say which column holds the name of the resource."))
    more = dict(kind=ResourceKind.SYSTEM.value, footing=Footing.INFORMAL.value, guess=True, checked=False)
    kind = Select(later("Kind of resources that do not say"))
    footing = Select(later("Formal or informal, where it is not said"))
    guess = wtforms.BooleanField(later("Where no domain is written, take it from the words of the row"))
    checked = wtforms.BooleanField(later("The whole table was looked through today (it becomes the day of checking)"))

    def __init__(self, found: ResourceImport, sent=None):
        super().__init__(found, sent)
        self.kind.choices = [(each.value, each.label) for each in ResourceKind]
        self.footing.choices = [(each.value, each.label) for each in Footing]
