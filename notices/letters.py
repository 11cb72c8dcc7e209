"""What a letter of notices says: that something waits, about which meeting, until when. Never what it is."""

from __future__ import annotations

from core import clock


def subject(office, notices) -> str:
    """【みなも市】確認をお願いします（2件）."""
    word = "確認をお願いします" if any(each.kind.asks for each in notices) else "お知らせ"
    return f"【{office.name}】{word}（{sum(each.number for each in notices)}件）"


def body(office, member, notices, base_url: str) -> str:
    """The whole letter. Addresses of pages stand in it if the installation has one and the reader an account."""
    at = base_url if member.user_id else ""
    parts = [f"{member.agency.name}\n{member.name} 様", f"{office.name}の支援会議についてのお知らせです。",
             *(_notice(each, at) for each in notices), _way_on(office, member, at), _sender(office, member)]
    return "\n\n".join(parts) + "\n"


def _notice(notice, at: str) -> str:
    until = f"{clock.wareki(notice.answer_by)}まで" if notice.answer_by else ""
    lines = [f"■ {notice.kind.letter}（{notice.number}件）", notice.about, until, f"{at}{notice.path}" if at and notice.path else ""]
    return "\n　".join(filter(None, lines))


def _way_on(office, member, at: str) -> str:
    """Where the rest is read: in the app, or with the help of the office."""
    if member.user_id:
        return "内容はこのメールには書いていません。車座を開いてご確認ください。" + (f"\n{at}/notices" if at else "")
    else:
        phone = f"（電話 {office.phone}）" if office.phone else ""
        return f"内容はこのメールには書いていません。確認やご回答は事務局{phone}がお手伝いします。お気軽にご連絡ください。"


def _sender(office, member) -> str:
    change = "メールの受け取り方は、車座の「お知らせ」の「受け取り方」で変えられます。\n" if member.user_id else ""
    return f"{change}このメールは車座（{office.name}）から自動でお送りしています。"
