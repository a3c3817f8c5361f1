"""What a version of a quote changes from the one before, ready to be said on a page or in a mail (INV-17)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from cae.core.templatetags.formats import NOTHING, day, money, quantity
from invoicing.calculations.variants import variants_of
from invoicing.calculations.versions import Change, SaidLine, changes
from invoicing.engines.model import EInvoice
from invoicing.models import Quote
from invoicing.selectors.einvoices import quote_document_of


@dataclass(frozen=True)
class VersionChanges:
    """The contents of two versions, and what changed in their lines."""

    before: EInvoice
    after: EInvoice
    lines: tuple[Change, ...]

    @property
    def sentences(self) -> list[str]:
        """One a line that changed, then the terms, then the total."""
        return [*(_of_line(change) for change in self.lines), *_of_terms(self.before, self.after)]


def changes_of(quote: Quote, *, on: date) -> VersionChanges | None:
    """What this version changes from the one that it replaces; None for a first version."""
    if quote.replaces is None:
        return None
    before, after = quote_document_of(quote.replaces, on), quote_document_of(quote, on)
    return VersionChanges(before, after, changes(_lines(before), _lines(after)))


def _lines(content: EInvoice) -> list[SaidLine]:
    found, group = [], ""
    choices = {place: one.choice for one in variants_of(content.lines) for place in one.places}
    for place, line in enumerate(content.lines):
        group = line.group_title or group
        found.append(
            SaidLine(
                label=line.label,
                quantity=line.quantity,
                unit_price=line.unit_price,
                net=line.net,
                optional=line.optional,
                choice=choices.get(place, ""),
                group=group,
                description=line.description,
                unit=line.unit,
            )
        )
    return found


def _of_line(change: Change) -> str:
    line = change.line
    if change.before is None:
        return _("Ajouté : %(label)s, %(net)s HT.") % {"label": line.label, "net": _net(line)}
    if change.after is None:
        return _("Retiré : %(label)s, %(net)s HT.") % {"label": line.label, "net": _net(line)}
    before, after = change.before, change.after
    same = (before.net, before.optional, before.choice) == (after.net, after.optional, after.choice)
    if same:
        return _("Précisé : %(label)s.") % {"label": line.label}
    return _("Modifié : %(label)s, %(before)s HT → %(after)s HT.") % {
        "label": line.label,
        "before": _net(before),
        "after": _net(after),
    }


def _net(line: SaidLine) -> str:
    """« 3 × 620,00 € = 1 860,00 € », « 90,00 € en option »."""
    told = money(line.net)
    if line.quantity != 1:
        told = f"{quantity(line.quantity)} × {money(line.unit_price)} = {told}"
    if line.choice:
        return _("%(net)s au choix,") % {"net": told}
    return _("%(net)s en option,") % {"net": told} if line.optional else told


def _of_terms(before: EInvoice, after: EInvoice) -> list[str]:
    found = []
    dates = (
        (_("Valable jusqu’au : %(before)s → %(after)s."), before.valid_until, after.valid_until),
        (_("Début prévu : %(before)s → %(after)s."), before.starts_on, after.starts_on),
    )
    for sentence, old, new in dates:
        if old != new:
            found.append(sentence % {"before": _day(old), "after": _day(new)})
    amounts = (
        (_("Remise sur le total : %(before)s → %(after)s."), before.totals.discounts, after.totals.discounts),
        (_("Total HT : %(before)s → %(after)s."), before.totals.net, after.totals.net),
        (_("Total TTC : %(before)s → %(after)s."), before.totals.gross, after.totals.gross),
    )
    for sentence, was, now in amounts:
        if was != now:
            found.append(sentence % {"before": money(was), "after": money(now)})
    return found


def _day(value: date | None) -> str:
    return day(value) if value is not None else NOTHING
