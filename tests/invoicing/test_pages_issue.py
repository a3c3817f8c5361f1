"""The page that issues: checks in words, one number, every refusal in one sentence with nothing written."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils.timezone import localdate as today

from accounting.models import Entry
from entrepreneurs.models import Activity
from invoicing.engines.checker.protocol import Finding, Verdict
from invoicing.models import Invoice, VatRate
from invoicing.services.customers import save_customer
from invoicing.services.discarding import discard_invoice
from invoicing.services.inputs import CustomerContent
from people.models import User
from people.states import RoleKind
from tests.factories import invoicing as sales
from tests.factories.entrepreneurs import make_activity
from tests.factories.people import make_user
from tests.invoicing.conftest import Judges
from tests.invoicing.pages import customer_form, url
from tests.pages import client_of, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration", "judges")]


@pytest.fixture
def draft(shop: Activity) -> Invoice:
    return sales.draft(shop)


def issue(user: User, document: Invoice, *, on: str = "") -> Any:
    return client_of(user).post(
        url("invoice_issue", document.pk), {"on": on or today().isoformat()}, follow=True
    )


def is_untouched(document: Invoice) -> bool:
    document.refresh_from_db()
    return (document.state, document.number) == ("draft", None) and not Entry.objects.exists()


def test_the_page_says_what_was_verified_and_what_comes_next(seller: User, draft: Invoice) -> None:
    response = client_of(seller).get(url("invoice_issue", draft.pk))
    said = text(response)
    assert response.status_code == 200
    for part in (
        "Émettre cette facture de 240,00 € TTC pour Client A ?",
        "Client, lignes, taux et échéance sont complets.",
        "Le contrôle de la facture électronique se fait à l’émission.",
        "Plus rien n’y change",
        "Émettre la facture",
    ):
        assert part in said
    assert f'value="{today().isoformat()}"' in response.content.decode()
    assert is_untouched(draft)


def test_issuing_gives_the_number_and_leads_to_the_document(seller: User, draft: Invoice) -> None:
    response = issue(seller, draft)
    draft.refresh_from_db()
    assert draft.number == f"F{today().year}-0001"
    assert draft.issued_on == today()
    assert response.redirect_chain[-1][0] == draft.get_absolute_url()
    assert f"La facture {draft.number} est émise. Son PDF se prépare." in text(response)
    assert Entry.objects.filter(journal__code="VE").count() == 1


def test_a_double_click_gives_one_number_and_the_same_page(seller: User, draft: Invoice) -> None:
    issue(seller, draft)
    again = issue(seller, draft)
    draft.refresh_from_db()
    assert again.redirect_chain[-1][0] == draft.get_absolute_url()
    assert f"Ce document est déjà émis, sous le numéro {draft.number}." in text(again)
    assert Invoice.objects.exclude(number=None).count() == 1
    assert Entry.objects.filter(journal__code="VE").count() == 1


def test_the_check_alone_shows_the_verdict_and_issues_nothing(
    judges: Judges, seller: User, draft: Invoice
) -> None:
    address, form = url("invoice_check", draft.pk), {"on": today().isoformat()}
    part = client_of(seller).post(address, form, headers={"HX-Request": "true"})
    assert "Le contrôle de la facture électronique l’accepte" in text(part)
    assert "<html" not in part.content.decode()
    whole = client_of(seller).post(address, form)
    assert "Émettre la facture" in text(whole)
    assert judges.calls == 1  # the same content on the same day is judged once
    assert is_untouched(draft)


def test_a_refused_verdict_says_each_finding_with_its_place(
    judges: Judges, seller: User, draft: Invoice
) -> None:
    judges.verdict = Verdict(False, (Finding("BR-FR-11", "", ""), Finding("BR-CO-25", "", "")))
    response = issue(seller, draft)
    assert response.status_code == 422
    said, body = text(response), response.content.decode()
    assert (
        "Indiquez le SIREN du client (9 chiffres) : il est obligatoire entre professionnels. Compléter"
        in said
    )
    assert "Indiquez l’échéance. Compléter" in said
    fix = f"{url('customer_edit', draft.customer_id)}?facture={draft.pk}"
    assert fix in body
    firm = draft.customer
    form = customer_form(name=firm.name, siren=firm.siren, version=str(firm.version))
    assert client_of(seller).post(fix, form)["Location"] == url("invoice_issue", draft.pk)
    assert f"{url('invoice_edit', draft.pk)}#id_due_on" in body
    assert "Corrigez d’abord ce qui est signalé plus haut." in said
    assert is_untouched(draft)


def test_no_checker_no_number(judges: Judges, seller: User, draft: Invoice) -> None:
    judges.down = True
    response = issue(seller, draft)
    assert response.status_code == 503
    assert "Le contrôle des factures électroniques ne répond pas" in text(response)
    assert is_untouched(draft)
    part = client_of(seller).post(
        url("invoice_check", draft.pk), {"on": today().isoformat()}, headers={"HX-Request": "true"}
    )
    assert part.status_code == 200
    assert "Le contrôle des factures électroniques ne répond pas" in text(part)


def test_an_empty_invoice_is_not_issued(seller: User, draft: Invoice) -> None:
    draft.lines.all().delete()
    response = issue(seller, draft)
    assert response.status_code == 422
    assert "Ajoutez au moins une ligne : une facture vide ne s’émet pas." in text(response)
    assert f"{url('invoice_edit', draft.pk)}#lines" in response.content.decode()
    assert is_untouched(draft)


def test_a_rate_not_in_force_is_not_issued(seller: User, draft: Invoice) -> None:
    VatRate.objects.filter(code="normal").update(valid_to=date(2026, 1, 1))
    response = issue(seller, draft)
    assert response.status_code == 422
    assert "n’est pas en vigueur" in text(response)
    assert f"{url('invoice_edit', draft.pk)}#id_lines-0-vat_rate" in response.content.decode()
    assert is_untouched(draft)


def test_a_missing_order_number_is_not_issued(seller: User, draft: Invoice) -> None:
    firm = draft.customer
    content = CustomerContent(
        name=firm.name, siren=firm.siren, address_line="1 rue", city="Bordeaux", purchase_order_required=True
    )
    save_customer(firm, content=content, version=firm.version, actor=seller)
    response = issue(seller, draft)
    assert "Ce client exige son numéro de commande sur la facture." in text(response)
    assert f"{url('invoice_edit', draft.pk)}#id_order_reference" in response.content.decode()
    assert is_untouched(draft)


@pytest.mark.parametrize(
    ("days", "sentence"),
    [(1, "Une facture ne porte pas une date à venir."), (-1, "date")],
)
def test_a_wrong_date_is_refused_at_its_field(
    days: int, sentence: str, seller: User, shop: Activity, draft: Invoice
) -> None:
    last = sales.issued(shop, on=today(), customer=draft.customer)
    response = issue(seller, draft, on=(today() + timedelta(days=days)).isoformat())
    assert response.status_code == 422
    assert sentence in text(response)
    assert "on" in response.context["form"].errors
    draft.refresh_from_db()
    assert draft.number is None
    assert Entry.objects.filter(source_id=draft.pk).count() == 0
    assert Invoice.objects.exclude(number=None).get() == last


def test_a_date_that_is_none_is_refused(seller: User, draft: Invoice) -> None:
    response = issue(seller, draft, on="demain")
    assert response.status_code == 422
    assert is_untouched(draft)


def test_a_discarded_draft_is_not_issued(seller: User, draft: Invoice) -> None:
    discard_invoice(draft, actor=seller)
    response = issue(seller, draft)
    assert response.status_code == 409
    assert "Ce document est abandonné" in text(response)


def test_nobody_issues_for_others(draft: Invoice) -> None:
    other = sales.trust(make_user(RoleKind.ENTREPRENEUR))
    make_activity(other)
    assert issue(other, draft).status_code == 404
    assert client_of(other).post(url("invoice_check", draft.pk)).status_code == 404
    assert is_untouched(draft)


@pytest.mark.parametrize("kind", [RoleKind.AUDITOR, RoleKind.ADVISOR, RoleKind.CO_MANAGER])
def test_who_only_reads_does_not_issue(kind: str, draft: Invoice) -> None:
    assert issue(make_user(kind), draft).status_code == 403
    assert is_untouched(draft)


def test_a_credit_note_is_issued_by_the_same_page(seller: User, shop: Activity) -> None:
    invoice = sales.issued(shop, on=today())
    note = sales.credit(invoice)
    page = client_of(seller).get(url("invoice_issue", note.pk))
    assert "Émettre cet avoir de 240,00 € TTC pour Client A ?" in text(page)
    response = issue(seller, note)
    note.refresh_from_db()
    assert note.number == f"A{today().year}-0001"
    assert f"L’avoir {note.number} est émis." in text(response)
