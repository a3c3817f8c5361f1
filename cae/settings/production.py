"""A server in the open: refuses to start with anything unsafe."""

from django.core.exceptions import ImproperlyConfigured

from cae.settings import env
from cae.settings.base import *

DEBUG = False
COMPONENTS_PAGE = False

_faults = {
    "DEMONSTRATION must not be set on a server: it lets anybody in.": env.DEMONSTRATION,
    "SECRET_KEY must be set, secret, and at least 50 characters long.": len(env.SECRET_KEY) < 50,
    "ALLOWED_HOSTS must name the addresses of this site, never '*'.": not env.ALLOWED_HOSTS
    or "*" in env.ALLOWED_HOSTS,
    "SITE_URL must start with https://.": not env.SITE_URL.startswith("https://"),
    "DATABASE_URL must name the PostgreSQL server.": not env.DATABASE_URL,
    "REDIS_URL must name the Redis-compatible server.": not env.REDIS_URL,
    "CHECKER_URL must name the invoice checker.": not env.CHECKER_URL,
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
