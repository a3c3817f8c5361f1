"""Dated parameters and the cooperative's identity: what may change by decision, with its date and author."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from cae.core.fields import MoneyField, SirenField, SiretField
from cae.core.permanence import append_only


class Setting(models.Model):
    """The value of one parameter from a date on; the latest row in force is read."""

    code = models.CharField(_("paramètre"), max_length=80)
    value = models.TextField(_("valeur"))
    valid_from = models.DateField(_("à partir du"))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("décidé par")
    )
    reason = models.CharField(_("motif"), max_length=300)
    created_at = models.DateTimeField(_("saisi le"), auto_now_add=True)

    class Meta:
        verbose_name = _("paramètre daté")
        verbose_name_plural = _("paramètres datés")
        ordering = ["code", "-valid_from", "-pk"]
        indexes = [models.Index(fields=["code", "valid_from"], name="setting_in_force")]
        triggers = append_only("setting")

    def __str__(self) -> str:
        return f"{self.code} = {self.value}"


class LegalForm(models.TextChoices):
    SCOP_SARL = "scop_sarl", _("SCOP SARL à capital variable")
    SCOP_SA = "scop_sa", _("SCOP SA à capital variable")
    SCOP_SAS = "scop_sas", _("SCOP SAS à capital variable")
    SCIC_SARL = "scic_sarl", _("SCIC SARL à capital variable")
    SCIC_SA = "scic_sa", _("SCIC SA à capital variable")
    SCIC_SAS = "scic_sas", _("SCIC SAS à capital variable")


class Cooperative(models.Model):
    """The legal identity of the cooperative from a date on, printed on every document of its time."""

    valid_from = models.DateField(_("à partir du"), unique=True)
    legal_name = models.CharField(_("dénomination"), max_length=120)
    legal_form = models.CharField(_("forme"), max_length=10, choices=LegalForm)
    siren = SirenField(_("SIREN"))
    siret = SiretField(_("SIRET du siège"))
    vat_number = models.CharField(_("n° de TVA intracommunautaire"), max_length=20)
    rcs = models.CharField(_("RCS"), max_length=80, help_text=_("Ville du greffe : « RCS Bordeaux »."))
    training_number = models.CharField(
        _("n° de déclaration d’activité de formation"), max_length=20, blank=True
    )
    capital = MoneyField(_("capital social (€)"))
    address_line = models.CharField(_("adresse"), max_length=120)
    postcode = models.CharField(_("code postal"), max_length=10)
    city = models.CharField(_("ville"), max_length=80)
    country = models.CharField(_("pays"), max_length=2, default="FR")
    iban = models.CharField(_("IBAN"), max_length=34)
    bic = models.CharField(_("BIC"), max_length=11)
    email = models.EmailField(_("adresse e-mail"))
    phone = models.CharField(_("téléphone"), max_length=30)
    website = models.URLField(_("site"), blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(_("motif"), max_length=300)
    created_at = models.DateTimeField(_("saisi le"), db_default=Now())

    class Meta:
        verbose_name = _("identité de la coopérative")
        verbose_name_plural = _("identités de la coopérative")
        ordering = ["-valid_from"]
        constraints = [
            models.CheckConstraint(
                name="cooperative_form_known", condition=models.Q(legal_form__in=LegalForm.values)
            ),
            models.CheckConstraint(name="cooperative_capital_positive", condition=models.Q(capital__gt=0)),
        ]
        triggers = append_only("cooperative")

    def __str__(self) -> str:
        return self.legal_name
