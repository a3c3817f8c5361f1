"""A postal address, carried by persons and organisations."""

from __future__ import annotations

from babel import Locale
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

country_validator = RegexValidator(r"^[A-Z]{2}$", _("Le pays est un code de deux lettres, par exemple FR."))


def country_name(code: str) -> str:
    """The country of two letters, in the language of the page."""
    names = Locale.parse(get_language() or "fr", sep="-").territories
    return str(names.get(code, code))


class Address(models.Model):
    address_line = models.CharField(_("adresse"), max_length=200, blank=True)
    address_line2 = models.CharField(_("complément d’adresse"), max_length=200, blank=True)
    postcode = models.CharField(_("code postal"), max_length=12, blank=True)
    city = models.CharField(_("ville"), max_length=120, blank=True)
    country = models.CharField(_("pays"), max_length=2, default="FR", validators=[country_validator])

    class Meta:
        abstract = True

    @property
    def town(self) -> str:
        return " ".join(part for part in (self.postcode, self.city) if part)

    @property
    def address_lines(self) -> list[str]:
        """As on an envelope posted in France: the country is named when it is another one."""
        lines = [line for line in (self.address_line, self.address_line2, self.town) if line]
        return lines if self.country == "FR" else [*lines, self.country_name]

    @property
    def country_name(self) -> str:
        return country_name(self.country)
