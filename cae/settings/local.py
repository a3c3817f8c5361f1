"""A laptop or a demonstration: one machine, plain HTTP on the loopback address, no mail sent."""

from cae.settings import env
from cae.settings.base import *
from cae.settings.base import STORAGES

DEBUG = False
SECRET_KEY = env.SECRET_KEY or "only-for-a-laptop-never-for-a-server-" + "0" * 24
ALLOWED_HOSTS = ["*"] if env.DEMONSTRATION else ["localhost", "127.0.0.1", "[::1]"]
COMPONENTS_PAGE = True
# Compressing the styles takes twenty seconds of a processor at each start: worth it on a server only.
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}
}
