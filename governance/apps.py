"""The cooperative decides: associates, assemblies, votes. No page yet, so no entry in the menu."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GovernanceConfig(AppConfig):
    name = "governance"
    verbose_name = _("Gouvernance")
