"""Proofs of what people did around the books: settings, months reopened, files out and in, rights given."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounting.models import ExportBatch, FecExport, LedgerImport, Period
from accounting.selectors.audit_parts import Findings, Row, Tone, cut, first_of, instants_of
from accounting.states.ledger_imports import LedgerImportState
from cae.core.models import AuditEntry, Setting
from cae.core.parameters import PARAMETERS
from cae.core.periods import Span
from cae.core.templatetags.formats import day, quantity
from people.models import Role
from people.states import GUARDED_KINDS

# Acts that change how the books are kept, beside dated parameters.
_SETTING_ACTS = (
    "accounting.add_account",
    "accounting.add_levy_term",
    "accounting.assign_scale",
    "accounting.change_account",
    "accounting.change_bank_account",
    "accounting.create_levy",
    "accounting.create_scale",
    "accounting.end_exemption",
    "accounting.end_levy",
    "accounting.end_levy_term",
    "accounting.grant_exemption",
    "accounting.open_bank_account",
    "accounting.open_year",
    "core.cooperative.change",
)


def _days(starts_on: Any, ends_on: Any) -> str:
    return _("du %(start)s au %(end)s") % {"start": day(starts_on), "end": day(ends_on)}


def settings_changed(span: Span, most: int | None) -> Findings:
    """Parameters decided during the year, and what else changes how the books are kept."""
    instants = instants_of(span)
    told: list[tuple[datetime, Row]] = []
    for one in Setting.objects.filter(created_at__range=instants).select_related("author__person"):
        known = PARAMETERS.get(one.code)
        values: tuple[Any, ...] = (
            timezone.localtime(one.created_at),
            str(known.label) if known else one.code,
            str(known.shown(one.value)) if known else one.value,
            one.valid_from,
            str(one.author or "—"),
            one.reason,
        )
        told.append((one.created_at, Row(values, reverse("core:setting_list"))))
    acts = AuditEntry.objects.filter(at__range=instants, verb__in=_SETTING_ACTS)
    for act in acts.select_related("actor__person", "real_actor__person"):
        values = (timezone.localtime(act.at), act.act, act.about_label, None, act.author or "—", "")
        told.append((act.at, Row(values, act.link)))
    shown, count = cut((row for _at, row in sorted(told, key=lambda one: one[0])), most)
    sentence = _("Aucun réglage n’a changé pendant l’exercice.")
    if count:
        sentence = ngettext(
            "%(count)s réglage changé pendant l’exercice.",
            "%(count)s réglages changés pendant l’exercice.",
            count,
        ) % {"count": quantity(count)}
    headings = (_("Le"), _("Réglage"), _("Valeur"), _("À partir du"), _("Par"), _("Motif"))
    return Findings(Tone.READ if count else Tone.GOOD, sentence, headings, shown, count)


def months_reopened(span: Span, most: int | None) -> Findings:
    """Each time that a month of the year was opened again, with its reason."""
    periods = {
        str(period.pk): period
        for period in Period.objects.filter(starts_on__range=(span.starts_on, span.ends_on))
    }
    acts = AuditEntry.objects.filter(
        verb="accounting.reopen_month", about_type=Period._meta.label_lower, about_id__in=list(periods)
    )
    found, count = first_of(acts.select_related("actor__person", "real_actor__person").order_by("pk"), most)
    rows = []
    for act in found:
        period = periods[act.about_id]
        values = (
            timezone.localtime(act.at),
            str(period),
            act.author or "—",
            act.detail.get("reason", ""),
            period.status[2],
        )
        rows.append(Row(values, period.get_absolute_url()))
    sentence = _("Aucun mois clos de cet exercice n’a été rouvert.")
    if count:
        sentence = ngettext("%(count)s réouverture de mois.", "%(count)s réouvertures de mois.", count) % {
            "count": quantity(count)
        }
    headings = (_("Le"), _("Mois"), _("Par"), _("Motif"), _("État"))
    return Findings(Tone.READ if count else Tone.GOOD, sentence, headings, rows, count)


def files_out(span: Span, most: int | None) -> Findings:
    """FEC and batches for other programs that hold days of the year."""
    within = {"starts_on__lte": span.ends_on, "ends_on__gte": span.starts_on}
    told: list[tuple[datetime, Row]] = []
    broken = 0
    for fec in FecExport.objects.filter(**within).select_related("made_by__person"):
        broken += bool(fec.fault_count)
        told.append((fec.made_at, _file(str(fec), fec, fec.fault_count, "")))
    for batch in ExportBatch.objects.filter(**within).select_related("made_by__person"):
        undone = _("défait : %(reason)s") % {"reason": batch.undo_reason} if batch.undone_at else ""
        told.append((batch.made_at, _file(str(batch), batch, 0, undone)))
    shown, count = cut((row for _at, row in sorted(told, key=lambda one: one[0])), most)
    tone, sentence = Tone.GOOD, _("Aucun fichier n’est sorti de cet exercice.")
    if broken:
        tone = Tone.WRONG
        sentence = ngettext("%(count)s FEC a des défauts.", "%(count)s FEC ont des défauts.", broken) % {
            "count": quantity(broken)
        }
    elif count:
        sentence = ngettext(
            "%(count)s fichier sorti, sans défaut.", "%(count)s fichiers sortis, sans défaut.", count
        ) % {"count": quantity(count)}
    headings = (
        _("Fichier"),
        _("Période"),
        _("Lignes"),
        _("Défauts"),
        _("Produit le"),
        _("Par"),
        _("Empreinte"),
        _("Remarque"),
    )
    return Findings(tone, sentence, headings, shown, count)


def _file(name: str, one: Any, faults: int, remark: str) -> Row:
    values = (
        name,
        _days(one.starts_on, one.ends_on),
        one.line_count,
        faults,
        timezone.localtime(one.made_at),
        str(one.made_by or "—"),
        one.sha256,
        remark,
    )
    return Row(values, one.get_absolute_url())


def files_in(span: Span, most: int | None) -> Findings:
    """Ledgers kept elsewhere that posted entries of the year."""
    rows = LedgerImport.objects.filter(
        starts_on__lte=span.ends_on,
        ends_on__gte=span.starts_on,
        state__in=[LedgerImportState.APPLIED, LedgerImportState.UNDONE],
    )
    found, count = first_of(rows.select_related("source", "created_by__person").order_by("pk"), most)
    sentence = _("Aucune écriture de cet exercice ne vient d’une comptabilité tenue ailleurs.")
    if count:
        sentence = ngettext(
            "%(count)s fichier repris d’une comptabilité tenue ailleurs.",
            "%(count)s fichiers repris de comptabilités tenues ailleurs.",
            count,
        ) % {"count": quantity(count)}
    headings = (
        _("Reprise"),
        _("Tenue par"),
        _("Période"),
        _("Écritures"),
        _("État"),
        _("Apportée par"),
        _("Empreinte"),
        _("Remarque"),
    )
    shown = [
        Row(
            (
                str(one),
                str(one.source),
                _days(one.starts_on, one.ends_on),
                one.entry_count,
                one.status[2],
                str(one.created_by or "—"),
                one.sha256,
                one.undo_reason,
            ),
            one.get_absolute_url(),
        )
        for one in found
    ]
    return Findings(Tone.READ if count else Tone.GOOD, sentence, headings, shown, count)


def rights_given(span: Span, most: int | None) -> Findings:
    """Roles of the team and of auditors, given or taken back during the year."""
    instants = instants_of(span)
    moved = Q(given_at__range=instants) | Q(ended_at__range=instants)
    rows = Role.objects.filter(moved, kind__in=GUARDED_KINDS)
    found, count = first_of(rows.select_related("person", "given_by__person", "scope").order_by("pk"), most)
    sentence = _("Aucun rôle n’a été donné ni retiré pendant l’exercice.")
    if count:
        sentence = ngettext(
            "%(count)s rôle donné ou retiré pendant l’exercice.",
            "%(count)s rôles donnés ou retirés pendant l’exercice.",
            count,
        ) % {"count": quantity(count)}
    headings = (
        _("Personne"),
        _("Rôle"),
        _("Du"),
        _("Au"),
        _("Donné par"),
        _("Donné le"),
        _("Motif"),
        _("Motif de l’arrêt"),
    )
    shown = [
        Row(
            (
                str(one.person),
                str(one.get_kind_display()),
                one.starts_on,
                one.ends_on,
                str(one.given_by or "—"),
                timezone.localtime(one.given_at),
                one.reason,
                one.end_reason,
            )
        )
        for one in found
    ]
    return Findings(Tone.READ if count else Tone.GOOD, sentence, headings, shown, count)
