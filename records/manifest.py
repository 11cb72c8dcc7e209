"""MANIFEST.json and 目録.txt of an export: what it holds, how it can be checked. Pure: no web, no database."""

from __future__ import annotations

from dataclasses import asdict, dataclass
import json

FORMAT = "kurumaza-records/1"
NAME, INDEX = "MANIFEST.json", "目録.txt"
WHAT = {"word": "会議録（Word）", "content": "会議録の内容（JSON）", "ledger": "会議録台帳", "index": "目録"}


@dataclass(frozen=True)
class Entry:
    """One file of an export. `version`, `reference` and `check` (the hash of the minutes) are those of a final version."""

    path: str
    what: str
    size: int
    sha256: str
    reference: str = ""
    version: int = 0
    in_force: bool = True
    check: str = ""


@dataclass(frozen=True)
class Head:
    """What an export is: of which 年度, made when and by whom, with which program."""

    office: str
    year: int
    year_name: str
    kind: str  # "" for all
    versions: str  # in_force, all
    made_at: str  # ISO 8601
    made_on: str  # 令和8年7月8日(水) 午後2時
    made_by: str
    program: str
    variant: str = "保存用"


def as_json(head: Head, entries: list[Entry]) -> bytes:
    """The manifest; every other file of the zip stands in it."""
    plain = dict(format=FORMAT, **asdict(head), files=[asdict(each) for each in entries])
    return json.dumps(plain, ensure_ascii=False, indent=1).encode()


def as_text(head: Head, entries: list[Entry]) -> bytes:
    """The same for the eye, as a Windows editor opens it."""
    words = [each for each in entries if each.what == "word"]
    lines = [
        f"{head.office}　{head.year_name}　会議録 目録", "",
        f"対象　　　　{head.kind or 'すべての会議'}、{'旧版を含むすべての確定版' if head.versions == 'all' else '効力のある確定版'}",
        f"種別　　　　{head.variant}（全文。取扱注意）",
        f"作成日時　　{head.made_on}", f"作成者　　　{head.made_by}", f"プログラム　{head.program}", f"会議録の数　{len(words)}件", "",
        "このフォルダーの内容が作成時のままであることは、次のコマンドで確かめられます。",
        "　　kurumaza records verify このファイル.zip",
        f"検査に使うハッシュ値（SHA-256）は {NAME} にあります。", "",
        "会議番号　版　照合番号　大きさ（バイト）　ファイル"]
    lines += [f"{each.reference}　第{each.version}版{'' if each.in_force else '（旧版）'}　{each.check[:12]}　{each.size}　{each.path}" for each in words]
    others = [each for each in entries if each.what not in ("word", "content")]
    lines += ["", *(f"{WHAT[each.what]}　{each.size}　{each.path}" for each in others)]
    return ("\ufeff" + "\r\n".join(lines) + "\r\n").encode()
