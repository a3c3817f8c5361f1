"""The journal: who did which verb on what, and when. Written once, then sealed into a chain."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cae.core.acts import ACTS
from cae.core.elision import elided
from cae.core.permanence import no_truncate


class AuditEntry(models.Model):
    """One act of one person (or of the house, when `actor` is empty)."""

    at = models.DateTimeField(_("le"), auto_now_add=True, db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("par")
    )
    # From where it was asked; empty for what the house does by itself.
    ip = models.GenericIPAddressField(_("depuis"), null=True)
    # Whoever did it in the name of `actor`, who had asked for help (PEO-04); usually nobody.
    real_actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("par l’intermédiaire de"),
    )
    verb = models.CharField(_("acte"), max_length=80)
    about_type = models.CharField(_("nature"), max_length=80)
    about_id = models.CharField(_("identifiant"), max_length=40)
    about_label = models.CharField(_("objet"), max_length=200)
    detail = models.JSONField(_("détail"), default=dict)
    # Filled together by the sealing job, once: position in the chain and hash over the one before.
    rank = models.BigIntegerField(_("rang"), null=True, unique=True)
    seal = models.CharField(_("sceau"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("ligne du journal")
        verbose_name_plural = _("journal")
        indexes = [models.Index(fields=["about_type", "about_id"], name="audit_about")]
        constraints = [
            models.CheckConstraint(
                name="audit_sealed_when_ranked",
                condition=models.Q(rank__isnull=True, seal="")
                | (models.Q(rank__isnull=False) & ~models.Q(seal="")),
            ),
            models.CheckConstraint(
                name="audit_helper_is_somebody_else",
                condition=models.Q(real_actor__isnull=True)
                | models.Q(actor__isnull=True)
                | ~models.Q(real_actor=models.F("actor")),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="audit_no_delete", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="audit_frozen",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=["rank", "seal"]),
            ),
            pgtrigger.Protect(
                name="audit_sealed_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__rank__isnull=False),
            ),
            no_truncate("audit"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.about_label}"

    @property
    def act(self) -> str:
        return str(ACTS.get(self.verb, self.verb))

    @property
    def link(self) -> str:
        return reverse("core:journal_entry", args=[self.pk])

    @property
    def author(self) -> str:
        """Under whose name the act stands and, when somebody else did it for them, who; empty: the house."""
        if self.real_actor is None:
            return str(self.actor or "")
        names = {"name": self.actor or "Alvéole", "helper": self.real_actor}
        return elided(gettext("%(name)s, par l’intermédiaire de %(helper)s"), names)
