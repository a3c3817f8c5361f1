"""The page of one document: what it says at left; its state, story, payments and files at right."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounting.models import Entry
from accounting.models.sight import books_reach
from cae.core import audit
from cae.core.answers import file_shown
from cae.core.models import AuditEntry
from cae.core.permissions import requires
from cae.core.questions import Given, Question
from cae.core.templatetags.formats import day, money
from invoicing.documents import draft_file, invoice_page
from invoicing.models import Invoice, Quote, Receipt
from invoicing.selectors.disbursements import disbursements_shown
from invoicing.selectors.einvoices import einvoice_of
from invoicing.selectors.invoices import credit_notes_of, payments_of
from invoicing.views.billing import siblings_of
from invoicing.views.buttons import acts_of_invoice
from invoicing.views.chase_shown import chasing_of_invoice
from invoicing.views.deal_cards import deal_card
from invoicing.views.finding import find_invoice
from invoicing.views.gate import state_of
from invoicing.views.joint import split_shown
from invoicing.views.life import life_of
from invoicing.views.recharging import recharge_card
from invoicing.views.sent import sent_invoice
from invoicing.views.shown import lead_of, name_of_document, status_of_document

# verb of the journal → (word of the timeline, tone)
_EVENTS: dict[str, tuple[Any, str]] = {
    "invoicing.create_draft": (_("Brouillon créé"), "neutral"),
    "invoicing.create_quote": (_("Brouillon créé"), "neutral"),
    "invoicing.save_quote": (_("Brouillon modifié"), "neutral"),
    "invoicing.revise_quote": (_("Nouvelle version commencée"), "neutral"),
    "invoicing.Quote.discard": (_("Brouillon abandonné"), "warning"),
    "invoicing.Quote.restore": (_("Brouillon repris"), "neutral"),
    "invoicing.Quote.submit": (_("Envoyé pour validation"), "neutral"),
    "invoicing.Quote.take_back": (_("Repris pour modification"), "neutral"),
    "invoicing.Quote.correct": (_("Correction demandée"), "warning"),
    "invoicing.Quote.approve": (_("Validé"), "success"),
    "invoicing.Quote.send": (_("Envoyé au client"), "info"),
    "invoicing.Quote.accept": (_("Accepté par le client"), "success"),
    "invoicing.Quote.refuse": (_("Refusé par le client"), "danger"),
    "invoicing.send_again": (_("Envoyé de nouveau"), "info"),
    "invoicing.send_invoice": (_("Envoyé au client"), "info"),
    "invoicing.copy_link": (_("Lien du client copié"), "info"),
    "invoicing.Quote.replace": (_("Remplacé par une nouvelle version"), "warning"),
    "invoicing.Quote.withdraw": (_("Retiré"), "warning"),
    "invoicing.Invoice.submit": (_("Envoyé pour validation"), "neutral"),
    "invoicing.Invoice.take_back": (_("Repris pour modification"), "neutral"),
    "invoicing.Invoice.correct": (_("Correction demandée"), "warning"),
    "invoicing.draft_credit_note": (_("Avoir préparé"), "neutral"),
    "invoicing.invoice_quote": (_("Préparée d’après le devis"), "neutral"),
    "invoicing.save_draft": (_("Brouillon modifié"), "neutral"),
    "invoicing.Invoice.discard": (_("Brouillon abandonné"), "warning"),
    "invoicing.Invoice.restore": (_("Brouillon repris"), "neutral"),
    "invoicing.Invoice.issue": (_("Document émis"), "success"),
    "invoicing.record_payment": (_("Règlement reçu"), "success"),
    "invoicing.reverse_payment": (_("Règlement annulé"), "danger"),
    "invoicing.refund_customer": (_("Client remboursé"), "warning"),
    "invoicing.use_advance": (_("Avance imputée"), "neutral"),
    "invoicing.prepare_part": (_("Préparée d’après le devis"), "neutral"),
    "invoicing.release_retention": (_("Retenue de garantie libérée"), "neutral"),
    "invoicing.add_amendment": (_("Avenant ajouté"), "neutral"),
    "invoicing.remove_amendment": (_("Avenant retiré"), "warning"),
    "invoicing.share_quote": (_("Répartition changée"), "neutral"),
    "invoicing.ask_agreements": (_("Accords demandés"), "neutral"),
    "invoicing.agree_share": (_("Accord donné"), "success"),
    "invoicing.withdraw_agreement": (_("Accord repris"), "warning"),
    "invoicing.remind": (_("Relance envoyée"), "warning"),
    "invoicing.remind_alone": (_("Relance partie seule"), "warning"),
    "invoicing.pause_reminders": (_("Relances mises en pause"), "neutral"),
    "invoicing.resume_reminders": (_("Relances reprises"), "neutral"),
    "invoicing.write_off": (_("Passée en perte"), "danger"),
    "invoicing.take_loss_back": (_("Passage en perte annulé"), "warning"),
}
_SAVED = frozenset({"invoicing.save_draft", "invoicing.save_quote"})


@requires("invoicing.view_invoices")
def invoice_detail(request: HttpRequest, pk: int) -> HttpResponse:
    invoice = find_invoice(request, pk)
    issued = invoice.is_issued and not invoice.is_credit_note
    state = state_of(request.user, invoice, today=timezone.localdate()) | sent_invoice(request.user, invoice)
    context = {
        "invoice": invoice,
        "name": name_of_document(invoice),
        "lead": lead_of(invoice),
        "shown": status_of_document(invoice),
        "frozen": invoice.is_issued,
        "trail": _trail(invoice),
        "page": invoice_page(einvoice_of(invoice, on=timezone.localdate()), draft=not invoice.is_issued),
        "acts": acts_of_invoice(request.user, invoice, state),
        "form_key": uuid4(),
        "payments": payments_of(invoice) if issued else [],
        "credit_notes": credit_notes_of(invoice) if issued else [],
        "entries": entries_of(request.user, invoice) if invoice.is_issued else [],
        "events": events_of(invoice),
        "draft_note": _draft_note(invoice),
        "disbursements": disbursements_shown(invoice),
        "siblings": [(one, name_of_document(one)) for one in siblings_of(invoice)],
        "preview_url": reverse("invoicing:invoice_preview", args=[invoice.pk]),
        **deal_card(request.user, invoice),
        **recharge_card(request.user, invoice),
        **split_shown(invoice),
        **file_of(invoice),
        **chasing_of_invoice(request.user, invoice),
        **life_of(request.user, invoice),
        **state,
    }
    return render(request, "invoicing/invoice_detail.html", context)


def _trail(invoice: Invoice) -> tuple[str, str]:
    """The list in which the document stands."""
    if not invoice.is_issued:
        return gettext("Brouillons"), reverse("invoicing:draft_list")
    if invoice.is_credit_note:
        return gettext("Avoirs"), reverse("invoicing:credit_note_list")
    return gettext("Factures"), reverse("invoicing:invoice_list")


def _draft_note(invoice: Invoice) -> str:
    if invoice.is_submitted:
        return gettext("Pas encore de numéro : son contenu est fermé le temps de la relecture.")
    if invoice.is_part:
        return gettext("Pas encore de numéro. Ses montants viennent du devis, au centime.")
    return gettext("Un brouillon n’a pas de numéro et n’engage à rien : il se modifie jusqu’à son émission.")


def file_of(document: Invoice | Quote) -> dict[str, Any]:
    """The context of `_file.html`."""
    is_quote = isinstance(document, Quote)
    name = "quote_file" if is_quote else "invoice_file"
    url = reverse(f"invoicing:{name}", args=[document.pk])
    return {"document": document, "is_quote": is_quote, "file_url": url}


@requires("invoicing.view_invoices")
def invoice_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The fragment of the PDF: « en préparation », then the file; the page asks again until it is there."""
    return render(request, "invoicing/_file.html", file_of(find_invoice(request, pk)))


@requires("invoicing.view_invoices")
def invoice_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The PDF of a draft, made on the spot and marked as a draft; an issued document has its file."""
    invoice = find_invoice(request, pk)
    if invoice.is_issued:
        return redirect(invoice)
    content = draft_file(einvoice_of(invoice, on=timezone.localdate()))
    return file_shown(content, name=f"brouillon-{invoice.pk}.pdf")


def entries_of(user: Any, invoice: Invoice) -> list[Entry]:
    """Gives the entries that a document and its payments made, as far as this person reads the books."""
    kind = ContentType.objects.get_for_model(Invoice)
    return _ENTRIES(kind=kind.pk, invoice=invoice.pk, **books_reach(user))


def _entries() -> QuerySet[Entry]:
    its_own = Entry.objects.filter(source_type=Given("kind"), source_id=Given("invoice")).order_by()
    # One movement of money may concern several invoices: its entry is shown on each.
    moved = Receipt.objects.filter(payments__invoice=Given("invoice"), entry__isnull=False).order_by()
    keys = its_own.values("pk").union(moved.values("entry"), all=True)
    return Entry.objects.within().filter(pk__in=keys).select_related("journal").order_by("on", "pk")


_ENTRIES = Question(_entries)


def events_of(document: Invoice | Quote) -> list[dict[str, Any]]:
    """Gives the story of a document, the latest first; a draft saved several times in a row says it once."""
    events: list[dict[str, Any]] = []
    last = ""
    for row in _ACTS(**audit.about(document)):
        if row.verb == last and last in _SAVED:
            continue
        last = row.verb
        label, tone = _EVENTS[row.verb]
        events.append({"label": label, "at": row.at, "by": row.author, "detail": _detail(row), "tone": tone})
    return events


_ACTS = Question(
    lambda: (
        AuditEntry.objects.filter(
            about_type=Given("about_type"), about_id=Given("about_id"), verb__in=_EVENTS
        )
        .select_related("actor__person", "real_actor__person")
        .order_by("-at", "-pk")
    )
)


def _detail(row: AuditEntry) -> str:
    amount, on = row.detail.get("amount"), row.detail.get("on")
    return (
        f"{money(amount)} · {day(date.fromisoformat(on))}"
        if amount and on
        else str(row.detail.get("reason") or row.detail.get("activity", ""))
    )
