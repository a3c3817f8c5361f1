"""Proves the books whole: balances, numbers without gap, chains unbroken; one sentence for each fault."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from django.db.models import Count, F, Q, Subquery, Sum
from django.utils.translation import gettext as _

from accounting.calculations.seals import canonical
from accounting.models import BooksControl, Entry, EntryLine, Journal
from accounting.selectors.closing import closing_faults
from accounting.selectors.contribution_controls import contribution_faults
from accounting.selectors.levy_controls import levy_faults
from accounting.selectors.sale_controls import sale_faults
from accounting.selectors.seals import sealed_entry, sealed_lines
from accounting.states.books import series_of
from cae.core.controls import Control
from cae.core.models import NumberSeries
from cae.core.money import ZERO
from cae.core.numbering import link
from cae.core.questions import Question
from cae.core.templatetags.formats import amount

_CHUNK = 500


def book_controls() -> list[Control]:
    """What accounting has to prove: its balances, then each journal."""
    journals = [
        Control(
            _("Journal %(journal)s : numéros et sceaux") % {"journal": journal},
            partial(journal_faults, journal),
        )
        for journal in Journal.objects.order_by("pk")
    ]
    return [
        Control(_("Équilibre des écritures"), balance_faults),
        *journals,
        Control(_("Ventes : ce qui est compté et ce qui est dans les livres"), sale_faults),
        Control(_("Contributions : calculs et écritures"), contribution_faults),
        Control(_("Clôtures : certificats et mois clos"), closing_faults),
        Control(_("Prélèvements propres : calculs et écritures"), levy_faults),
    ]


def last_control() -> BooksControl | None:
    return _LAST.first()


_LAST = Question(lambda: BooksControl.objects.select_related("asked_by")[:1])


def controls_made() -> list[BooksControl]:
    return list(BooksControl.objects.select_related("asked_by")[:20])


def balance_faults() -> Iterator[str]:
    """Entries that are not made of the lines they announce, lines of another day than their entry, then
    sections that do not balance."""
    announced = Entry.objects.select_related("journal").annotate(
        lines_found=Count("lines"), debits=Sum("lines__debit"), credits=Sum("lines__credit")
    )
    sound = Q(lines_found=F("line_count"), debits=F("total"), credits=F("total"))
    for entry in announced.exclude(sound).order_by("pk").iterator(chunk_size=_CHUNK):
        yield _("L’écriture %(entry)s n’est pas équilibrée : débit %(debit)s €, crédit %(credit)s €.") % {
            "entry": entry,
            "debit": amount(entry.debits or ZERO),
            "credit": amount(entry.credits or ZERO),
        }
    strayed = EntryLine.objects.exclude(on=F("entry__on")).values("entry")
    for found in Entry.objects.select_related("journal").filter(pk__in=strayed).order_by("pk"):
        yield _("L’écriture %(entry)s a des lignes d’un autre jour que le sien.") % {"entry": found}
    sections = (
        EntryLine.objects.values("entry__journal__code", "entry__number", "analytic__label")
        .annotate(gap=Sum(F("debit") - F("credit")))
        .exclude(gap=0)
        .order_by("entry__journal__code", "entry__number")
    )
    for row in sections.iterator(chunk_size=_CHUNK):
        yield _("L’écriture %(journal)s %(number)s n’est pas équilibrée dans « %(section)s ».") % {
            "journal": row["entry__journal__code"],
            "number": row["entry__number"],
            "section": row["analytic__label"],
        }


def journal_faults(journal: Journal) -> Iterator[str]:
    """Reads a journal in the order of its numbers: each one there, each seal the one of its facts.

    The counter is read first and the entries up to it: one posted meanwhile is left to the next control.
    """
    series = NumberSeries.objects.get(code=series_of(journal.code))
    expected, previous = 1, ""
    for batch in _batches(journal, series.counter):
        lines = sealed_lines(batch)
        for entry in batch:
            if entry.number != expected:
                yield _gap(journal, expected, entry.number - 1)
            if entry.previous_seal != previous:
                yield _("La chaîne est rompue avant l’écriture %(entry)s.") % {"entry": entry}
            if entry.seal != link(entry.previous_seal, canonical(sealed_entry(entry, lines[entry.pk]))):
                yield _("L’écriture %(entry)s a été modifiée : son sceau ne correspond plus.") % {
                    "entry": entry
                }
            expected, previous = entry.number + 1, entry.seal
    yield from _end_faults(journal, series, expected, previous)


def _batches(journal: Journal, last: int) -> Iterator[list[Entry]]:
    """The entries of a journal up to a number, in order, so many at once."""
    rows = Entry.objects.filter(journal=journal).select_related("reverses__journal").order_by("number")
    for start in range(0, last, _CHUNK):
        batch = list(rows.filter(number__gt=start, number__lte=min(start + _CHUNK, last)))
        for entry in batch:
            entry.journal = journal
        yield batch


def _end_faults(journal: Journal, series: NumberSeries, expected: int, previous: str) -> Iterator[str]:
    """The counter remembers the last number and the last seal: nothing was cut off, or added, at the end."""
    if series.counter >= expected:
        yield _gap(journal, expected, series.counter)
    if series.last_seal != previous:
        yield _("Journal %(journal)s : le dernier sceau ne correspond pas à la dernière écriture.") % {
            "journal": journal
        }
    counter = NumberSeries.objects.filter(pk=series.pk).values("counter")
    if Entry.objects.filter(journal=journal, number__gt=Subquery(counter)).exists():
        yield _("Journal %(journal)s : le compteur est en retard sur la dernière écriture.") % {
            "journal": journal
        }


def _gap(journal: Journal, first: int, last: int) -> str:
    if first == last:
        return _("Journal %(journal)s : le numéro %(first)s manque.") % {"journal": journal, "first": first}
    return _("Journal %(journal)s : les numéros %(first)s à %(last)s manquent.") % {
        "journal": journal,
        "first": first,
        "last": last,
    }
