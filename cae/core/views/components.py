"""The page that shows every component, for review and for axe: on a laptop and in the tests only."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import django_tables2
from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cae.core import tables
from cae.core.facts import Todo
from cae.core.kept_words import house_words
from cae.core.models import Job, Message, Notice, OutgoingEmail
from cae.core.paging import RowCount
from cae.core.panels import Panel, PanelRow
from cae.core.permissions import public
from cae.core.threads import Thread, ThreadKind


class SampleForm(forms.Form):
    """One field of each kind."""

    sections = (
        (_("Client"), ("name", ("siren", "email"))),
        (_("Facture"), (("amount", "due_on"), "rate", "kind", "notes", "agreed")),
    )

    name = forms.CharField(label=_("Nom ou raison sociale"))
    siren = forms.CharField(label=_("SIREN"), help_text=_("Neuf chiffres"))
    email = forms.EmailField(label=_("Adresse électronique"), required=False)
    amount = forms.DecimalField(label=_("Montant HT"), decimal_places=2)
    due_on = forms.DateField(label=_("Échéance"))
    rate = forms.ChoiceField(
        label=_("Taux de TVA"), choices=[("20", "20 %"), ("10", "10 %"), ("5.5", "5,5 %")]
    )
    kind = forms.ChoiceField(
        label=_("Opération"),
        choices=[("services", _("Prestation de services")), ("goods", _("Livraison de biens"))],
        widget=forms.RadioSelect,
    )
    notes = forms.CharField(label=_("Note interne"), widget=forms.Textarea, required=False)
    agreed = forms.BooleanField(label=_("J’ai lu les conditions générales"), required=False)


class SampleFilters(forms.Form):
    """What a filter bar may hold."""

    q = forms.CharField(label=_("Rechercher"), required=False, widget=forms.SearchInput)
    state = forms.ChoiceField(
        label=_("État"),
        required=False,
        choices=[("", _("Tous")), ("late", _("En retard")), ("paid", _("Payée"))],
    )
    since = forms.DateField(label=_("Depuis le"), required=False)


class SampleTable(tables.Table):
    """Four invoices, as a list shows them."""

    number = django_tables2.Column(verbose_name=_("Numéro"))
    customer = django_tables2.Column(verbose_name=_("Client"))
    issued_on = tables.DateColumn(verbose_name=_("Date"))
    total = tables.MoneyColumn(verbose_name=_("TTC"), total=True)
    status = tables.StatusColumn()


def sample_rows(today: date) -> list[dict[str, Any]]:
    """Invoices in four states."""
    facts = (
        ("F2026-0041", "Mairie de Saint-Étienne", 3, "1440.00", ("info", "●", _("Émise"))),
        ("F2026-0040", "Boulangerie Çelik", 12, "384.50", ("success", "✔", _("Payée"))),
        ("F2026-0039", "Atelier Noé & filles", 41, "12600.00", ("danger", "▲", _("En retard"))),
        ("—", "Librairie L’Œil écoute", 0, "96.00", ("neutral", "◇", _("Brouillon"))),
    )
    return [
        {
            "pk": place,
            "number": number,
            "customer": customer,
            "issued_on": today - timedelta(days=days),
            "total": Decimal(total),
            "status": status,
        }
        for place, (number, customer, days, total, status) in enumerate(facts, 1)
    ]


SIGNED = ("success", "✔", _("Signé"))


def sample_list(request: HttpRequest, today: date) -> tables.ListPage:
    """A whole list with its filters, its pills and its bulk bar."""
    rows = sample_rows(today)
    table = SampleTable(rows)
    table.totals = {"total": sum((row["total"] for row in rows), Decimal(0))}
    django_tables2.RequestConfig(request, paginate={"per_page": 50}).configure(table)
    shown: dict[str, Any] = {
        "page": "core.components",
        "title": _("Factures"),
        "empty": tables.EmptyState(_("Aucune facture pour l’instant.")),
        "filters": type("Filters", (), {"form": SampleFilters()})(),
        "table": table,
        "count": RowCount(len(rows)),
        "is_filtered": True,
        "pills": [tables.Pill(_("État"), str(_("En retard")), "?")],
        "columns": [
            tables.ColumnChoice("number", _("Numéro"), True),
            tables.ColumnChoice("total", _("TTC"), True),
        ],
        "views": [],
        "query": "",
        "clear_url": "?",
        "csv_url": "?export=csv",
        "xlsx_url": "?export=xlsx",
    }
    return tables.ListPage(**shown)


def sample_exchanges(now: datetime) -> dict[str, Any]:
    """Messages on an invoice, its mails, the notices of the bell, a job half-way: none of them is kept."""
    earlier = now - timedelta(hours=3)
    question = Message(
        text=_("Le bon de commande est-il parti ?"), author_name="Nadia Lenoir", created_at=earlier
    )
    question.author_id = 1
    answer = Message(
        text=_("Oui : https://exemple.example/bon"),
        author_name="Jeanne Durand",
        audience="outside",
        created_at=now,
    )
    mails = [
        OutgoingEmail(pk=2, subject=_("Facture F2026-0039"), to="mairie@exemple.example", created_at=earlier),
        OutgoingEmail(pk=1, subject=_("Facture F2026-0039"), to="mairie@exemple.exemple", created_at=earlier),
    ]
    mails[0].state, mails[0].sent_at = "sent", now
    mails[1].state, mails[1].error = "failed", str(_("Ce domaine n’existe pas."))
    return {
        "thread": Thread(
            kind=ThreadKind("core.cooperative", "", ""),
            pk=1,
            messages=[question, answer],
            may_write=True,
            audiences=[("house", _("Ceux qui suivent ce dossier")), ("staff", _("L’équipe seulement"))],
        ),
        "mails": mails,
        "notices": [
            Notice(pk=2, subject=_("Devis accepté : salle des fêtes"), url="?", created_at=now),
            Notice(pk=1, subject=_("Terminé : PDF de 3 documents"), url="?", created_at=earlier, read_at=now),
        ],
        "unread": True,
        "job": Job(
            pk=1,
            label=house_words(_("PDF de documents"), 250),
            state="done",
            done=250,
            total=250,
            failures=[{"label": "F2026-0012", "reason": _("Le fichier a été modifié."), "id": 12}],
        ),
    }


def sample_panels(today: date) -> list[Panel]:
    """Two rooms on the full page of a person: one with rows, one that says why it is empty."""
    rows = [
        PanelRow(str(_("Contrat d’appui")), "?", detail=str(_("12 mois")), on=today, status=SIGNED),
        PanelRow(str(_("Convention d’accompagnement")), on=today - timedelta(days=40)),
    ]
    return [
        Panel(_("Contrats"), "file-text", rows, "?"),
        Panel(_("Demandes"), "inbox", (), empty=_("Aucune demande pour l’instant.")),
    ]


@public
def components(request: HttpRequest) -> HttpResponse:
    """Every component with plausible content."""
    today = timezone.localdate()
    wrong = SampleForm({"siren": "123", "amount": "douze"})
    wrong.add_error("siren", _("Ce numéro SIREN n’existe pas : vérifiez ses neuf chiffres."))
    months = ("juin", "juil.", "août", "sept.", "oct.", "nov.")
    sales = [Decimal(n) for n in ("2140", "1820", "0", "3260.5", "2980", "4120")]
    context = {
        "form": SampleForm(),
        "wrong": wrong,
        "list": sample_list(request, today),
        "amount": Decimal("12345.6"),
        "rate": Decimal("0.0550"),
        "today": today,
        "earlier": today - timedelta(days=3),
        "sales": list(zip(months, sales, strict=True)),
        "numbers": sales,
        "todos": [
            Todo(str(_("Relancer Atelier Noé & filles")), "?", since=today - timedelta(days=11), count=2),
            Todo(str(_("Signer votre contrat")), "?", due=today + timedelta(days=5)),
        ],
        "steps": [
            {"label": _("Vous"), "state": "done", "url": "?"},
            {"label": _("Votre projet"), "state": "partial", "url": "?", "hint": _("Il manque le budget")},
            {"label": _("Vos compétences"), "state": "current", "url": "?"},
            {"label": _("Vérifier et envoyer"), "state": "todo"},
        ],
        "events": [
            {"label": _("Payée"), "at": timezone.now(), "by": "Banque", "tone": "success"},
            {"label": _("Envoyée"), "at": timezone.now() - timedelta(days=12), "by": "Nadia Lenoir"},
            {"label": _("Émise"), "at": timezone.now() - timedelta(days=12), "detail": "F2026-0040"},
        ],
    }
    context["panels"] = sample_panels(today)
    context |= sample_exchanges(timezone.now())
    return render(request, "core/components.html", context)
