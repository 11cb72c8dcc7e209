"""The sample office's own forms: one in use beside the house's paper, one still being tried."""

from __future__ import annotations

from papers import own_samples
from papers.own_filling import prepared
from papers.own_forms import FormPaper, OwnForm
from stationery.house import layout


def keep(town) -> None:
    """Keep both sample forms, the sheet in use; sent by the administrator."""
    for name, called, note, used in (("sheet", "会議録（表形式）", "決裁欄を付けた", True), ("minutes", "様式第１号 会議録", "", False)):
        made = OwnForm.begin(called, FormPaper.MINUTES, prepared(own_samples.sample(name, layout())), note, by=next(each for each in town.users.values() if each.admin))
        if used:
            made.use(1)
