"""The test-suite: eager jobs, cheap passwords, a key of its own, no second factor forgotten."""

import os
import tempfile
from pathlib import Path

from cae.settings import env
from cae.settings.base import *

DEBUG = False
SECRET_KEY = "tests-only-" + "0" * 50
ALLOWED_HOSTS = ["*"]
DEMONSTRATION = False
COMPONENTS_PAGE = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Workers of pytest share the server: each empties a cache of its own (db 2 and up), never a neighbour's.
_worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": env.REDIS_URL.replace("db=0", f"db={2 + _worker % 14}"),
    },
}
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
MEDIA_ROOT = Path(tempfile.mkdtemp(prefix="alveole-test-files-"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
WHITENOISE_AUTOREFRESH = True
