"""Commercial documents: what the room registers at start-up stands in registration.py."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InvoicingConfig(AppConfig):
    name = "invoicing"
    verbose_name = _("Ventes")

    def ready(self) -> None:
        from invoicing.registration import register  # models are ready only now

        register()
