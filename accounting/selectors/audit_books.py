"""Proofs of the books themselves: numbers, seals, pieces, certificates, what was written by hand."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Count, Exists, F, Max, Min, OuterRef, Q, QuerySet, Window
from django.db.models.functions import Cast, Lead
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounting.models import BooksControl, Closing, Entry, Journal, ManualEntry
from accounting.selectors.audit_parts import Findings, Row, Tone, cut, first_of
from accounting.selectors.closing import certificate_faults
from accounting.selectors.controls import last_control
from accounting.selectors.manual import PIECE_FILE
from accounting.states.books import JournalCode, series_of
from accounting.states.periods import ClosingKind
from cae.core.models import Document, NumberSeries
from cae.core.periods import Span
from cae.core.templatetags.formats import moment, quantity


def _of(span: Span) -> QuerySet[Entry]:
    return Entry.objects.filter(on__range=(span.starts_on, span.ends_on))


def missing_numbers(span: Span, most: int | None) -> Findings:
    """Numbers that lack in a journal, from its first to the last that its counter gave."""
    held, year = _by_journal(Entry.objects.all()), _by_journal(_of(span))
    counters = dict(NumberSeries.objects.values_list("code", "counter"))
    rows, lost = [], 0
    for journal in Journal.objects.order_by("pk"):
        whole, own = held.get(journal.pk), year.get(journal.pk)
        gaps = _gaps(journal, whole, counters.get(series_of(journal.code), 0))
        lost += sum(last - first + 1 for first, last in gaps)
        if own or gaps:
            own = own or {"count": 0, "first": None, "last": None}
            url = reverse("accounting:entry_list") + f"?journal={journal.pk}"
            told = ", ".join(_numbers(first, last) for first, last in gaps)
            rows.append(Row((str(journal), own["count"], own["first"], own["last"], told or "—"), url))
    sentence = _("Aucun numéro ne manque, dans aucun journal.")
    if lost:
        sentence = ngettext("%(count)s numéro manque.", "%(count)s numéros manquent.", lost) % {
            "count": quantity(lost)
        }
    headings = (_("Journal"), _("Écritures"), _("Du numéro"), _("Au numéro"), _("Numéros manquants"))
    shown, count = cut(rows, most)
    return Findings(Tone.WRONG if lost else Tone.GOOD, sentence, headings, shown, count)


def _by_journal(entries: QuerySet[Entry]) -> dict[int, dict[str, Any]]:
    """How many, the first and the last number, by key of the journal."""
    rows = entries.order_by().values("journal")
    found = rows.annotate(count=Count("pk"), first=Min("number"), last=Max("number"))
    return {row["journal"]: dict(row) for row in found}


def _numbers(first: int, last: int) -> str:
    if first == last:
        return str(first)
    return _("%(first)s à %(last)s") % {"first": first, "last": last}


def _gaps(journal: Journal, held: dict[str, Any] | None, counter: int) -> list[tuple[int, int]]:
    """First and last numbers of each gap; nothing is read again of a journal whose count says that it has
    none."""
    if held is None:
        return [(1, counter)] if counter else []
    if held["first"] == 1 and held["count"] == held["last"] == counter:
        return []
    found = [(1, held["first"] - 1)] if held["first"] > 1 else []
    following = Window(Lead("number"), order_by="number")
    rows = Entry.objects.filter(journal=journal).order_by().annotate(following=following)
    broken = rows.filter(following__gt=F("number") + 1).order_by("number")
    found += [(number + 1, after - 1) for number, after in broken.values_list("number", "following")]
    if counter > held["last"]:
        found.append((held["last"] + 1, counter))
    return found


def chain(span: Span, most: int | None) -> Findings:
    """The controls made since the year began: each reads every number, seal and balance again."""
    last = last_control()
    since = BooksControl.objects.filter(ended_at__date__gte=span.starts_on).select_related("asked_by__person")
    found, count = first_of(since, most)
    rows = [
        Row(
            (
                one.ended_at,
                one.entry_count,
                len(one.faults),
                str(one.asked_by or _("contrôle automatique")),
                " ".join(one.faults),
            ),
            reverse("accounting:control_list"),
        )
        for one in found
    ]
    headings = (
        _("Contrôle du"),
        _("Écritures lues"),
        _("Anomalies"),
        _("Demandé par"),
        _("Ce qui a été dit"),
    )
    tone, sentence = Tone.WRONG, _("Les livres n’ont jamais été contrôlés.")
    if last is not None:
        facts = {"moment": moment(last.ended_at), "count": quantity(last.entry_count)}
        facts["faults"] = str(len(last.faults))
        if last.is_sound:
            tone = Tone.GOOD
            sentence = _("Contrôle du %(moment)s : %(count)s écritures, aucune anomalie.") % facts
        else:
            sentence = _("Contrôle du %(moment)s : anomalies à lire (%(faults)s).") % facts
    return Findings(tone, sentence, headings, rows, count)


def without_piece(span: Span, most: int | None) -> Findings:
    """Entries that no document of the house and no file attached explain. A reversal has the entry that it
    reverses, an opening the closing of the year before, what moves between sections its working."""
    by_hand = ContentType.objects.get_for_model(ManualEntry)
    attached = Document.objects.filter(
        about_type=ManualEntry._meta.label_lower,
        about_id=Cast(OuterRef("source_id"), CharField()),
        kind=PIECE_FILE,
    )
    unsourced = Q(source_type=None) & ~Q(journal__code=JournalCode.ANALYTIC)
    bare = unsourced | Q(source_type=by_hand) & ~Exists(attached)
    rows = _of(span).filter(bare, reverses=None).exclude(journal__code=JournalCode.OPENING)
    found, count = first_of(rows.select_related("journal").order_by("on", "pk"), most)
    sentence = _("Chaque écriture a sa pièce : un document, ou un fichier joint.")
    if count:
        sentence = ngettext(
            "%(count)s écriture est sans pièce jointe.", "%(count)s écritures sont sans pièce jointe.", count
        ) % {"count": quantity(count)}
    headings = (_("Écriture"), _("Date"), _("Libellé"), _("Pièce citée"), _("Montant (€)"))
    return Findings(
        Tone.READ if count else Tone.GOOD,
        sentence,
        headings,
        [Row((str(one), one.on, one.label, one.piece, one.total), one.get_absolute_url()) for one in found],
        count,
    )


def certificates(span: Span, most: int | None) -> Findings:
    """The certificates of months and of the year, with what the books had held since their beginning."""
    faults = list(certificate_faults())
    rows = Closing.objects.filter(starts_on__gte=span.starts_on, ends_on__lte=span.ends_on)
    found, count = first_of(rows.select_related("closed_by__person").order_by("number"), most)
    if faults:
        sentence = " ".join(faults)
    elif count:
        sentence = ngettext(
            "%(count)s certificat de clôture, chaîne intacte.",
            "%(count)s certificats de clôture, chaîne intacte.",
            count,
        ) % {"count": quantity(count)}
    else:
        sentence = _("Aucun mois de cet exercice n’est clos.")
    headings = (
        _("Certificat"),
        _("Période"),
        _("Écritures"),
        _("Total des débits (€)"),
        _("Écritures depuis l’origine"),
        _("Total perpétuel (€)"),
        _("Clos le"),
        _("Par"),
    )
    tone = Tone.WRONG if faults else Tone.GOOD if count else Tone.READ
    return Findings(tone, sentence, headings, [_certificate(one) for one in found], count)


def _certificate(one: Closing) -> Row:
    url = reverse("accounting:month_list") + f"?exercice={one.starts_on:%Y-%m}"
    if one.kind == ClosingKind.MONTH:
        url = reverse("accounting:month_detail", args=[str(one.month)])
    values = (
        one.number,
        str(one),
        one.entry_count,
        one.total,
        one.perpetual_count,
        one.perpetual_total,
        timezone.localtime(one.closed_at),
        str(one.closed_by or "—"),
    )
    return Row(values, url)


_BY_HAND, _REVERSES = gettext_lazy("À la main"), gettext_lazy("Contre-passe %(entry)s")


def by_hand(span: Span, most: int | None) -> Findings:
    """What somebody typed, and what takes back another entry."""
    kind = ContentType.objects.get_for_model(ManualEntry)
    typed, reversing = Q(source_type=kind, reverses=None), Q(reverses__isnull=False)
    rows = _of(span).filter(typed | reversing)
    found, count = first_of(
        rows.select_related("journal", "reverses__journal", "created_by__person").order_by("on", "pk"), most
    )
    sums = rows.aggregate(typed=Count("pk", filter=typed), reversing=Count("pk", filter=reversing))
    sentence = _("Écritures à la main : %(typed)s ; contre-passations : %(reversing)s.") % {
        "typed": quantity(sums["typed"]),
        "reversing": quantity(sums["reversing"]),
    }
    headings = (
        _("Écriture"),
        _("Date"),
        _("Libellé"),
        _("Nature"),
        _("Montant (€)"),
        _("Passée par"),
        _("Passée le"),
    )
    shown = [
        Row(
            (
                str(one),
                one.on,
                one.label,
                str(_REVERSES) % {"entry": one.reverses} if one.reverses else str(_BY_HAND),
                one.total,
                str(one.created_by or "—"),
                timezone.localtime(one.created_at),
            ),
            one.get_absolute_url(),
        )
        for one in found
    ]
    return Findings(Tone.READ if count else Tone.GOOD, sentence, headings, shown, count)
