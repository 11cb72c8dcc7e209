"""What the person who installs Kurumaza decides, read once from the environment."""

from __future__ import annotations

from dataclasses import dataclass
import os
from pathlib import Path
import re
import secrets


class Unreadable(ValueError):
    """A setting cannot be read; the words (Japanese / English) say which and how it is written."""


@dataclass(frozen=True)
class Settings:
    """Installation settings. `home` is the data folder; an empty `smtp_host` means that mail is switched off."""

    home: Path
    database_url: str
    port: int = 8000
    secret_key: str = ""
    base_url: str = ""
    smtp_host: str = ""
    smtp_port: int = 25
    smtp_user: str = ""
    smtp_password: str = ""
    smtp_tls: str = ""  # starttls, or implicit: encrypted from the first byte (port 465)
    smtp_timeout: float = 20.0  # seconds a mail server may think about each answer
    mail_from: str = ""
    imap_host: str = ""  # the mailbox of `mail_from`, in which answers to invitations arrive; empty: they are given on the page
    imap_port: int = 993
    imap_user: str = ""
    imap_password: str = ""
    imap_tls: bool = True
    imap_folder: str = "INBOX"
    identity_key: str = ""  # keys that names are sealed with, newest first; none given: kept in `identity_file`
    time_zone: str = "Asia/Tokyo"
    secure_cookies: bool = False

    @classmethod
    def from_environment(cls, environ=os.environ) -> Settings:
        """Read KURUMAZA_* variables; makes the data folder and, if none is given, a lasting secret key in it.

        Raises Unreadable.
        """
        home = Path(environ.get("KURUMAZA_HOME") or _default_home()).absolute()
        home.mkdir(mode=0o700, parents=True, exist_ok=True)  # cases lie here: for the service alone
        base_url = environ.get("KURUMAZA_BASE_URL", "").rstrip("/")
        tls = _tls(environ.get("KURUMAZA_SMTP_TLS", ""))
        imap_tls = environ.get("KURUMAZA_IMAP_TLS", "on").lower() in ("1", "true", "yes", "on")
        return cls(
            home=home,
            database_url=environ.get("KURUMAZA_DATABASE_URL") or f"sqlite:///{home / 'kurumaza.sqlite3'}",
            port=_number(environ, "KURUMAZA_PORT", 8000),
            secret_key=environ.get("KURUMAZA_SECRET_KEY") or _kept_secret(home / "secret.key"),
            base_url=base_url,
            smtp_host=environ.get("KURUMAZA_SMTP_HOST", "").strip(),
            smtp_port=_number(environ, "KURUMAZA_SMTP_PORT", 465 if tls == "implicit" else 25),
            smtp_user=environ.get("KURUMAZA_SMTP_USER", ""),
            smtp_password=environ.get("KURUMAZA_SMTP_PASSWORD", ""),
            smtp_tls=tls,
            smtp_timeout=_number(environ, "KURUMAZA_SMTP_TIMEOUT", 20),
            mail_from=_address(environ.get("KURUMAZA_MAIL_FROM", "")),
            imap_host=environ.get("KURUMAZA_IMAP_HOST", ""),
            imap_port=int(_number(environ, "KURUMAZA_IMAP_PORT", 993 if imap_tls else 143)),
            imap_user=environ.get("KURUMAZA_IMAP_USER", ""),
            imap_password=environ.get("KURUMAZA_IMAP_PASSWORD", ""),
            imap_tls=imap_tls,
            imap_folder=environ.get("KURUMAZA_IMAP_FOLDER") or "INBOX",
            identity_key=environ.get("KURUMAZA_IDENTITY_KEY", ""),
            secure_cookies=base_url.startswith("https://"),
        )

    @property
    def identity_file(self) -> Path:
        """Where the keys of names and addresses lie when the environment gives none: beside the database, never in it."""
        return self.home / "identity.key"

    def identity_keys(self) -> list[str]:
        """All keys of names and addresses, newest first: those of the environment, then those of the file."""
        kept = self.identity_file.read_text(encoding="utf-8", errors="replace") if self.identity_file.is_file() else ""
        return list(dict.fromkeys([*self.identity_key.replace(",", " ").split(), *kept.split()]))

    def renew_identity_key(self) -> None:
        """Put a fresh key before those in the file; the older ones stay, since old backups need them."""
        older = self.identity_file.read_text(encoding="utf-8") if self.identity_file.exists() else ""
        beside = self.identity_file.with_name(f".identity.key.{secrets.token_hex(4)}")
        _write_private(beside, f"{secrets.token_urlsafe(48)}\n{older}")
        os.replace(beside, self.identity_file)  # whoever reads it meanwhile finds the old file or the new one


def _number(environ, name: str, default: int) -> int:
    given = environ.get(name) or str(default)
    if not (given.isdecimal() and 0 < int(given) < 65536 or name == "KURUMAZA_PORT" and given == "0"):
        raise Unreadable(f"{name} は数字にしてください(1~65535) / {name} is a number.")
    return int(given)


def _tls(given: str) -> str:
    """"", "starttls" or "implicit"."""
    ways = {"": "", "0": "", "no": "", "off": "", "false": "", "1": "starttls", "true": "starttls", "yes": "starttls",
            "on": "starttls", "starttls": "starttls", "implicit": "implicit"}
    try:
        return ways[given.strip().lower()]
    except KeyError:
        raise Unreadable("KURUMAZA_SMTP_TLS は starttls か implicit(465番ポート)にしてください。使わないときは空にします / "
                         "KURUMAZA_SMTP_TLS is starttls, implicit (port 465) or empty.") from None


def _address(given: str) -> str:
    plain = given.strip()
    if plain and not re.fullmatch(r"[!-?A-~]+@[A-Za-z0-9.-]+", plain):
        raise Unreadable("KURUMAZA_MAIL_FROM はメールアドレスだけにしてください(例 kurumaza@city.example.jp)。名前は事務局の名称が付きます / "
                         "KURUMAZA_MAIL_FROM is a bare mail address; the office's name is added to it.")
    return plain


def _default_home() -> Path:
    here = Path(__file__).resolve().parent.parent
    if (here / "pyproject.toml").exists():  # a checkout keeps its data beside the code
        return here / "data"
    else:
        return Path.cwd() / "kurumaza-data"


def _kept_secret(path: Path) -> str:
    """The key that signs cookies and chains the audit, made once and kept outside the database."""
    if not path.exists():
        _write_private(path, secrets.token_urlsafe(48))
    return path.read_text(encoding="ascii").strip()


def _write_private(path: Path, content: str) -> None:
    """A file that only its owner reads, on the disk before anything relies on it."""
    fresh = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(fresh, "w", encoding="utf-8", newline="\n") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
