"""車座 Kurumaza's front door on the command line: serve, set up, export, back up, check.

For a larger office, gunicorn serves the same application from this folder, beside `cli.py worker`:
`gunicorn --worker-class gthread --threads 64 "app:create_app()"`, after `cli.py db upgrade`.
"""

from __future__ import annotations

from pathlib import Path
import sys

sys.path.insert(0, str(Path(__file__).resolve().parent))  # the house's folders are named plainly (core, meetings …)

import argparse
from importlib import import_module

# What the commands do stands in commands.py; it is imported when one is run, so that --help answers at once.


def main(argv=None) -> int:
    """Run one command; give the exit code: 0 done, 1 not possible (with a sentence), 2 not understood."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a console without Japanese letters
    arguments = _parser().parse_args(argv)
    try:
        return getattr(import_module("commands"), arguments.run)(arguments) or 0
    except KeyboardInterrupt:
        return 130
    except Exception as fault:
        if words := _foreseen(fault):
            print(words, file=sys.stderr)
            return 1
        raise


def _foreseen(fault: Exception) -> str:
    """One plain line for a fault that may happen to anybody; empty for a bug, which shows its traceback."""
    from alembic.util import CommandError
    import sqlalchemy as sa

    from commands import Refusal
    from core.backup import Unfit
    from core.web import Refused

    if isinstance(fault, Refusal | Unfit | Refused):
        return str(fault)
    elif isinstance(fault, sa.exc.ArgumentError | sa.exc.NoSuchModuleError):
        return "KURUMAZA_DATABASE_URL が読み取れません / KURUMAZA_DATABASE_URL cannot be read."
    elif isinstance(fault, sa.exc.OperationalError | sa.exc.ProgrammingError):
        return ("データベースが使えません。接続先と db upgrade を確かめてください / The database cannot be used: check its address, "
                f"and run db upgrade. ({str(fault.orig).partition(chr(10))[0]})")
    elif isinstance(fault, CommandError):
        return f"このデータベースはほかの版の車座のものです / This database belongs to another version of Kurumaza. ({fault})"
    elif isinstance(fault, OSError):
        where = f": {fault.filename}" if fault.filename else ""
        return f"ファイルを読み書きできません / A file cannot be read or written{where} ({fault.strerror or fault})"
    else:
        return ""


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="kurumaza", description="車座 Kurumaza: support meetings of a municipality")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    one = _command(commands, "serve", "serve", "起動する / serve the application")
    one.add_argument("--host", default="127.0.0.1", help="待ち受けるアドレス / address to listen on (127.0.0.1)")
    one.add_argument("--port", type=_port, help="ポート番号 / port (KURUMAZA_PORT, 8000)")
    one.add_argument("--demo-if-new", action="store_true", help="空なら見本データを入れる / load sample data if new")

    group = commands.add_parser("db", help="データベース / the database").add_subparsers(required=True, metavar="COMMAND")
    _command(group, "upgrade", "upgrade", "最新の形にする / bring it to this version")
    _command(commands, "demo", "demo", "見本データを入れる / load the sample city into an empty database")

    group = commands.add_parser("user", help="利用者 / accounts").add_subparsers(required=True, metavar="COMMAND")
    one = _command(group, "add", "add_user", "登録する(パスワードは標準入力から) / enrol; the password comes from a prompt or stdin")
    one.add_argument("login", metavar="LOGIN")
    one.add_argument("--name", required=True, help="氏名 / the person's name")
    one.add_argument("--role", action="append", default=[], choices=["coordinator", "clerk", "identity", "admin"],
                     help="役割(繰り返し可) / office role, may be repeated; none for a participant")

    group = commands.add_parser("minutes", help="会議録 / minutes").add_subparsers(required=True, metavar="COMMAND")
    one = _command(group, "export", "export_minutes", "Wordで書き出す / write them as Word")
    one.add_argument("meeting", metavar="MEETING", type=int, help="会議のID / the meeting's id")
    one.add_argument("--variant", choices=["record", "distribution", "disclosure", "disclosed"], default="record",
                     help="保存用、機関ごとの配布用、開示検討用（庁内限り）、開示用 / the full record, an agency's copy, a working copy for a disclosure request, or the copy to disclose")
    one.add_argument("--for", dest="agency", metavar="AGENCY_ID", type=int, help="配布先の機関のID / the agency a copy is for")
    one.add_argument("-o", "--output", metavar="FILE", help="書き出し先(末尾で形式が決まる) / file to write: .docx, .pdf, .txt or .md")

    group = commands.add_parser("records", help="記録庫 / the records room").add_subparsers(required=True, metavar="COMMAND")
    one = _command(group, "export", "export_records", "1年度の会議録をZIPに書き出す / write the minutes of a fiscal year to a zip")
    one.add_argument("year", metavar="YEAR", help="年度(2026、R8、令和8年度) / the fiscal year: 2026, R8")
    one.add_argument("-o", "--output", metavar="FILE", help="書き出し先 / file to write")
    one.add_argument("--kind", choices=["juso", "shien", "premeeting", "general"], default="", help="会議の種類 / only this kind of meeting")
    one.add_argument("--all-versions", action="store_true", help="旧版も入れる / superseded versions, too")
    one = _command(group, "verify", "verify_records", "書き出したZIPが元のままか確かめる / check that such a zip is what was written")
    one.add_argument("file", metavar="FILE")
    one.add_argument("--offline", action="store_true", help="データベースと照らし合わせない / do not compare with the database")

    _command(commands, "backup", "back_up", "全体を1つのファイルに保存する / save everything to one file").add_argument("file", metavar="FILE")
    _command(commands, "restore", "restore", "空のデータベースに復元する / restore into an empty database").add_argument(
        "file", metavar="FILE")
    group = commands.add_parser("audit", help="操作記録 / the audit").add_subparsers(required=True, metavar="COMMAND")
    _command(group, "verify", "verify_audit", "改ざんがないか確かめる / check that nothing was altered")
    group = commands.add_parser("identity", help="氏名・住所の暗号 / sealed names").add_subparsers(required=True, metavar="COMMAND")
    _command(group, "check", "check_identities", "すべて読めるか確かめる / check that all of them can be read")
    _command(group, "rotate", "rotate_identities", "新しい鍵で暗号にし直す / seal all of them anew with a new key")
    group = commands.add_parser("search", help="検索 / the search").add_subparsers(required=True, metavar="COMMAND")
    _command(group, "rebuild", "rebuild_search", "索引を作り直す / write its index anew")
    _command(commands, "worker", "work", "お知らせとメールを送り続ける / reminders and mail, for larger sites")
    return parser


def _command(group, name: str, run: str, words: str) -> argparse.ArgumentParser:
    made = group.add_parser(name, help=words, description=words)
    made.set_defaults(run=run)
    return made


def _port(text: str) -> int:
    if not 0 <= int(text) < 65536:
        raise ValueError(text)
    return int(text)


if __name__ == "__main__":
    sys.exit(main())
