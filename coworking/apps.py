"""The places and what happens in them. No page yet, so no entry in the menu."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoworkingConfig(AppConfig):
    name = "coworking"
    verbose_name = _("Lieux")
