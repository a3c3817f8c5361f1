"""A signature made in the application: who signed what, how, when and from where, sealed (INV-18)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cae.core.permanence import append_only

MAX_NAME = 120
_HASH = "^[0-9a-f]{64}$"


class SigningWay(models.TextChoices):
    TYPED = "typed", _("Nom tapé au clavier")
    DRAWN = "drawn", _("Signature dessinée")


class Signature(models.Model):
    """One signature of one content, by an account or by somebody outside whose name alone is known."""

    about_type = models.CharField(max_length=80)
    about_id = models.CharField(max_length=40)
    about_label = models.CharField(_("concerne"), max_length=200)
    purpose = models.CharField(_("objet"), max_length=80)
    signer_name = models.CharField(_("nom"), max_length=MAX_NAME)
    signer_function = models.CharField(_("fonction"), max_length=MAX_NAME, blank=True)
    # What the signer accepted besides the content, word for word.
    terms = models.TextField(_("conditions acceptées"), blank=True)
    terms_sha256 = models.CharField(_("empreinte des conditions"), max_length=64, blank=True)
    way = models.CharField(_("manière"), max_length=5, choices=SigningWay)
    typed = models.CharField(_("signature tapée"), max_length=MAX_NAME, blank=True)
    drawing = models.OneToOneField(
        "core.Document", models.PROTECT, null=True, related_name="+", verbose_name=_("dessin")
    )
    content_sha256 = models.CharField(_("empreinte du contenu signé"), max_length=64)
    signed_at = models.DateTimeField(_("signé le"))
    ip = models.GenericIPAddressField(_("adresse IP"), null=True)
    user_agent = models.CharField(_("navigateur"), max_length=300, blank=True)
    signer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("compte")
    )
    seal = models.CharField(_("sceau"), max_length=64)

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        ordering = ["-signed_at", "-pk"]
        indexes = [models.Index(fields=["about_type", "about_id", "purpose"], name="signature_about")]
        constraints = [
            models.CheckConstraint(name="signature_way_known", condition=models.Q(way__in=SigningWay.values)),
            models.CheckConstraint(
                name="signature_as_its_way_says",
                condition=(models.Q(way=SigningWay.TYPED, drawing__isnull=True) & ~models.Q(typed=""))
                | models.Q(way=SigningWay.DRAWN, drawing__isnull=False, typed=""),
            ),
            models.CheckConstraint(name="signature_named", condition=~models.Q(signer_name="")),
            models.CheckConstraint(
                name="signature_sealed",
                condition=models.Q(content_sha256__regex=_HASH, seal__regex=_HASH),
            ),
            models.CheckConstraint(
                name="signature_terms_hashed",
                condition=models.Q(terms="", terms_sha256="")
                | (~models.Q(terms="") & models.Q(terms_sha256__regex=_HASH)),
            ),
        ]
        triggers = append_only("signature")

    def __str__(self) -> str:
        return f"{self.signer_name} · {self.about_label}"
