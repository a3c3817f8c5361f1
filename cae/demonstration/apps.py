"""The demonstration cooperative: invented people, no mail sent, one click to be any of them."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DemonstrationConfig(AppConfig):
    name = "cae.demonstration"
    label = "demonstration"
    verbose_name = _("Démonstration")
