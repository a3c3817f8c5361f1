"""What total sales are read by."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class SalesAxis(TextChoices):
    ACTIVITY = "activite", _("Activité")
    TERRITORY = "territoire", _("Territoire")
    TRADE = "metier", _("Métier")
    CUSTOMER = "client", _("Nature de client")
    COLLECTIVE = "collectif", _("Collectif")
