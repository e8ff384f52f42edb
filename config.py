"""Settings from the environment; production refuses to start without its secrets.

Every setting is `WAYPOINT_*` plus `DATABASE_URL`, `SECRET_KEY` and `PORT`. An unknown `WAYPOINT_*`
name or a value that cannot be read is a sentence and exit code 2: a typo must never become a default.
"""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

HERE = Path(__file__).resolve().parent
KNOWN_SAMPLES = {"dev", "secret", "changeme", "change-me", "change me", "your-secret-key", "development", "test"}
LOOPBACK = {"127.0.0.1", "localhost"}


class SettingRefused(Exception):
    """A setting is missing or cannot be read; the message is one plain sentence."""


def _zone(text: str) -> str:
    ZoneInfo(text)
    return text


def _number(text: str) -> int:
    number = int(text)
    if number < 0:
        raise ValueError
    return number


def _region(text: str) -> str:
    if len(text) != 2 or not text.isalpha():
        raise ValueError
    return text.upper()


def _server(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname or (parts.port or 25) < 1:
        raise ValueError
    return text


def _address(text: str) -> str:
    name, at, domain = text.partition("@")
    if not (name and at and domain) or len(text) > 254 or not text.isascii() or not text.isprintable() or set(text) & set(" ,;<>\"'"):
        raise ValueError
    return text


def _queue(text: str) -> str:
    if urlsplit(text).scheme not in {"redis", "rediss"}:
        raise ValueError
    return text


def _blobs(text: str) -> str:
    if urlsplit(text).scheme not in {"s3"} or not urlsplit(text).hostname:
        raise ValueError
    return text


def _one_line(text: str) -> str:
    if len(text) > 60 or not text.isprintable():
        raise ValueError
    return text


def _journal_mode(text: str) -> str:
    if text.lower() not in {"auto", "wal", "delete"}:
        raise ValueError
    return text.lower()


def _with_secrets(environ: Mapping[str, str]) -> Mapping[str, str]:
    # Secrets may lie in a file that only the program's user can read; what the environment says wins.
    file = Path(environ.get("WAYPOINT_DATA_DIR") or HERE / "var") / "secrets.env"
    if not file.is_file():
        return environ
    lines = (line.split("=", 1) for line in file.read_text().splitlines() if "=" in line and not line.startswith("#"))
    return {**{name.strip(): value.strip() for name, value in lines}, **environ}


def _setting(name: str, default: Any, read: Callable[[str], Any] = str, hint: str = "text") -> Any:
    return field(default=default, metadata={"name": name, "read": read, "hint": hint})


@dataclass(frozen=True, slots=True)
class Config:
    """Everything the program can be told from outside. Durations say their unit in their name."""

    secret_key: str = _setting("SECRET_KEY", "")
    secret_key_previous: str = _setting("WAYPOINT_SECRET_KEY_PREVIOUS", "")
    audit_key: str = _setting("WAYPOINT_AUDIT_KEY", "")
    database_url: str = _setting("DATABASE_URL", "")
    data_dir: Path = _setting("WAYPOINT_DATA_DIR", HERE / "var", Path, "a folder")
    base_url: str = _setting("WAYPOINT_BASE_URL", "", str, "https://… (or http://127.0.0.1)")
    port: int = _setting("PORT", 8000, _number, "a number")
    proxies: int = _setting("WAYPOINT_PROXIES", 0, _number, "how many proxies stand before the program")
    sqlite_journal: str = _setting("WAYPOINT_SQLITE_JOURNAL", "auto", _journal_mode, "auto, wal or delete")

    org_name: str = _setting("WAYPOINT_ORG_NAME", "Family Line")
    zone: str = _setting("WAYPOINT_TIME_ZONE", "America/New_York", _zone, "an IANA zone such as America/Chicago")
    phone_region: str = _setting("WAYPOINT_PHONE_REGION", "US", _region, "two letters such as US")
    supervisor_on_duty: str = _setting("WAYPOINT_SUPERVISOR_ON_DUTY", "")

    idle_minutes: int = _setting("WAYPOINT_IDLE_MINUTES", 15, _number, "minutes")
    session_hours: int = _setting("WAYPOINT_SESSION_HOURS", 12, _number, "hours")
    quiet_days: int = _setting("WAYPOINT_QUIET_DAYS", 14, _number, "days")
    quiet_more_days: int = _setting("WAYPOINT_QUIET_MORE_DAYS", 7, _number, "days")
    digest_hour: int = _setting("WAYPOINT_DIGEST_HOUR", 8, _number, "an hour of the day, 1 to 11; 0 for never")
    answer_aim_minutes: int = _setting("WAYPOINT_ANSWER_AIM_MINUTES", 60, _number, "minutes")
    stale_program_days: int = _setting("WAYPOINT_STALE_PROGRAM_DAYS", 60, _number, "days")
    stale_meeting_days: int = _setting("WAYPOINT_STALE_MEETING_DAYS", 14, _number, "days")
    place_open_hours: int = _setting("WAYPOINT_PLACE_OPEN_HOURS", 24, _number, "hours")
    consent_ending_days: int = _setting("WAYPOINT_CONSENT_ENDING_DAYS", 14, _number, "days")
    draft_days: int = _setting("WAYPOINT_DRAFT_DAYS", 30, _number, "days")

    smtp_url: str = _setting("WAYPOINT_SMTP_URL", "", _server, "smtp://user:password@host:587 or smtps://user:password@host:465")
    mail_from: str = _setting("WAYPOINT_MAIL_FROM", "", _address, "one e-mail address with a neutral name")
    mail_name: str = _setting("WAYPOINT_MAIL_NAME", "Information desk", _one_line, "a neutral name of at most 60 letters")
    bounce_mailbox: str = _setting("WAYPOINT_BOUNCE_MAILBOX", "", str, "an mbox file or a Maildir folder")
    link_url: str = _setting("WAYPOINT_LINK_URL", "", str, "https://… of a host with a neutral name")
    link_days: int = _setting("WAYPOINT_LINK_DAYS", 14, _number, "days")
    take_back_minutes: int = _setting("WAYPOINT_TAKE_BACK_MINUTES", 10, _number, "minutes")
    queue_url: str = _setting("WAYPOINT_QUEUE_URL", "", _queue, "redis://host:6379/0")
    storage_url: str = _setting("WAYPOINT_STORAGE_URL", "", _blobs, "s3://bucket/folder")

    testing: bool = False

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None) -> "Config":
        """Read the settings.

        Args:
            environ: names to values; the process environment when left out.
        Raises:
            SettingRefused: a name that starts with WAYPOINT_ is not known, or a value cannot be read.
        """
        environ = _with_secrets(os.environ) if environ is None else environ
        known = {f.metadata["name"]: f for f in fields(cls) if f.metadata}
        for name in environ:
            if name.startswith("WAYPOINT_") and name not in known and not name.startswith("WAYPOINT_TEST_"):
                raise SettingRefused(f"{name} is not a setting of Waypoint. Check its spelling, or remove it.")
        given: dict[str, Any] = {}
        for name, setting in known.items():
            text = environ.get(name, "").strip()
            if not text:
                continue
            try:
                given[setting.name] = setting.metadata["read"](text)
            except (ValueError, KeyError, OSError) as cause:
                raise SettingRefused(f"{name} cannot be read: it should be {setting.metadata['hint']}.") from cause
        return cls(**given)

    def __post_init__(self) -> None:
        if not self.base_url:
            object.__setattr__(self, "base_url", f"http://127.0.0.1:{self.port}")
        object.__setattr__(self, "base_url", self.base_url.rstrip("/"))
        object.__setattr__(self, "link_url", (self.link_url or self.base_url).rstrip("/"))
        if not self.database_url:
            object.__setattr__(self, "database_url", f"sqlite:///{self.data_dir / 'waypoint.db'}")
        for prefix in ("postgres://", "postgresql://"):
            if self.database_url.startswith(prefix):
                # `postgresql://` alone names whichever driver the library prefers this year; ours is psycopg.
                object.__setattr__(self, "database_url", "postgresql+psycopg://" + self.database_url[len(prefix) :])

    @property
    def loopback(self) -> bool:
        """Whether the program serves only this machine (the demonstration): the one case without https."""
        parts = urlsplit(self.base_url)
        return parts.scheme == "http" and parts.hostname in LOOPBACK

    @property
    def sends_mail(self) -> bool:
        """Whether anything can leave by e-mail: a server and a sender are set."""
        return bool(self.smtp_url and self.mail_from)

    @property
    def sqlite(self) -> bool:
        return self.database_url.startswith("sqlite")

    def check(self) -> None:
        """Refuse to serve without secrets or on an address that is not private (trust 1.8: 1, 2, 7, 9).

        Raises:
            SettingRefused: with the one sentence to print.
        """
        for name, value in (("SECRET_KEY", self.secret_key), ("WAYPOINT_AUDIT_KEY", self.audit_key)):
            if not value:
                raise SettingRefused(f"{name} is missing. Make one with: python3 -c 'import secrets; print(secrets.token_hex(32))'")
            if len(value.encode()) < 32 or value.lower() in KNOWN_SAMPLES or len(set(value)) < 8:
                raise SettingRefused(f"{name} is too short or a known sample: it needs at least 32 random bytes.")
        if self.secret_key == self.audit_key:
            raise SettingRefused("SECRET_KEY and WAYPOINT_AUDIT_KEY are the same: each purpose needs a key of its own.")
        if os.environ.get("FLASK_DEBUG", "0").lower() not in {"", "0", "false", "no"}:
            raise SettingRefused("FLASK_DEBUG is on. Waypoint does not serve people's records with a debugger attached.")
        self._check_mail()
        parts = urlsplit(self.base_url)
        if not parts.hostname or (parts.scheme != "https" and not self.loopback):
            raise SettingRefused("WAYPOINT_BASE_URL must begin with https:// (only http://127.0.0.1 may do without).")

    def _check_mail(self) -> None:
        # trust 1.8: 10. Towards another machine smtp:// always asks for STARTTLS with a verified certificate.
        if bool(self.smtp_url) != bool(self.mail_from):
            raise SettingRefused("WAYPOINT_SMTP_URL and WAYPOINT_MAIL_FROM belong together: set both, or neither.")
        links = urlsplit(self.link_url)
        if not links.hostname or (links.scheme != "https" and not (links.scheme == "http" and links.hostname in LOOPBACK)):
            raise SettingRefused("WAYPOINT_LINK_URL must begin with https:// (only http://127.0.0.1 may do without).")
        if self.digest_hour > 11:
            raise SettingRefused("WAYPOINT_DIGEST_HOUR must lie between 1 and 11, or be 0 for never.")
        if not 1 <= self.link_days <= 30:
            raise SettingRefused("WAYPOINT_LINK_DAYS must lie between 1 and 30.")

    def flask(self) -> dict[str, Any]:
        """The settings as Flask and its extensions name them (trust 1.2)."""
        host = urlsplit(self.base_url).hostname
        links = urlsplit(self.link_url).hostname
        hosts = sorted({*(LOOPBACK if self.loopback else [host]), links})
        return {
            "SECRET_KEY": self.secret_key,
            "SECRET_KEY_FALLBACKS": [self.secret_key_previous] if self.secret_key_previous else None,
            "SESSION_COOKIE_NAME": "waypoint" if self.loopback else "__Host-waypoint",
            "SESSION_COOKIE_PATH": "/",
            "SESSION_COOKIE_SECURE": not self.loopback,
            "SESSION_COOKIE_HTTPONLY": True,
            "SESSION_COOKIE_SAMESITE": "Lax",
            "SESSION_REFRESH_EACH_REQUEST": False,  # a session on the server has an end of its own: its cookie is made once
            "PERMANENT_SESSION_LIFETIME": self.session_hours * 3600,
            "MAX_CONTENT_LENGTH": 2 * 2**20,
            "MAX_FORM_MEMORY_SIZE": 500_000,
            "MAX_FORM_PARTS": 200,
            "TRUSTED_HOSTS": hosts,
            "WTF_CSRF_TIME_LIMIT": None,
            "WTF_CSRF_SSL_STRICT": True,
            "WTF_CSRF_CHECK_DEFAULT": True,
            "SQLALCHEMY_DATABASE_URI": self.database_url,
            "TESTING": self.testing,
            "WAYPOINT": self,
        }
