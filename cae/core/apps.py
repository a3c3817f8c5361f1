"""The kernel: what every room uses and no room owns."""

from django.apps import AppConfig
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cae.celery import load_tasks
from cae.core import controls


class CoreConfig(AppConfig):
    name = "cae.core"
    label = "core"
    verbose_name = _("Socle")

    def ready(self) -> None:
        from cae.core import audit  # models are ready only now

        controls.provide_controls(
            lambda: [controls.Control(gettext("Chaîne du journal des actes"), audit.faults)]
        )
        load_tasks()
