"""The environment, read once: every variable Alvéole obeys is named here and nowhere else."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import environ
from psycopg.conninfo import conninfo_to_dict

ROOT = Path(__file__).resolve().parent.parent.parent

_read = environ.Env()

DATABASE_URL: str = _read.str("DATABASE_URL", default="")
REDIS_URL: str = _read.str("REDIS_URL", default="")
CELERY_BROKER_URL: str = _read.str("CELERY_BROKER_URL", default=REDIS_URL)
# Where the invoice checker answers: unix:///path or tcp://host:port
CHECKER_URL: str = _read.str("CHECKER_URL", default="")
SECRET_KEY: str = _read.str("SECRET_KEY", default="")
# Former keys: what they signed or locked stays readable after a change.
SECRET_KEY_FALLBACKS: list[str] = _read.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS: list[str] = _read.list("ALLOWED_HOSTS", default=[])
# The address people type, e.g. https://coop.example: links in mails start with it.
SITE_URL: str = _read.str("SITE_URL", default="http://127.0.0.1:8000")
DEMONSTRATION: bool = _read.bool("DEMONSTRATION", default=False)
# Where uploaded and produced files are kept.
STATE_DIR: Path = Path(_read.str("ALVEOLE_STATE", default=str(ROOT / "var")))
# Where `./alveole run` keeps this cooperative, and looks for the accounts to print; empty on a server.
SLOT_DIR: str = _read.str("ALVEOLE_SLOT", default="")
# Where an image keeps its static files: they are collected once, when it is built.
STATIC_DIR: Path = Path(_read.str("STATIC_DIR", default=str(STATE_DIR / "static")))
FILES_DIR: Path = Path(_read.str("FILES_DIR", default=str(STATE_DIR / "files")))
# A bucket instead of that folder: s3://KEY:SECRET@HOST/BUCKET/FOLDER?region=…, s3+http:// without TLS
FILES_URL: str = _read.str("FILES_URL", default="")
EMAIL_URL: dict[str, Any] = _read.email_url("EMAIL_URL", default="consolemail://")
DEFAULT_FROM_EMAIL: str = _read.str("DEFAULT_FROM_EMAIL", default="Alvéole <alveole@localhost>")
# The letter box of that sender, read for what came back: imaps://user:password@host/INBOX
RETURNS_URL: str = _read.str("RETURNS_URL", default="")
# What is sent to kind+secret@MAIL_IN_DOMAIN is taken in: piped to `receive_mail`, or read in this box.
MAIL_IN_DOMAIN: str = _read.str("MAIL_IN_DOMAIN", default="")
MAIL_IN_URL: str = _read.str("MAIL_IN_URL", default="")
# The approved platform: file:///folder of the files dropped for it and by it; none: by hand.
EXCHANGE_URL: str = _read.str("EXCHANGE_URL", default="")
# A file of sorted SHA-1 hashes of leaked passwords, read on this machine; none: the lists of the house.
LEAKED_PASSWORDS_FILE: str = _read.str("LEAKED_PASSWORDS_FILE", default="")
TRUSTED_PROXIES: int = _read.int("TRUSTED_PROXIES", default=0)


def database() -> dict[str, Any]:
    """Gives Django's description of the PostgreSQL server named by DATABASE_URL."""
    part = conninfo_to_dict(DATABASE_URL)
    known = ("dbname", "user", "password", "host", "port")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": part.get("dbname", "alveole"),
        "USER": part.get("user", ""),
        "PASSWORD": part.get("password", ""),
        "HOST": part.get("host", ""),
        "PORT": str(part.get("port", "")),
        # The rest of the address, sslmode above all.
        "OPTIONS": {name: value for name, value in part.items() if name not in known},
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


def bucket_is_whole() -> bool:
    """False when FILES_URL lacks its key, its secret, its host or its bucket."""
    part = urlsplit(FILES_URL)
    named = all((part.username, part.password, part.hostname, part.path.strip("/")))
    return part.scheme in ("s3", "s3+http") and named


def files() -> dict[str, Any]:
    """Gives Django's description of where files are stored: a folder, or the bucket of FILES_URL."""
    if not FILES_URL:
        return {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    part = urlsplit(FILES_URL)
    bucket, _, folder = part.path.strip("/").partition("/")
    scheme = "http" if part.scheme == "s3+http" else "https"
    return {
        "BACKEND": "cae.core.bucket.Bucket",
        "OPTIONS": {
            "endpoint_url": f"{scheme}://{part.netloc.rpartition('@')[2]}",
            "access_key": unquote(part.username or ""),
            "secret_key": unquote(part.password or ""),
            "bucket_name": bucket,
            "location": folder,
            "region_name": parse_qs(part.query).get("region", ["us-east-1"])[0],
        },
    }
