"""Who is there and who speaks for whom: attendance by events, proxies, correspondence (GOV-22 to 24)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cae.core.permanence import append_only
from governance.models.assemblies import ORGANISER_KINDS, Assembly, BureauSeat
from governance.models.associates import Associate
from governance.states.assemblies import (
    PROXY_SHAPES,
    Presence,
    PresenceWay,
    ProxyOrigin,
    ProxyState,
    Turn,
    TurnState,
)
from people.selectors.rights import held_kinds
from people.states import RoleKind


class AttendanceEvent(models.Model):
    """An arrival, a departure, a connection: attendance at any instant is the fold of these."""

    assembly = models.ForeignKey(
        Assembly, models.PROTECT, related_name="attendance", verbose_name=_("assemblée")
    )
    associate = models.ForeignKey(
        Associate, models.PROTECT, related_name="attendance", verbose_name=_("associé·e")
    )
    # Oneself or the representative.
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+", verbose_name=_("personne"))
    kind = models.CharField(_("fait"), max_length=12, choices=Presence)
    way = models.CharField(_("noté par"), max_length=8, choices=PresenceWay)
    at = models.DateTimeField(_("à"))
    # A wrong event is taken back by a row that names it and counts for nothing itself.
    cancels = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="cancelled_by", verbose_name=_("annule")
    )
    signature = models.ForeignKey(
        "core.Signature", models.PROTECT, null=True, related_name="+", verbose_name=_("signature")
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("par")
    )

    class Meta:
        verbose_name = _("fait de présence")
        verbose_name_plural = _("faits de présence")
        ordering = ["assembly", "at", "pk"]
        indexes = [models.Index(fields=["assembly", "at"], name="attendance_at")]
        constraints = [
            models.CheckConstraint(name="attendance_kind_known", condition=Q(kind__in=Presence.values)),
            models.CheckConstraint(name="attendance_way_known", condition=Q(way__in=PresenceWay.values)),
        ]
        triggers = append_only("attendance")

    def __str__(self) -> str:
        return f"{self.associate} · {self.get_kind_display()}"


class ProxyQuerySet(models.QuerySet["Proxy"]):
    def visible_to(self, user: Any) -> ProxyQuerySet:
        """Those one gives or holds; all of them for organisers and auditors, those of its assembly for a
        bureau."""
        if not held_kinds(user).isdisjoint({*ORGANISER_KINDS, RoleKind.AUDITOR}):
            return self
        person = getattr(user, "person_id", None)
        if person is None:
            return self.none()
        keys = Associate.objects.acted_by(person, timezone.localdate()).order_by().values("pk")
        sits = BureauSeat.objects.filter(person=person).values("assembly")
        return self.filter(Q(principal__in=keys) | Q(holder__in=keys) | Q(assembly__in=sits))


class Proxy(models.Model):
    """A pouvoir: whose voice, held by whom or left blank, with which instructions, until when."""

    assembly = models.ForeignKey(
        Assembly, models.PROTECT, related_name="proxies", verbose_name=_("assemblée")
    )
    principal = models.ForeignKey(
        Associate, models.PROTECT, related_name="proxies_given", verbose_name=_("mandant·e")
    )
    # Nobody: a blank proxy.
    holder = models.ForeignKey(
        Associate,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="proxies_held",
        verbose_name=_("mandataire"),
    )
    # {resolution id: answer} that the holder sees and that the screen proposes.
    instructions = models.JSONField(_("consignes"), default=dict, blank=True)
    message = models.CharField(_("mot au mandataire"), max_length=500, blank=True)
    origin = models.CharField(_("donné"), max_length=8, choices=ProxyOrigin, default=ProxyOrigin.ACCOUNT)
    state = models.CharField(
        _("état"), max_length=8, choices=ProxyState, default=ProxyState.GIVEN, editable=False
    )
    # Why it was refused; who replaced it is read from the rows that follow.
    reason = models.CharField(_("motif"), max_length=300, blank=True)
    given_at = models.DateTimeField(_("donné le"))
    # Its giver signed other ones; the paper says since when it asks these.
    instructed_at = models.DateTimeField(_("consignes changées le"), null=True, editable=False)
    ended_at = models.DateTimeField(_("fini le"), null=True, editable=False)
    signature = models.ForeignKey(
        "core.Signature", models.PROTECT, null=True, related_name="+", verbose_name=_("signature")
    )
    pdf = models.OneToOneField(
        "core.Document", models.PROTECT, null=True, related_name="+", verbose_name=_("PDF"), editable=False
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("par")
    )

    objects = ProxyQuerySet.as_manager()

    class Meta:
        verbose_name = _("pouvoir")
        verbose_name_plural = _("pouvoirs")
        ordering = ["assembly", "given_at", "pk"]
        constraints = [
            models.CheckConstraint(name="proxy_state_known", condition=Q(state__in=ProxyState.values)),
            models.CheckConstraint(
                name="proxy_not_to_oneself", condition=Q(holder__isnull=True) | ~Q(holder=F("principal"))
            ),
            models.CheckConstraint(
                name="proxy_over_is_dated",
                condition=Q(state=ProxyState.GIVEN, ended_at__isnull=True)
                | ~Q(state=ProxyState.GIVEN) & Q(ended_at__isnull=False),
            ),
            models.UniqueConstraint(
                name="proxy_one_a_principal",
                fields=["assembly", "principal"],
                condition=Q(state=ProxyState.GIVEN),
            ),
        ]

    def __str__(self) -> str:
        return str(_("pouvoir de %(name)s") % {"name": self.principal})

    def get_absolute_url(self) -> str:
        return reverse("governance:proxy_detail", args=[self.pk])

    @property
    def status(self) -> tuple[str, str, Any]:
        return (*PROXY_SHAPES[self.state], self.get_state_display())


class CorrespondenceForm(models.Model):
    """A vote cast before the assembly, each resolution in the order of the agenda (R223-20-1-1)."""

    assembly = models.ForeignKey(
        Assembly, models.PROTECT, related_name="correspondence", verbose_name=_("assemblée")
    )
    associate = models.ForeignKey(
        Associate, models.PROTECT, related_name="correspondence", verbose_name=_("associé·e")
    )
    # {resolution id: answer, or what its method asks}.
    answers = models.JSONField(_("réponses"))
    origin = models.CharField(_("reçu"), max_length=8, choices=ProxyOrigin)
    received_at = models.DateTimeField(_("reçu le"))
    # A later one replaces it, until the limit.
    replaced_at = models.DateTimeField(_("remplacé le"), null=True, editable=False)
    document = models.OneToOneField(
        "core.Document", models.PROTECT, null=True, related_name="+", verbose_name=_("fichier")
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("par")
    )

    class Meta:
        verbose_name = _("formulaire de vote par correspondance")
        verbose_name_plural = _("formulaires de vote par correspondance")
        ordering = ["assembly", "received_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="correspondence_one_an_associate",
                fields=["assembly", "associate"],
                condition=Q(replaced_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return str(self.associate)


class SpeakingTurn(models.Model):
    """Somebody who asks to speak; those who have not spoken yet come first."""

    assembly = models.ForeignKey(Assembly, models.CASCADE, related_name="turns", verbose_name=_("assemblée"))
    associate = models.ForeignKey(
        Associate, models.PROTECT, related_name="turns", verbose_name=_("associé·e")
    )
    item = models.ForeignKey(
        "governance.AgendaItem",
        models.SET_NULL,
        null=True,
        related_name="turns",
        verbose_name=_("point"),
    )
    kind = models.CharField(_("demande"), max_length=6, choices=Turn, default=Turn.SPEECH)
    state = models.CharField(
        _("état"), max_length=9, choices=TurnState, default=TurnState.WAITING, editable=False
    )
    asked_at = models.DateTimeField(_("demandée à"))
    started_at = models.DateTimeField(_("commencée à"), null=True, editable=False)
    ended_at = models.DateTimeField(_("finie à"), null=True, editable=False)

    class Meta:
        verbose_name = _("tour de parole")
        verbose_name_plural = _("tours de parole")
        ordering = ["assembly", "asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="turn_one_waiting",
                fields=["assembly", "associate"],
                condition=Q(state__in=[TurnState.WAITING, TurnState.SPEAKING]),
            ),
            models.UniqueConstraint(
                name="turn_one_speaks", fields=["assembly"], condition=Q(state=TurnState.SPEAKING)
            ),
        ]

    def __str__(self) -> str:
        return str(self.associate)
