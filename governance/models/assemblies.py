"""An assembly: when, where, by which rules, under which bureau; its agenda, papers and convocations (GOV-19,
GOV-20)."""

from __future__ import annotations

from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cae.core.permanence import append_only
from governance.models.associates import Associate
from governance.states.assemblies import (
    ASSEMBLY_SHAPES,
    AssemblyKind,
    AssemblyMode,
    AssemblyState,
    BureauRole,
    Channel,
    ItemKind,
)
from people.selectors.rights import held_kinds
from people.states import RoleKind

# They prepare assemblies; associates see them from the convocation on.
ORGANISER_KINDS: tuple[str, ...] = (RoleKind.CO_MANAGER, RoleKind.COOPERATIVE_LIFE)


class AssemblyQuerySet(models.QuerySet["Assembly"]):
    def visible_to(self, user: Any) -> AssemblyQuerySet:
        """All for organisers and auditors; once convened, for those who are called or sit in the bureau."""
        kinds = held_kinds(user)
        if not kinds.isdisjoint({*ORGANISER_KINDS, RoleKind.ADMINISTRATOR, RoleKind.AUDITOR}):
            return self
        person = getattr(user, "person_id", None)
        if person is None:
            return self.none()
        mine = Associate.objects.acted_by(person, timezone.localdate()).order_by().values("pk")
        called = Convocation.objects.filter(associate__in=mine).values("assembly")
        sits = BureauSeat.objects.filter(person=person).values("assembly")
        seen = Q(pk__in=called) | Q(pk__in=sits)
        return self.exclude(state=AssemblyState.DRAFT).filter(seen)


class Assembly(models.Model):
    """A general assembly; its rules are frozen when it is convened."""

    kind = models.CharField(_("nature"), max_length=14, choices=AssemblyKind)
    title = models.CharField(_("intitulé"), max_length=160)
    call_number = models.PositiveSmallIntegerField(_("convocation n°"), default=1)
    # The first call whose quorum or majority failed.
    earlier_call = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="later_calls", verbose_name=_("suite de")
    )
    starts_at = models.DateTimeField(_("le"))
    mode = models.CharField(_("tenue"), max_length=6, choices=AssemblyMode, default=AssemblyMode.BOTH)
    place = models.CharField(_("lieu"), max_length=200, blank=True)
    remote_link = models.URLField(_("lien de visioconférence"), max_length=300, blank=True)
    introduction = models.TextField(_("mot de la convocation"), max_length=4000, blank=True)
    rule_set = models.ForeignKey(
        "governance.RuleSet",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="assemblies",
        verbose_name=_("règles"),
    )
    # {key: value} of the rule set as it was at the convocation, and its hash.
    rules = models.JSONField(_("règles figées"), default=dict, editable=False)
    rules_sha256 = models.CharField(_("empreinte des règles"), max_length=64, blank=True, editable=False)
    state = models.CharField(
        _("état"), max_length=10, choices=AssemblyState, default=AssemblyState.DRAFT, editable=False
    )
    state_since = models.DateTimeField(default=timezone.now, editable=False)
    convened_at = models.DateTimeField(_("convoquée le"), null=True, editable=False)
    convened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("convoquée par")
    )
    opened_at = models.DateTimeField(_("ouverte à"), null=True, editable=False)
    closed_at = models.DateTimeField(_("levée à"), null=True, editable=False)
    cancel_reason = models.CharField(_("motif de l’annulation"), max_length=300, blank=True)
    # What the projector and the console show now, and since when it is spoken of.
    current_item = models.ForeignKey(
        "governance.AgendaItem",
        models.SET_NULL,
        null=True,
        related_name="+",
        editable=False,
        verbose_name=_("point en cours"),
    )
    item_since = models.DateTimeField(null=True, editable=False)
    # Of the QR code of the room: who has it may write oneself down as present while the assembly is open.
    room_key = models.CharField(max_length=40, blank=True, editable=False)
    # Of the page that a projector shows without account.
    screen_key = models.CharField(max_length=40, blank=True, editable=False)
    # Grows with all that the live pages show: their ETag.
    pulse = models.PositiveBigIntegerField(default=0, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(_("ouverte le"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("par")
    )

    objects = AssemblyQuerySet.as_manager()

    class Meta:
        verbose_name = _("assemblée générale")
        verbose_name_plural = _("assemblées générales")
        ordering = ["-starts_at", "-pk"]
        constraints = [
            models.CheckConstraint(name="assembly_kind_known", condition=Q(kind__in=AssemblyKind.values)),
            models.CheckConstraint(name="assembly_mode_known", condition=Q(mode__in=AssemblyMode.values)),
            models.CheckConstraint(name="assembly_state_known", condition=Q(state__in=AssemblyState.values)),
            models.CheckConstraint(
                name="assembly_second_call_follows_one",
                condition=Q(call_number=1, earlier_call__isnull=True)
                | Q(call_number=2, earlier_call__isnull=False),
            ),
            models.CheckConstraint(
                name="assembly_has_its_place",
                condition=~Q(mode__in=[AssemblyMode.ROOM, AssemblyMode.BOTH], place=""),
            ),
            models.CheckConstraint(
                name="assembly_convened_is_whole",
                condition=Q(state__in=[AssemblyState.DRAFT, AssemblyState.CANCELLED])
                | Q(
                    convened_at__isnull=False,
                    rule_set__isnull=False,
                    rules_sha256__regex="^[0-9a-f]{64}$",
                ),
            ),
            models.CheckConstraint(
                name="assembly_open_is_dated",
                condition=Q(
                    state__in=[AssemblyState.DRAFT, AssemblyState.CONVENED, AssemblyState.CANCELLED],
                    opened_at__isnull=True,
                    closed_at__isnull=True,
                )
                | Q(state=AssemblyState.OPEN, opened_at__isnull=False, closed_at__isnull=True)
                | Q(
                    state__in=[AssemblyState.CLOSED, AssemblyState.SIGNED, AssemblyState.PUBLISHED],
                    opened_at__isnull=False,
                    closed_at__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="assembly_cancelled_says_why",
                condition=~Q(state=AssemblyState.CANCELLED) | ~Q(cancel_reason=""),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="assembly_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="assembly_rules_frozen",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.state NOT IN ('draft', 'cancelled') AND (OLD.kind, OLD.call_number, OLD.rules,"
                    " OLD.rules_sha256, OLD.rule_set_id, OLD.convened_at) IS DISTINCT FROM (NEW.kind,"
                    " NEW.call_number, NEW.rules, NEW.rules_sha256, NEW.rule_set_id, NEW.convened_at)"
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("governance:assembly_detail", args=[self.pk])

    @property
    def status(self) -> tuple[str, str, Any]:
        return (*ASSEMBLY_SHAPES[self.state], self.get_state_display())

    @property
    def is_live(self) -> bool:
        return self.state == AssemblyState.OPEN


class BureauSeat(models.Model):
    """Who chairs, writes, counts."""

    assembly = models.ForeignKey(Assembly, models.CASCADE, related_name="bureau", verbose_name=_("assemblée"))
    person = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="bureau_seats", verbose_name=_("personne")
    )
    role = models.CharField(_("fonction"), max_length=10, choices=BureauRole)

    class Meta:
        verbose_name = _("membre du bureau de séance")
        verbose_name_plural = _("membres du bureau de séance")
        ordering = ["assembly", "role", "pk"]
        constraints = [
            models.CheckConstraint(name="bureau_role_known", condition=Q(role__in=BureauRole.values)),
            models.UniqueConstraint(name="bureau_person_role_once", fields=["assembly", "person", "role"]),
            models.UniqueConstraint(
                name="bureau_one_of_each",
                fields=["assembly", "role"],
                condition=~Q(role=BureauRole.SCRUTINEER),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.get_role_display()}"


class AgendaItem(models.Model):
    """A point of the agenda, in order."""

    assembly = models.ForeignKey(Assembly, models.CASCADE, related_name="items", verbose_name=_("assemblée"))
    position = models.PositiveSmallIntegerField(_("ordre"))
    kind = models.CharField(_("nature"), max_length=12, choices=ItemKind, default=ItemKind.DECISION)
    title = models.CharField(_("point"), max_length=200)
    text = models.TextField(_("présentation"), max_length=4000, blank=True)
    speaker = models.CharField(_("présenté par"), max_length=120, blank=True)
    minutes = models.PositiveSmallIntegerField(_("durée prévue (minutes)"), default=10)
    # Titles of the papers to attach, one a line: nothing is convened while one of them has no file.
    awaited = models.TextField(_("documents à joindre"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("point de l’ordre du jour")
        verbose_name_plural = _("points de l’ordre du jour")
        ordering = ["assembly", "position"]
        constraints = [
            models.CheckConstraint(name="item_kind_known", condition=Q(kind__in=ItemKind.values)),
            # Deferred: two points change places in one transaction.
            models.UniqueConstraint(
                name="item_position_once",
                fields=["assembly", "position"],
                deferrable=models.Deferrable.DEFERRED,
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Paper(models.Model):
    """A document put before the assembly, known by its hash; of the whole agenda or of one point."""

    assembly = models.ForeignKey(Assembly, models.CASCADE, related_name="papers", verbose_name=_("assemblée"))
    item = models.ForeignKey(
        AgendaItem, models.CASCADE, null=True, blank=True, related_name="papers", verbose_name=_("point")
    )
    title = models.CharField(_("intitulé"), max_length=160)
    document = models.OneToOneField(
        "core.Document", models.PROTECT, related_name="+", verbose_name=_("fichier")
    )
    added_at = models.DateTimeField(_("mis à disposition le"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("document de l’assemblée")
        verbose_name_plural = _("documents de l’assemblée")
        ordering = ["assembly", "item", "pk"]

    def __str__(self) -> str:
        return self.title


class ConvocationQuerySet(models.QuerySet["Convocation"]):
    def visible_to(self, user: Any) -> ConvocationQuerySet:
        return self.filter(assembly__in=Assembly.objects.visible_to(user).order_by().values("pk"))


class Convocation(models.Model):
    """What called one associate: by mail or letter, when it left, by whom it was posted, what proves it."""

    assembly = models.ForeignKey(
        Assembly, models.PROTECT, related_name="convocations", verbose_name=_("assemblée")
    )
    associate = models.ForeignKey(
        Associate, models.PROTECT, related_name="convocations", verbose_name=_("associé·e")
    )
    # Oneself, or the representative of that day.
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+", verbose_name=_("personne"))
    channel = models.CharField(_("envoi"), max_length=6, choices=Channel)
    email = models.OneToOneField(
        "core.OutgoingEmail", models.PROTECT, null=True, related_name="+", verbose_name=_("e-mail")
    )
    letter = models.OneToOneField(
        "core.Document", models.PROTECT, null=True, related_name="+", verbose_name=_("lettre")
    )
    posted_on = models.DateField(_("postée le"), null=True, blank=True)
    posted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("postée par")
    )
    tracking = models.CharField(_("n° de recommandé"), max_length=40, blank=True)
    proof = models.OneToOneField(
        "core.Document", models.PROTECT, null=True, related_name="+", verbose_name=_("preuve")
    )
    # First time the associate opened the papers.
    read_at = models.DateTimeField(_("documents lus le"), null=True, editable=False)

    objects = ConvocationQuerySet.as_manager()

    class Meta:
        verbose_name = _("convocation")
        verbose_name_plural = _("convocations")
        ordering = ["assembly", "associate"]
        constraints = [
            models.UniqueConstraint(name="convocation_once", fields=["assembly", "associate"]),
            models.CheckConstraint(name="convocation_channel_known", condition=Q(channel__in=Channel.values)),
            models.CheckConstraint(
                name="convocation_posted_by_somebody",
                condition=Q(posted_on__isnull=True, posted_by__isnull=True)
                | Q(posted_on__isnull=False, posted_by__isnull=False, channel=Channel.LETTER),
            ),
        ]
        triggers = [pgtrigger.Protect(name="convocation_kept", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return str(self.associate)


class Incident(models.Model):
    """What happened during the assembly that the minutes must say."""

    assembly = models.ForeignKey(
        Assembly, models.PROTECT, related_name="incidents", verbose_name=_("assemblée")
    )
    at = models.DateTimeField(_("à"))
    text = models.CharField(_("fait"), max_length=500)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("par")
    )

    class Meta:
        verbose_name = _("incident de séance")
        verbose_name_plural = _("incidents de séance")
        ordering = ["assembly", "at", "pk"]
        triggers = append_only("incident", words=("text",))

    def __str__(self) -> str:
        return self.text


class MemberQuestion(models.Model):
    """A question sent before the assembly, and its answer."""

    assembly = models.ForeignKey(
        Assembly, models.PROTECT, related_name="questions", verbose_name=_("assemblée")
    )
    associate = models.ForeignKey(
        Associate, models.PROTECT, related_name="questions", verbose_name=_("associé·e")
    )
    text = models.TextField(_("question"), max_length=2000)
    asked_at = models.DateTimeField(_("posée le"), default=timezone.now)
    answer = models.TextField(_("réponse"), max_length=3000, blank=True)
    answered_at = models.DateTimeField(_("répondue le"), null=True, editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("par")
    )

    class Meta:
        verbose_name = _("question d’associé·e")
        verbose_name_plural = _("questions d’associé·es")
        ordering = ["assembly", "asked_at"]

    def __str__(self) -> str:
        return self.text[:80]
