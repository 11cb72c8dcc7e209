"""A personal link as it is handed out: on paper, as a Word file, or by mail with the code told by telephone."""

from __future__ import annotations

from typing import NamedTuple

from flask import current_app, request

from core import clock
from core.database import utcnow
from core.office import office
from core.outbox import post
from exports.slips import Slip
from links import qr, slips
from links.models import Link

TITLE = "役割の確認のお願い"


class Handed(NamedTuple):
    """A link with what only this moment knows of it: its address and its code."""

    link: Link
    path: str
    code: str

    @property
    def address(self) -> str:
        return slips.address(self.path, current_app.config["KURUMAZA"].base_url, request.host_url)

    @property
    def picture(self) -> str:
        return qr.picture(self.address)

    @property
    def shown_code(self) -> str:
        return slips.spaced(self.code)

    @property
    def own_address(self) -> bool:
        """Whether the office named the address of this server; else it is the one it was called by."""
        return bool(current_app.config["KURUMAZA"].base_url)

    @property
    def only_here(self) -> bool:
        return slips.local(self.address)

    @property
    def until(self) -> str:
        """令和8年12月8日(火)まで."""
        return f"{clock.wareki(clock.local(self.link.expires_at).date())}まで"

    @property
    def slip(self) -> Slip:
        here = office()
        return Slip(TITLE, self.link.member.full, here.name, self.address, qr.dots(self.address), self.shown_code, self.until,
                    f"{here.name} 電話 {here.phone}" if here.phone else here.name, self.link.meeting.reference)

    @property
    def mailable(self) -> bool:
        """Whether the link can go by mail: mail is set up, the person has an address, and the server's own is known."""
        return bool(current_app.config["KURUMAZA"].smtp_host and self.link.member.email and self.own_address)

    def mail(self) -> None:
        """Send the link to the person; never the code. A second time sends nothing."""
        post(self.link.meeting.topic, self.link.member.email, TITLE, _letter(self), key=f"link/{self.link.id}", secret=True)
        self.link.mailed_at = self.link.mailed_at or utcnow()


def _letter(handed: Handed) -> str:
    here = office()
    phone = f" 電話 {here.phone}" if here.phone else ""
    return (f"{handed.link.member.full} 様\n\n{here.name}です。\n会議でお願いした役割の確認をお願いします。\n\n"
            f"次のアドレスを開き、電話でお伝えする6けたのコードを入れてください。\n{handed.address}\n\n使える期限: {handed.until}\n\n"
            f"このメールにお心当たりがない場合や、開けない場合は、御連絡ください。\n{here.name}{phone}\n")
