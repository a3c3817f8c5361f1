"""Civil status of a person, apart from the name and the address that every list reads (PEO-11)."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people.models.addresses import country_validator

phone_validator = RegexValidator(r"^[0-9+(). /-]{6,}$", _("Un numéro de téléphone : chiffres, espaces et +."))


class CivilRecord(models.Model):
    """What contracts, the personnel register and declarations ask for; the social security number and the
    residence permit are in the protected record."""

    person = models.OneToOneField(
        "people.Person", on_delete=models.PROTECT, related_name="civil", verbose_name=_("personne")
    )
    civility = models.CharField(_("civilité"), max_length=40, blank=True)
    birth_date = models.DateField(_("né·e le"), null=True, blank=True)
    birth_place = models.CharField(_("commune de naissance"), max_length=120, blank=True)
    birth_country = models.CharField(
        _("pays de naissance"), max_length=2, blank=True, validators=[country_validator]
    )
    nationality = models.CharField(_("nationalité"), max_length=2, blank=True, validators=[country_validator])
    second_email = models.EmailField(_("seconde adresse e-mail"), max_length=254, blank=True)
    mobile = models.CharField(_("mobile"), max_length=20, blank=True, validators=[phone_validator])
    emergency_name = models.CharField(_("personne à prévenir"), max_length=160, blank=True)
    emergency_link = models.CharField(
        _("lien avec vous"), max_length=80, blank=True, help_text=_("Conjoint·e, parent, ami·e…")
    )
    emergency_phone = models.CharField(
        _("son téléphone"), max_length=20, blank=True, validators=[phone_validator]
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("état civil")
        verbose_name_plural = _("états civils")
        constraints = [
            models.CheckConstraint(
                condition=Q(emergency_phone="") | ~Q(emergency_name=""), name="civil_emergency_has_name"
            ),
        ]

    def __str__(self) -> str:
        return str(_("état civil"))
