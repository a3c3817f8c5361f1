"""The kernel: what every room uses and no room owns."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from cae.celery import load_tasks


class CoreConfig(AppConfig):
    name = "cae.core"
    label = "core"
    verbose_name = _("Socle")

    def ready(self) -> None:
        load_tasks()
