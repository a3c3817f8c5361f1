"""What an assembly decides of the accounts of a year."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class AccountsPurpose(TextChoices):
    APPROVE = "approve", _("Approbation des comptes")
    ALLOCATE = "allocate", _("Affectation du résultat")
