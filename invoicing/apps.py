"""Commercial documents: what the room registers at start-up stands in registration/."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from cae.core import permissions
from cae.core.acts import name_acts
from invoicing.acts import ACTS


class InvoicingConfig(AppConfig):
    name = "invoicing"
    verbose_name = _("Ventes")

    def ready(self) -> None:
        from invoicing.permissions import PERMISSIONS  # models are ready only now
        from invoicing.registration import register_all

        permissions.register("invoicing", PERMISSIONS)
        name_acts(ACTS)
        register_all()
