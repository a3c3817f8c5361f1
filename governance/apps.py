"""The cooperative decides: associates and shares, assemblies, votes, minutes, mandates."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from cae.core import permissions
from cae.core.acts import name_acts
from governance.acts import ACTS


class GovernanceConfig(AppConfig):
    name = "governance"
    verbose_name = _("Gouvernance")

    def ready(self) -> None:
        from governance.permissions import PERMISSIONS  # models are ready only now
        from governance.registration import register_all

        permissions.register("governance", PERMISSIONS)
        name_acts(ACTS)
        register_all()
