"""A server in the open: refuses to start with anything missing or unsafe, and says what."""

from importlib.util import find_spec

from django.core.exceptions import ImproperlyConfigured

from cae.settings import env
from cae.settings.base import *

DEBUG = False
COMPONENTS_PAGE = False

_weak = len(env.SECRET_KEY) < 50 or len(set(env.SECRET_KEY)) < 12
_known = env.SECRET_KEY.startswith(("django-insecure", "only-", "tests-only"))
_bucket = bool(env.FILES_URL)
_faults = {
    "DEMONSTRATION must not be set on a server: it lets anybody in.": env.DEMONSTRATION,
    "SECRET_KEY must be set, drawn at random, and at least 50 characters long.": _weak or _known,
    "ALLOWED_HOSTS must name the addresses of this site, never '*'.": not env.ALLOWED_HOSTS
    or "*" in env.ALLOWED_HOSTS,
    "SITE_URL must start with https://.": not env.SITE_URL.startswith("https://"),
    "DATABASE_URL must name the PostgreSQL server.": not env.DATABASE_URL,
    "REDIS_URL must name the Redis-compatible server.": not env.REDIS_URL,
    "CHECKER_URL must name the invoice checker.": not env.CHECKER_URL,
    "FILES_URL must read s3://KEY:SECRET@HOST/BUCKET?region=NAME.": _bucket and not env.bucket_is_whole(),
    "RETURNS_URL must read imaps://USER:PASSWORD@HOST/FOLDER.": bool(env.RETURNS_URL)
    and not env.RETURNS_URL.startswith("imaps://"),
    "MAIL_IN_URL must read imaps://USER:PASSWORD@HOST/FOLDER.": bool(env.MAIL_IN_URL)
    and not env.MAIL_IN_URL.startswith("imaps://"),
    "MAIL_IN_DOMAIN must be the part after the @, like mail.coop.example.": "@" in env.MAIL_IN_DOMAIN,
    "EXCHANGE_URL must read file:///FOLDER.": bool(env.EXCHANGE_URL)
    and not env.EXCHANGE_URL.startswith("file:///"),
    "FILES_URL needs the packages of requirements-s3.lock.": _bucket and not find_spec("storages"),
}
if found := [sentence for sentence, wrong in _faults.items() if wrong]:
    raise ImproperlyConfigured(" ".join(found))

SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
CSRF_TRUSTED_ORIGINS = [env.SITE_URL]
if env.TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = env.TRUSTED_PROXIES
