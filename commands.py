"""What each command of `cli.py` does. Imports stand inside: a command loads only what it needs."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
import signal
import sys


class Refusal(Exception):
    """The command cannot do what was asked; the words (Japanese / English) are for the person at the keyboard."""


def serve(arguments: Namespace) -> int:
    """Migrate, plant, serve until Ctrl-C or SIGTERM."""
    settings = _connect()
    from core import migrate

    migrate.upgrade()
    _plant(sample=arguments.demo_if_new)
    _catch_up()
    from app import create_app
    from core.worker import Worker

    port = settings.port if arguments.port is None else arguments.port
    app = create_app(settings)
    server = _listening(app, arguments.host, port)
    worker = Worker(app)
    worker.start()
    port = getattr(server, "effective_port", port)  # the one chosen, if 0 was asked for
    host = f"[{arguments.host}]" if ":" in arguments.host else arguments.host
    sys.setswitchinterval(0.001)  # the thread that takes requests in does not stand behind those that render
    print(f"車座 Kurumaza: http://{host}:{port}\n終わるには Ctrl-C / Ctrl-C to stop", flush=True)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # waitress ends cleanly on SystemExit
    server.run()
    worker.end()
    return 0


def _listening(app, host: str, port: int):
    """The web server, its port already open. Raises Refusal when the port (or the address) is not to be had."""
    import waitress

    from room.news import STREAMS

    try:
        # Each open room keeps one thread for its stream of news, which sleeps; the rest answer pages. A browser holds several lines.
        return waitress.create_server(app, host=host, port=port, threads=STREAMS + 64, connection_limit=_lines(4 * STREAMS),
                                      channel_timeout=300, backlog=1024, asyncore_use_poll=True, ident=None)
    except (OSError, ValueError) as fault:
        raise Refusal(f"{host}:{port} で待ち受けられません。ほかのプログラムが使っているなら --port で別の番号を / "
                      f"Cannot listen on {host}:{port}: if another program uses it, choose another --port.") from fault


def _lines(wanted: int) -> int:
    """So many connections at once, or as many as the system lets us hold."""
    try:
        import resource
    except ImportError:  # Windows sets no such limit
        return wanted
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = wanted + 500 if hard == resource.RLIM_INFINITY else min(wanted + 500, hard)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, most), hard))
    return max(100, min(wanted, max(soft, most) - 200))


def _plant(sample: bool) -> None:
    """Domains, ground rules, agendas, clue cards and examples of referrals for every office; the sample city too, if asked and nobody has begun here."""
    from agencies.models import Domain
    from core.clock import today
    from core.database import unit
    from demo import loader
    from ground_rules.models import Edition
    from meetings.templates import AgendaTemplate
    from papers.withholding import Ground
    from referrals.criteria import Criterion
    from room.cards import ClueCard

    with unit():
        Domain.plant()
        Edition.plant()
        Criterion.plant()
        AgendaTemplate.plant()
        ClueCard.plant()
        Ground.plant()
        if sample and not loader.in_use():
            loader.load(today())


def upgrade(_arguments: Namespace) -> None:
    """Bring the database to this version."""
    _connect()
    from core import migrate

    migrate.upgrade()
    _catch_up()
    print(f"データベースは最新です / The database is up to date ({migrate.newest()})")


def _catch_up() -> None:
    from core import search
    from core.database import unit

    with unit():
        search.catch_up()


def rebuild_search(_arguments: Namespace) -> None:
    """Write the index of the search anew."""
    _connect()
    from core import audit, search
    from core.database import unit

    with unit():
        audit.acting("cli")
        count = search.rebuild()
    print(f"{count} 件の索引を作り直しました / Indexed {count} records anew.")


def demo(_arguments: Namespace) -> None:
    """Load the sample city into an empty database."""
    _connect()
    from core import migrate
    from core.clock import today
    from core.database import unit
    from demo import loader

    migrate.upgrade()
    try:
        with unit():
            loader.load(today())
    except loader.InUse:
        raise Refusal("見本データは空のデータベースにだけ入れられます / Sample data goes into an empty database only.") from None
    print("見本データを入れました。利用者: facilitator, participant, clerk, admin、パスワードは kurumaza-(利用者名) / "
          "Sample data is in: sign in as any of these, with kurumaza-(name).")


def add_user(arguments: Namespace) -> None:
    """Enrol a person; the password is asked for, or read from standard input."""
    _connect()
    import sqlalchemy as sa
    from wtforms import ValidationError

    from accounts.forms import LEAST, plain_login
    from accounts.models import Role, User
    from core import audit
    from core.database import unit

    login, name = arguments.login.strip(), arguments.name.strip()
    try:
        plain_login(None, Namespace(data=login))
    except ValidationError as fault:
        raise Refusal(str(fault)) from None
    if not (0 < len(login) <= 60 and 0 < len(name) <= 80):
        raise Refusal("利用者名は60字、氏名は80字までです / At most 60 characters for the sign-in name, 80 for the name.")
    with unit() as session:
        if session.scalar(sa.select(User.id).where(User.login == login)):
            raise Refusal(f"{login} はすでに使われています / The sign-in name {login} is taken.")
    password = _password()
    if not LEAST <= len(password) <= 200:
        raise Refusal(f"パスワードは{LEAST}字以上200字以下にしてください / A password has {LEAST} to 200 characters.")
    with unit():
        audit.acting("cli")
        User.enrol(login, name, password, [Role(each) for each in dict.fromkeys(arguments.role)])
    print(f"{login} を登録しました / Enrolled {login}.")


def _password() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    from getpass import getpass

    password = getpass("パスワード / Password: ")
    if getpass("もう一度 / Again: ") != password:
        raise Refusal("二つのパスワードが違います / The two passwords differ.")
    return password


def export_minutes(arguments: Namespace) -> None:
    """Write the minutes of a meeting as Word, noted in the audit."""
    _connect()
    from agencies.models import Agency
    from core import audit
    from core.database import unit
    from meetings import minutes
    from meetings.models import Meeting
    from papers import making
    from papers.variants import Variant

    with unit() as session:
        meeting = session.get(Meeting, arguments.meeting)
        if meeting is None:
            raise Refusal(f"会議 {arguments.meeting} はありません / There is no meeting {arguments.meeting}.")
        audit.acting("cli")
        kind = _kind(arguments.output)
        audit.note("exported", f"meeting/{meeting.id}", f"{kind} {arguments.variant}{f' agency/{arguments.agency}' if arguments.agency else ''}")
        variant = Variant(arguments.variant)
        if variant == Variant.DISTRIBUTION:
            agency = session.get(Agency, arguments.agency) if arguments.agency else None
            if agency is None:
                raise Refusal("配布用は、配布先の機関を --for で指定してください / Name the agency a copy is for: --for AGENCY_ID.")
            paper, content = making.distribution(meeting, None, agency)
        elif variant in (Variant.DISCLOSURE, Variant.DISCLOSED):
            if kind in ("md", "txt"):
                raise Refusal("開示検討用と開示用は、一覧の付く .docx か .pdf で取り出してください / A copy for disclosure is written as .docx or .pdf, with its list.")
            make = making.disclosed if variant == Variant.DISCLOSED else making.disclosure
            paper, content = make(meeting, None, {each.case.number if each.case else "" for each in meeting.hearings})
        else:
            paper, content = making.record(meeting, None)
        name = minutes.file_name(meeting, meeting.final) if variant == Variant.RECORD else making.file_name(meeting, variant)
        content, path = _written(paper, content, kind), Path(arguments.output or name)
    path.write_bytes(content)  # after the note is committed: nothing leaves the house unnoted
    print(path)


def _kind(output: str | None) -> str:
    """In which form the minutes are wished, by the suffix of the file; any other suffix has always been a Word file."""
    kind = Path(output or "").suffix.lower().removeprefix(".")
    return kind if kind in ("pdf", "md", "txt") else "docx"


def _written(paper, content: bytes, kind: str) -> bytes:
    """The minutes in one of those forms. Raises Refusal where there is no LibreOffice to make a PDF."""
    from exports import markdown, pdf, text

    if kind in ("md", "txt"):
        return (markdown if kind == "md" else text).write(paper).encode()
    try:
        return pdf.convert(content) if kind == "pdf" else content
    except pdf.NotAvailable:
        raise Refusal("PDFにするには、このサーバーにLibreOfficeが必要です / A PDF needs LibreOffice on this machine.") from None
    except pdf.Failed as fault:
        raise Refusal(f"PDFにできませんでした / No PDF was made: {fault}") from None


def export_records(arguments: Namespace) -> None:
    """Write the final minutes of a fiscal year to one zip, its begin and end noted in the audit."""
    _connect()
    from core import audit
    from core.database import unit
    from records import year
    from records.sending import THE_SERVER, Sending
    from records.years import year_of
    from stationery.house import layout

    chosen = year_of(arguments.year)
    if chosen is None:
        raise Refusal(f"{arguments.year} は年度として読めません。2026、R8、令和8年度のように書いてください / Not a fiscal year: write 2026 or R8.")
    with unit():
        audit.acting("cli")
        what = year.asked(THE_SERVER, chosen, arguments.kind, arguments.all_versions, layout(), THE_SERVER.name)
        if not what.versions:
            raise Refusal(f"{arguments.year} 年度の確定した会議録はありません / There are no final minutes of that year.")
        sending = Sending(what, None)
    path = Path(arguments.output or year.zip_name(what))
    pieces = sending.pieces()
    try:
        with path.open("wb") as file:
            file.writelines(pieces)
    finally:
        pieces.close()  # a full disk is noted, too
    print(f"{len(what.versions)} 件の会議録を {path} に書き出しました / Wrote {len(what.versions)} records to {path}.")


FAULTS = {
    "not a zip": "ZIPファイルではないか、途中で切れています / not a zip, or cut short", "no manifest": "目録データがないか読めません / the manifest is missing or cannot be read",
    "missing": "ありません / missing", "extra": "目録にないファイルです / not in the manifest", "twice": "同じ名前が2つあります / there twice",
    "altered": "書き出した時と内容が違います / not what was written", "broken": "壊れていて読めません / broken",
    "check number": "照合番号が内容と合いません / the check number does not belong to the content",
}


def verify_records(arguments: Namespace) -> int:
    """Check an export against its manifest, its check numbers and, unless told otherwise, the database; 1 when a fault is found."""
    from records.verifying import verify

    report = verify(Path(arguments.file))
    for kind, path in report.faults:
        print(f"異常 / fault: {path}: {FAULTS[kind]}")
    differing = _beside_the_database(report) if report.entries and not arguments.offline else []
    if report.faults or differing:
        return 1
    print(f"OK: {report.files} ファイル、会議録 {report.papers} 件の照合番号が合いました / {report.files} files and {report.papers} check numbers hold.")
    return 0


def _beside_the_database(report) -> list[str]:
    """Say what the database, if there is one here, knows of this export; give what differs."""
    from sqlalchemy.exc import SQLAlchemyError

    from core.database import unit

    try:
        _connect()
        from records.stored import beside

        with unit(read_only=True):
            found = beside(report)
    except (Refusal, SQLAlchemyError, OSError):
        found = None
    if found is None:
        print("データベースとは照らし合わせていません / Not compared with a database: this one does not know that year.")
        return []
    for path in found.differing:
        print(f"異常 / fault: {path}: 保存されている会議録と照合番号が違います / its check number differs from the one in the database")
    for path in found.away:
        print(f"参考 / note: {path}: このデータベースにはありません(廃棄された場合など) / not in this database (it may have been disposed of)")
    print(f"データベースと {found.same} 件が一致 / {found.same} records are the same in the database.")
    if not found.sent:
        print("参考 / note: この目録データを書き出した記録がこのデータベースにはありません / this database did not send this very manifest.")
    return found.differing


def back_up(arguments: Namespace) -> None:
    """Write the whole database to one file."""
    settings = _connect()
    from core import audit, backup
    from core.database import unit

    with unit():
        audit.acting("cli")
        audit.note("exported", "database", "backup")
    rows = backup.write(Path(arguments.file).absolute())
    print(f"{sum(rows.values())} 行を {arguments.file} に保存しました / Saved {sum(rows.values())} rows to {arguments.file}.")
    print("操作記録の検証に使う鍵は入っていません。これも別に保管してください: "
          f"KURUMAZA_SECRET_KEY または {settings.home / 'secret.key'} / The key of the audit chain is not in it: keep that, too.")
    if rows["identity"]:
        print("氏名・住所を読むための鍵も入っていません。バックアップとは別の場所に保管してください: "
              f"KURUMAZA_IDENTITY_KEY または {settings.identity_file} / Nor is the key of names and addresses: keep it apart from the backup.")


def restore(arguments: Namespace) -> None:
    """Fill an empty database from a backup."""
    _connect()
    import sqlalchemy as sa

    from core import audit, backup, migrate, search
    from core.database import engine, unit

    if not sa.inspect(engine()).get_table_names():
        migrate.upgrade()
    rows = backup.restore(Path(arguments.file))
    with unit():
        search.rebuild()  # the index is derived, so no backup holds it
    print(f"{sum(rows.values())} 行を復元しました / Restored {sum(rows.values())} rows.")
    with unit(read_only=True):
        faults = audit.verify()
    if faults:
        raise Refusal("操作記録が今の鍵と合いません。元の KURUMAZA_SECRET_KEY か secret.key を戻してください / The audit does not match "
                   "this installation's key: bring back the old KURUMAZA_SECRET_KEY or secret.key.")
    with unit():
        audit.acting("cli")
        audit.note("restored", "database", "backup")
    _say_whether_names_can_be_read()


def _say_whether_names_can_be_read() -> None:
    """After a restore: the keys that seal the names came by another way, or not yet."""
    from core.database import unit
    from identities.models import Identity

    with unit(read_only=True):
        if Identity.keys_in_use() - _key_ids():
            print("氏名・住所は、元の identity.key を戻すまで表示できません / Names and addresses stay sealed until the old identity.key is "
                  "back in its place.")


def _key_ids() -> set[str]:
    """The ids of the keys there are. Raises Refusal when they cannot be keys."""
    from identities import vault

    try:
        return vault.ring().ids
    except vault.Away:
        raise Refusal("identity.key(または KURUMAZA_IDENTITY_KEY)の鍵が短すぎます。壊れていないか確かめてください / A key in identity.key (or "
                      "KURUMAZA_IDENTITY_KEY) is too short: is the file whole?") from None


def check_identities(_arguments: Namespace) -> int:
    """Open every sealed value; 1 when one cannot be read."""
    _connect()
    from core.database import unit
    from identities import rotation

    ids = _key_ids()
    with unit(read_only=True):
        keys, faults = rotation.check()
    for fault in faults:
        print(f"異常 / fault: {fault}")
    for key, count in keys.items():
        state = "" if key in ids else " (鍵がありません / missing)"
        print(f"鍵 / key {key}{state}: {count} 件 / rows")
    if not faults:
        print(f"OK: {keys.total()} 件すべて読めます / all {keys.total()} rows can be read")
    return 1 if faults else 0


def rotate_identities(_arguments: Namespace) -> None:
    """Make a new key (unless the environment gives it) and seal everything with it."""
    settings = _connect()
    from core import audit
    from core.database import unit
    from identities import rotation

    _key_ids()
    with unit(read_only=True):
        _keys, faults = rotation.check()
    if [each for each in faults if not each.endswith("search index")]:
        raise Refusal("読めないものがあるため、何も変えていません。identity check で確かめてください / Some rows cannot be read, so nothing "
                      "was changed: see identity check.")
    if not settings.identity_key:
        settings.renew_identity_key()
    with unit():
        audit.acting("cli")  # for all of its transactions
        count = rotation.rotate()
    print(f"{count} 件を新しい鍵で暗号にし直しました / Sealed {count} rows anew.")
    print("これまでの鍵は、以前のバックアップを読むときに必要です。残してあります / The older keys stay: earlier backups need them.")


def verify_audit(_arguments: Namespace) -> int:
    """Walk the audit chain; 1 when a fault is found."""
    _connect()
    import sqlalchemy as sa

    from core import audit
    from core.database import unit

    with unit(read_only=True) as session:
        faults = audit.verify()
        head = session.scalar(sa.select(audit.AuditHead))
    for fault in faults:
        print(f"異常 / fault: {fault}")
    if not faults:
        print(f"OK: {head.count if head else 0} rows, {head.hash if head else '-'}")
    return 1 if faults else 0


def work(_arguments: Namespace) -> None:
    """Deliver mail and run what comes round by itself until Ctrl-C or SIGTERM."""
    settings = _connect()
    import threading

    from app import create_app
    from core import worker

    stop = threading.Event()
    for each in (signal.SIGTERM, signal.SIGINT):
        # From a thread of its own: the signal may come while this one holds the lock of `stop`.
        signal.signal(each, lambda *_: threading.Thread(target=stop.set).start())
    print(f"お知らせとメールを受け持ちます / Reminders and mail: {_mail(settings)}", flush=True)
    worker.run(create_app(settings), stop, name="worker")


def _mail(settings) -> str:
    """Where mail goes, for the person at the keyboard."""
    if not settings.smtp_host:
        return "メールは使わない設定です / mail is switched off"
    elif not settings.mail_from:
        return "KURUMAZA_MAIL_FROM がないため、メールは送れません / no mail can be sent without KURUMAZA_MAIL_FROM"
    else:
        return f"{settings.smtp_host}:{settings.smtp_port}"


def _connect():
    """Settings of this installation, with the database bound and every model known."""
    from app import models
    from core import audit, database, keyed
    from core.settings import Settings, Unreadable
    from identities import vault

    try:
        settings = Settings.from_environment()
    except Unreadable as fault:
        raise Refusal(str(fault)) from None
    database.connect(settings.database_url)
    audit.use_key(settings.secret_key)
    keyed.use(settings.secret_key)
    vault.use(settings)
    models()
    return settings
