"""What a draft must have before anybody is asked: our own rules, each with the field to complete."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from cae.core.errors import Code, IllegalMove, Refused
from invoicing.calculations.discounts import sale_totals
from invoicing.calculations.variants import choices_of, variants_of
from invoicing.models import Invoice, Quote, QuoteLine
from invoicing.models.documents import SaleLine
from invoicing.selectors.answers import reach_of
from invoicing.selectors.einvoices import due_date
from invoicing.selectors.invoices import load_content, standing_of
from invoicing.selectors.typing import is_unfinished
from invoicing.selectors.vat_rates import keys_in_force
from invoicing.services.crediting import require_not_deducted
from invoicing.services.disbursing import gives_back_beyond, require_proved
from invoicing.services.parting import require_still_of_quote
from invoicing.states.sales import VatCategory


def require_fresh(document: Quote | Invoice, version: int | None) -> None:
    """Refuses an act on a content that was saved again since somebody read it."""
    if version is not None and document.version != version:
        raise Refused(
            Code.STALE_FORM,
            _("Ce document a été modifié ailleurs depuis votre lecture : relisez-le d’abord."),
        )


def require_handed(document: Quote | Invoice, handed: bool) -> None:
    """Refuses the answer of a checker (`handed`) to a document that its author has just taken back."""
    if handed and not document.is_submitted:
        raise IllegalMove(_("Ce document n’attend plus de relecture."))


def require_finished(document: Quote | Invoice) -> None:
    """Refuses a draft whose author left a line half written: what is stored is not what they see."""
    if is_unfinished(document):
        raise Refused(
            Code.VALUE_MISSING,
            _("Votre saisie n’est pas terminée : une ligne est incomplète, complétez-la d’abord."),
            field="lines",
        )


def require_complete(invoice: Invoice, *, on: date) -> None:
    """Refuses a document that cannot be issued on this date, before anything is written."""
    require_finished(invoice)
    load_content(invoice)
    lines = list(invoice.lines.all())
    gives_back = invoice.is_credit_note and invoice.disbursed > 0
    if not lines and not gives_back:
        raise Refused(
            Code.EMPTY_DOCUMENT,
            _("Ajoutez au moins une ligne : une facture vide ne s’émet pas."),
            field="lines",
        )
    if invoice.total_incl_tax <= 0 and not gives_back:
        raise Refused(
            Code.AMOUNT_INVALID,
            _("Le total doit être supérieur à zéro : pour rendre de l’argent, faites un avoir."),
            field="lines",
        )
    if invoice.credited is not None:
        _require_credit_within(invoice, invoice.credited, on)
        require_not_deducted(invoice.credited)
        return
    _require_rates_in_force(lines, on)
    if invoice.is_part and invoice.quote is not None:
        require_still_of_quote(invoice, invoice.quote)
    else:
        _require_true_totals(invoice, lines)
    _require_customer(invoice, lines)
    require_proved(invoice)
    due = due_date(invoice, on)
    if due is not None and due < on:
        raise Refused(
            Code.DATE_INVALID, _("L’échéance ne peut pas précéder la date de la facture."), field="due_on"
        )


def require_quote_complete(quote: Quote, *, on: date) -> None:
    """Refuses a quote that cannot be approved on this date, before anything is written."""
    require_finished(quote)
    lines = list(quote.lines.select_related("vat_rate"))
    if not lines:
        raise Refused(
            Code.EMPTY_DOCUMENT,
            _("Ajoutez au moins une ligne : un devis vide ne propose rien."),
            field="lines",
        )
    if quote.total_incl_tax <= 0 and not any(line.optional and line.net > 0 for line in lines):
        raise Refused(
            Code.AMOUNT_INVALID, _("Le total d’un devis doit être supérieur à zéro."), field="lines"
        )
    _require_real_choices(quote, lines)
    _require_rates_in_force(lines, on)
    _require_true_totals(quote, lines)
    _require_no_choice_below_zero(quote, lines)
    _require_vat_number(quote, lines)
    if quote.valid_until is not None and quote.valid_until < on:
        raise Refused(
            Code.DATE_INVALID,
            _("La validité du devis est déjà passée : choisissez une date à venir."),
            field="valid_until",
        )


def _require_real_choices(quote: Quote, lines: Sequence[QuoteLine]) -> None:
    """Each choice has two variants at least."""
    for name, some in choices_of(variants_of(lines)).items():
        if len(some) == 1:
            raise Refused(
                Code.VALUE_INVALID,
                _("Un choix compte au moins deux variantes : %(choice)s.") % {"choice": name},
                field=f"lines-{some[0].first}-choice",
            )


def _require_no_choice_below_zero(quote: Quote, lines: Sequence[QuoteLine]) -> None:
    """Whatever the customer takes, an option that deducts leaves something to invoice, discount included."""
    try:
        least: Decimal | None = reach_of(quote)[0].gross
    except ValueError:
        least = None
    if variants_of(lines) and not least:
        raise Refused(
            Code.AMOUNT_INVALID,
            _("Avec les variantes les moins chères, le total doit rester supérieur à zéro."),
            field="lines",
        )
    if least is None or least < 0:
        raise Refused(
            Code.AMOUNT_INVALID,
            _("Une option qui déduit rendrait le total négatif : réduisez-la, ou faites-en une ligne."),
            field="lines",
        )


def _require_rates_in_force(lines: Sequence[SaleLine], on: date) -> None:
    in_force = keys_in_force(on)
    for index, line in enumerate(lines):
        if line.vat_rate_id not in in_force:
            raise Refused(
                Code.VAT_RATE_NOT_IN_FORCE,
                _("Ligne %(position)d : le taux « %(rate)s » n’est pas en vigueur le %(date)s.")
                % {"position": line.position, "rate": line.vat_rate, "date": on.strftime("%d/%m/%Y")},
                field=f"lines-{index}-vat_rate",
            )


def _require_true_totals(document: Quote | Invoice, lines: Sequence[SaleLine]) -> None:
    """A rate corrected after the draft was saved would leave old totals behind."""
    totals = sale_totals(
        [line.priced for line in lines], rate=document.discount_rate, amount=document.discount_amount
    )
    if (totals.net, totals.tax) != (document.total_excl_tax, document.total_tax):
        raise Refused(
            Code.AMOUNT_INVALID,
            _("Les totaux ne sont plus ceux des lignes : enregistrez de nouveau le brouillon."),
            field="lines",
        )


def _require_customer(invoice: Invoice, lines: Sequence[SaleLine]) -> None:
    customer = invoice.customer
    if customer.purchase_order_required and not invoice.order_reference:
        raise Refused(
            Code.VALUE_MISSING,
            _("Ce client exige son numéro de commande sur la facture."),
            field="order_reference",
        )
    _require_vat_number(invoice, lines)


def _require_vat_number(document: Quote | Invoice, lines: Sequence[SaleLine]) -> None:
    reverse = any(line.vat_rate.category == VatCategory.REVERSE_CHARGE for line in lines)
    if reverse and not document.customer.vat_number:
        # Compulsory on both sides (CGI ann. II art. 242 nonies A, I-3° and 4°).
        raise Refused(
            Code.VALUE_MISSING,
            _("L’autoliquidation demande le numéro de TVA du client : complétez sa fiche."),
            field="customer",
        )


def _require_credit_within(note: Invoice, invoice: Invoice, on: date) -> None:
    """Never above what is left of the invoice, of each rate and of each disbursement; never before it."""
    if invoice.issued_on is None or on < invoice.issued_on:
        raise Refused(Code.DATE_INVALID, _("Un avoir ne peut pas précéder sa facture."), field="issued_on")
    left = {(group.category, group.rate): group for group in standing_of(invoice).groups}
    beyond = gives_back_beyond(note, invoice)
    for tax in note.taxes.all():
        group = left.get((tax.category, tax.rate))
        beyond |= group is None or abs(tax.base) > abs(group.net) or abs(tax.tax) > abs(group.tax)
    if beyond:
        raise Refused(
            Code.AMOUNT_ABOVE_DUE,
            _("Cet avoir dépasse ce qui reste de la facture %(number)s : refaites-le.")
            % {"number": invoice.number},
        )
