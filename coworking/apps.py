"""The places of the cooperative and what happens in them: desks, events, training."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from cae.core import permissions
from cae.core.acts import name_acts
from coworking.acts import ACTS


class CoworkingConfig(AppConfig):
    name = "coworking"
    verbose_name = _("Lieux")

    def ready(self) -> None:
        from coworking.permissions import PERMISSIONS  # models are ready only now
        from coworking.registration import register_all

        permissions.register("coworking", PERMISSIONS)
        name_acts(ACTS)
        register_all()
