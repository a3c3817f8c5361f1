"""Shares a quote between the activities that make it together, and keeps what each agrees to (INV-20)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, IllegalMove, Refused
from cae.core.notices import notify
from cae.core.templatetags.formats import percent
from entrepreneurs.models import Activity
from invoicing.calculations.joint import faults_of
from invoicing.models import Quote, QuoteShare
from invoicing.selectors.checkers import authors_of_activity
from invoicing.services.drafting import require_current
from invoicing.states.joint import AGREEMENTS_OPEN, Sharing

TO_AGREE = "invoicing.share_to_agree"
ANSWERED = "invoicing.share_answered"


@dataclass(frozen=True)
class SharesContent:
    """How a quote is shared: fractions by activity, and who does each line, by keys; no key: everybody."""

    sharing: str = Sharing.NONE
    rates: Mapping[int, Decimal] = field(default_factory=dict)
    bearers: Mapping[int, int] = field(default_factory=dict)


def share_quote(
    quote: Quote, *, content: SharesContent, version: int, actor: Any, at: datetime, on: date
) -> Quote:
    """Does: says which activities make a draft together, and for how much; whoever leads agrees by writing.
    Refuses: no draft, a form older than it, shares that do not make the whole, an activity closed that day,
    a line borne by another, disbursements. Leaves behind: the shares, agreements to ask anew when something
    changed, audit."""
    with transaction.atomic():
        row = Quote.objects.select_for_update(of=("self",)).select_related("activity").get(pk=quote.pk)
        require_current(row, version)
        _check(row, content, on)
        if _told(row) == _Told(content.sharing, dict(content.rates), dict(content.bearers)):
            return row
        row.sharing, row.version = content.sharing, row.version + 1
        row.save(update_fields=["sharing", "version"])
        for line in row.lines.all():
            bearer = content.bearers.get(line.pk)
            if line.borne_by_id != bearer:
                line.borne_by_id = bearer
                line.save(update_fields=["borne_by"])
        _write_shares(row, content.rates)
        _ask_anew(row, actor=actor, at=at)
        audit.record(actor, "invoicing.share_quote", row)
        return row


def carry_shares(new: Quote, *, former: Quote, actor: Any, at: datetime) -> None:
    """Does: shares a new version as the former one. Refuses: nothing. Leaves behind: the shares, agreed by
    whoever leads alone."""
    if not former.is_joint:
        return
    _write_shares(new, dict(former.shares.values_list("activity", "rate")))
    _ask_anew(new, actor=actor, at=at)


def ask_agreements(quote: Quote, *, actor: Any, at: datetime) -> list[QuoteShare]:
    """Does: asks the other activities to agree to their share; those who were asked are not asked again.
    Refuses: a quote that is not shared, or numbered already. Leaves behind: when they were asked, their
    people told, audit."""
    with transaction.atomic():
        row = _open_quote(quote)
        asked = list(_shares(row).filter(agreed_at=None, asked_at=None))
        for share in asked:
            share.asked_at = at
            share.save(update_fields=["asked_at"])
            _tell_asked(row, share, actor)
        if asked:
            audit.record(actor, "invoicing.ask_agreements", row)
        return asked


def agree_share(share: QuoteShare, *, version: int, actor: Any, at: datetime) -> QuoteShare:
    """Does: agrees to the share of an activity, on the content that was shown; twice is once. Refuses: a
    share nobody asked about or taken off since, a quote that changed since it was read or is numbered. Leaves
    behind: who agreed and when, those who lead told, audit."""
    with transaction.atomic():
        quote, row = _open_share(share)
        if row.agreed_at is not None:
            return row
        if row.asked_at is None:
            raise IllegalMove(_("Ce devis n’est pas prêt : l’activité qui le mène demandera votre accord."))
        if quote.version != version:
            raise Refused(Code.STALE_FORM, _("Ce devis a changé depuis votre lecture : relisez-le."))
        row.agreed_at, row.agreed_by = at, actor
        row.save(update_fields=["agreed_at", "agreed_by"])
        _tell_answer(quote, row, agreed=True, actor=actor)
        audit.record(actor, "invoicing.agree_share", quote, detail={"activity": row.activity.name})
        return row


def withdraw_agreement(share: QuoteShare, *, actor: Any) -> QuoteShare:
    """Does: takes an agreement back, before the quote has its number; twice is once. Refuses: the share of
    whoever leads, a numbered quote. Leaves behind: a share to agree to, those who lead told, audit."""
    with transaction.atomic():
        quote, row = _open_share(share)
        if row.activity_id == quote.activity_id:
            raise IllegalMove(_("L’activité qui mène le devis en change la répartition."))
        if row.agreed_at is None:
            return row
        row.agreed_at, row.agreed_by = None, None
        row.save(update_fields=["agreed_at", "agreed_by"])
        _tell_answer(quote, row, agreed=False, actor=actor)
        audit.record(actor, "invoicing.withdraw_agreement", quote, detail={"activity": row.activity.name})
        return row


def require_agreed(quote: Quote) -> None:
    """Refuses a joint quote that an activity has not agreed to."""
    if not quote.is_joint:
        return
    lacking = [share.activity.name for share in _shares(quote).filter(agreed_at=None)]
    if lacking:
        raise Refused(
            Code.VALUE_MISSING,
            _("Il manque l’accord de %(names)s sur sa part du devis.") % {"names": ", ".join(lacking)},
        )


def terms_of(quote: Quote) -> tuple[Any, ...] | None:
    """What the activities agree on: lines, prices, discounts and bearers; None when nothing is shared."""
    if not quote.is_joint:
        return None
    kept = ("label", "description", "quantity", "unit", "unit_price", "nature", "vat_rate")
    more = ("discount_rate", "discount_amount", "optional", "choice", "borne_by", "net")
    lines = quote.lines.order_by("position").values_list(*kept, *more)
    return quote.customer_id, quote.total_excl_tax, quote.total_incl_tax, *lines


def ask_anew_if_changed(quote: Quote, former: tuple[Any, ...] | None, *, actor: Any, at: datetime) -> None:
    """Does: takes back the agreements on a content that changed. Refuses: nothing. Leaves behind: shares to
    agree to."""
    if former is not None and terms_of(quote) != former:
        _ask_anew(quote, actor=actor, at=at)


@dataclass(frozen=True)
class _Told:
    sharing: str
    rates: dict[int, Decimal]
    bearers: dict[int, int]


def _told(quote: Quote) -> _Told:
    bearers = dict(quote.lines.filter(borne_by__isnull=False).values_list("pk", "borne_by"))
    return _Told(quote.sharing, dict(quote.shares.values_list("activity", "rate")), bearers)


def _check(quote: Quote, content: SharesContent, on: date) -> None:
    if content.sharing == Sharing.NONE:
        if content.rates or content.bearers:
            raise Refused(Code.VALUE_INVALID, _("Choisissez d’abord comment le devis se partage."))
        return
    if content.sharing not in Sharing.values:
        raise Refused(Code.VALUE_INVALID, _("Ce choix n’existe pas."), field="sharing")
    if quote.disbursements.exists():
        raise Refused(
            Code.VALUE_INVALID,
            _("Un devis conjoint ne porte pas de débours : l’activité qui les paie les facture à part."),
        )
    sentences = {
        "two_activities": _("Il faut au moins deux activités."),
        "leading_has_one": _("L’activité qui mène le devis y a une part."),
        "above_zero": _("Chaque part est au-dessus de zéro."),
        "whole": _("Les parts font 100 %% ; elles font %(sum)s.")
        % {"sum": percent(sum(content.rates.values(), Decimal(0)))},
    }
    for fault in faults_of(content.rates, leading=quote.activity_id):
        raise Refused(Code.VALUE_INVALID, sentences[fault])
    _require_open(content, on)
    own = set(quote.lines.values_list("pk", flat=True))
    bearers = content.bearers if content.sharing == Sharing.LINES else {}
    if content.bearers != bearers or not (
        bearers.keys() <= own and set(bearers.values()) <= content.rates.keys()
    ):
        raise Refused(Code.VALUE_INVALID, _("Une ligne se confie à une activité qui a une part du devis."))


def _require_open(content: SharesContent, on: date) -> None:
    known = {one.pk: one.name for one in Activity.objects.filter(pk__in=content.rates)}
    opened = set(Activity.objects.open_on(on).filter(pk__in=known).values_list("pk", flat=True))
    for key in content.rates:
        if key not in opened:
            raise Refused(
                Code.VALUE_INVALID,
                _("« %(activity)s » n’est pas ouverte à cette date.") % {"activity": known.get(key, key)},
            )


def _write_shares(quote: Quote, rates: Mapping[int, Decimal]) -> None:
    quote.shares.exclude(activity__in=rates).delete()
    known = {share.activity_id: share for share in quote.shares.all()}
    for key, rate in rates.items():
        share = known.get(key) or QuoteShare(quote=quote, activity_id=key)
        share.rate = rate
        share.save()


def _ask_anew(quote: Quote, *, actor: Any, at: datetime) -> None:
    """Whoever leads agrees to what they write; the others are to be asked."""
    quote.shares.exclude(activity=quote.activity_id).update(asked_at=None, agreed_at=None, agreed_by=None)
    quote.shares.filter(activity=quote.activity_id).update(asked_at=at, agreed_at=at, agreed_by=actor)


def _open_quote(quote: Quote) -> Quote:
    rows = Quote.objects.select_for_update(of=("self",)).select_related("activity", "customer")
    row = rows.get(pk=quote.pk)
    if not row.is_joint:
        raise IllegalMove(_("Ce devis n’est pas partagé entre plusieurs activités."))
    if row.state not in AGREEMENTS_OPEN:
        raise IllegalMove(_("Ce devis a son numéro : sa répartition ne change plus."))
    return row


def _open_share(share: QuoteShare) -> tuple[Quote, QuoteShare]:
    """The quote, then the share, both locked; whoever leads may have taken it off since it was read."""
    quote = _open_quote(share.quote)
    row = _shares(quote).select_for_update(of=("self",)).filter(pk=share.pk).first()
    if row is None:
        raise IllegalMove(_("Cette activité n’a plus de part de ce devis."))
    return quote, row


def _shares(quote: Quote) -> models.QuerySet[QuoteShare]:
    return QuoteShare.objects.filter(quote=quote).select_related("activity").order_by("pk")


def _tell_asked(quote: Quote, share: QuoteShare, actor: Any) -> None:
    facts = {"activity": quote.activity.name, "customer": quote.customer.name, "share": percent(share.rate)}
    notify(
        authors_of_activity(share.activity),
        TO_AGREE,
        subject=lambda: _("Accord à donner : devis conjoint de %(activity)s pour %(customer)s") % facts,
        text=lambda: _("Votre part : %(share)s.") % facts,
        url=quote.get_absolute_url(),
        about=quote,
        actor=actor,
    )


def _tell_answer(quote: Quote, share: QuoteShare, *, agreed: bool, actor: Any) -> None:
    left = quote.shares.filter(agreed_at=None).count()
    facts = {"activity": share.activity.name, "customer": quote.customer.name}

    def subject() -> str:
        if not agreed:
            return _("%(activity)s reprend son accord sur le devis pour %(customer)s") % facts
        if left:
            return _("%(activity)s accepte sa part du devis pour %(customer)s") % facts
        return _("Tous les accords sont là : devis pour %(customer)s") % facts

    notify(
        authors_of_activity(quote.activity),
        ANSWERED,
        subject=subject,
        url=quote.get_absolute_url(),
        about=quote,
        actor=actor,
    )
