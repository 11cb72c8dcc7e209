"""The record of a disposal (廃棄記録): what was disposed of, who proposed, decided and carried it out, kept with its own hash."""

from __future__ import annotations

from collections.abc import Iterator
import hashlib
import json

from core import clock
from core.office import office
from exports.blocks import Block, End, Pairs, Table, Text, Title
from retention.disposal import Disposal, DisposalItem
from stationery import choices

TITLE = "廃棄記録"
METHOD = "データベースから記録の内容を消去（番号、種別、日時及び確定版のハッシュ値のみを残す。）"
BACKUPS = "廃棄前に作成したバックアップには、その保存の世代が入れ替わるまで内容が残る。"


def certify(disposal: Disposal) -> None:
    """Keep the certificate of a list that has just been carried out, as JSON with its SHA-256."""
    here = office()
    content = dict(
        title=TITLE, office=here.name if here else "", list=disposal.id, year=disposal.year, note=disposal.note, method=METHOD, backups=BACKUPS,
        proposed=_act(disposal.proposed_by, disposal.proposed_at), carried_out=_act(disposal.closed_by, disposal.closed_at),
        records=[_record(each) for each in disposal.items])
    disposal.certificate = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    disposal.certificate_hash = hash_of(disposal.certificate)


def hash_of(certificate: str) -> str:
    """SHA-256 of a certificate, in hexadecimal."""
    return hashlib.sha256(certificate.encode()).hexdigest()


def sound(disposal: Disposal) -> bool:
    """Whether the certificate is still the one that was kept."""
    return hash_of(disposal.certificate) == disposal.certificate_hash


def lay_out(certificate: str) -> Iterator[Block]:
    """A certificate (JSON) as paper."""
    kept = json.loads(certificate)
    gone = [each for each in kept["records"] if each["carried_out"]]
    yield Title(TITLE, kept["office"])
    yield Text(f"{kept['office']}の会議の記録について、次のとおり廃棄を行った。" if gone else f"{kept['office']}の会議の記録について、次のとおり決定した。廃棄したものはない。")
    yield Pairs("廃棄の概要", tuple(row for row in (
        ("一覧番号", f"{clock.fiscal_year_name(kept['year'])}　廃棄一覧{kept['list']}"), ("提案者", kept["proposed"]["who"]),
        ("提案日時", kept["proposed"]["at"]), ("実施者", kept["carried_out"]["who"]), ("実施日時", kept["carried_out"]["at"]),
        ("件数", f"廃棄{len(gone)}件　移管{_count(kept, '移管')}件　廃棄しない{_count(kept, '廃棄しない')}件"), ("廃棄の方法", kept["method"]),
        ("備考", kept["note"])) if row[1]))
    yield Table("記録の一覧", (30, 28, 25, 20, 25, 52), ("番号", "種別", "開催日", "保存年限", "満了日", "決定（決定者・日時）"), tuple(
        (each["reference"], each["kind"], _short(each["held"]), each["class"], _short(each["ends"]), "\n".join(filter(None, (
            each["decision"], each["decided"]["who"], each["decided"]["at"].replace("日", "日\n", 1), each["reason"])))) for each in kept["records"]), counted=True)
    yield Table("確定版のハッシュ値（SHA-256）", (30, 14, 136), ("番号", "版", "ハッシュ値"), tuple(
        (each["reference"], f"第{version['number']}版", version["hash"]) for each in kept["records"] for version in each["versions"]), counted=True)
    yield Text(kept["backups"])
    yield End()


def _record(item: DisposalItem) -> dict:
    meeting = item.meeting
    return dict(reference=item.reference, kind=meeting.kind.law_name, held=_day(clock.local(meeting.starts_at).date()), ends=_day(item.ends),
                decision=item.decision.law_name, reason=item.reason, decided=_act(item.decided_by, item.decided_at), versions=item.versions,
                carried_out=_act(item.executed_by, item.executed_at) if item.executed_at else None) | {"class": item.kept}


def _act(by, at) -> dict:
    moment = clock.local(at)
    return dict(who=by.name, at=f"{_day(moment.date())}{clock.hours(moment.time())}", instant=at.isoformat())


def _day(on) -> str:
    return clock.wareki(on, weekday=False)


def _short(day: str) -> str:
    """平成30年12月21日 → H30.12.21, which no column breaks in two."""
    return choices.day(clock.read_date(day), "short", False)


def _count(kept: dict, decision: str) -> int:
    return sum(each["decision"] == decision for each in kept["records"])
