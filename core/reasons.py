"""Why a letter did not go out, in words that an office can act on. Pure: no web, no database."""

from __future__ import annotations

import enum

from core.languages import later


class Reason(enum.Enum):
    """What kept one letter back, or all of them."""

    ADDRESS = "address"
    UNKNOWN = "unknown"
    FULL = "full"
    REFUSED = "refused"
    UNFIT = "unfit"
    LATER = "later"
    SILENT = "silent"
    AWAY = "away"
    BROKEN = "broken"
    SIGN_IN = "sign_in"
    SENDER = "sender"
    CERTIFICATE = "certificate"
    NO_SENDER = "no_sender"
    OFF = "off"
    OLD = "old"
    WITHDRAWN = "withdrawn"

    @property
    def label(self):
        """What happened."""
        return _WORDS[self][0]

    @property
    def way_on(self):
        """What somebody can do about it; empty when there is nothing to be done."""
        return _WORDS[self][1]


def of_answer(code: int, text: str = "") -> Reason:
    """What a server's answer about one recipient means (RFC 5321 codes, RFC 3463 codes where it gives them)."""
    if code in (452, 422, 552) or "2.2" in text[:8].split(" ")[0][1:]:
        return Reason.FULL
    elif code < 500:
        return Reason.LATER
    elif "5.1." in text[:8] or (code in (550, 551) and "5.7." not in text[:8]):
        return Reason.UNKNOWN
    elif code in (501, 553):
        return Reason.ADDRESS
    else:
        return Reason.REFUSED


_NEW_ONE = later("Correct the address on the roster, then have the notice sent once more.")
_ASK_THEM = later("Ask by telephone, correct the roster, and tell them by telephone or on paper this time.")
_ADMINISTRATOR = later("Whoever installed Kurumaza can put this right. All letters are kept until then.")

_WORDS = {
    Reason.ADDRESS: (later("The mail address is not written correctly."), _NEW_ONE),
    Reason.UNKNOWN: (later("The other side's server knows no such mail address."), _ASK_THEM),
    Reason.FULL: (later("The other side's mailbox is full."), later("Tell them by telephone; send again once they have made room.")),
    Reason.REFUSED: (later("The mail server did not take this letter."),
                     later("Ask whoever looks after your mail server why, and tell the person by telephone or on paper.")),
    Reason.UNFIT: (later("This letter cannot be put into a mail."), later("Tell them by telephone or on paper, and tell the administrator.")),
    Reason.LATER: (later("The other side's server cannot take it at the moment."), ""),
    Reason.SILENT: (later("The mail server does not answer."), _ADMINISTRATOR),
    Reason.AWAY: (later("The mail server cannot be reached."), _ADMINISTRATOR),
    Reason.BROKEN: (later("The line to the mail server broke while a letter was being sent."), _ADMINISTRATOR),
    Reason.SIGN_IN: (later("The mail server does not accept the user name or the password."), _ADMINISTRATOR),
    Reason.SENDER: (later("The mail server does not accept the sender's address."), _ADMINISTRATOR),
    Reason.CERTIFICATE: (later("The mail server cannot prove who it is (certificate)."), _ADMINISTRATOR),
    Reason.NO_SENDER: (later("The sender's address (KURUMAZA_MAIL_FROM) is not set."), _ADMINISTRATOR),
    Reason.OFF: (later("Not sent, since there was no mail for three days."), later("Tell them by telephone or on paper.")),
    Reason.OLD: (later("It could not be sent for three days, so it was given up."), later("Send it again if it is still of use, or tell them by telephone.")),
    Reason.WITHDRAWN: (later("Somebody decided not to send it."), ""),
}
