"""The author’s side of the check: from the draft to the team, or to the number for who is trusted."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from cae.core.models import Notice
from entrepreneurs.models import Activity
from invoicing.engines.checker.protocol import Finding, Verdict
from invoicing.models import Invoice, Quote
from invoicing.services.approving import approve_quote
from invoicing.services.correcting import correct_quote
from invoicing.services.drafting import save_draft
from invoicing.services.inputs import DraftContent
from invoicing.services.quoting import save_quote_draft
from invoicing.services.submitting import submit_invoice, submit_quote
from invoicing.services.taking import take_document
from invoicing.views import issuing, submitting
from people.models import User
from people.services.scopes import save_portfolio
from people.states import RoleKind
from tests.factories import invoicing as make
from tests.factories import quotes
from tests.factories.entrepreneurs import make_activity
from tests.factories.people import make_user
from tests.invoicing.conftest import Judges
from tests.invoicing.pages import url
from tests.pages import client_of, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration", "judges")]


@pytest.fixture
def author() -> User:
    """An entrepreneur whose documents are checked."""
    return make_user(RoleKind.ENTREPRENEUR, first_name="Malik", last_name="Benali")


@pytest.fixture
def own(author: User) -> Activity:
    return make_activity(author, name="La roue libre")


@pytest.fixture
def advisor(own: Activity) -> User:
    portfolio = save_portfolio(None, label="Suivi", scopes=[own.scope], actor=None)
    return make_user(RoleKind.ADVISOR, scope=portfolio, first_name="Claire", last_name="Lopez")


def today() -> Any:
    return timezone.localdate()


def links(user: User, document: Quote | Invoice) -> str:
    return client_of(user).get(document.get_absolute_url()).content.decode()


def test_a_quote_goes_to_the_team(author: User, own: Activity, advisor: User) -> None:
    quote = quotes.quote(own)
    assert f'href="{url("quote_submit", quote.pk)}"' in links(author, quote)
    page = text(client_of(author).get(url("quote_submit", quote.pk)))
    assert "Faire valider ce devis de 200,00 € HT pour Client A ?" in page
    assert "Relecture par Claire L." in page
    response = client_of(author).post(url("quote_submit", quote.pk), {"version": "1"}, follow=True)
    said = text(response)
    assert "C’est envoyé : Claire L. va le relire, et vous serez prévenu·e." in said
    day = today().strftime("%d/%m/%Y")
    assert f"Attend la relecture de l’équipe depuis le {day} (aujourd’hui)" in said
    quote.refresh_from_db()
    assert quote.is_submitted
    assert Notice.objects.get().user == advisor
    take_document(quote, actor=advisor)
    assert f"Attend la relecture de Claire L. depuis le {day} (aujourd’hui)" in text(
        client_of(author).get(quote.get_absolute_url())
    )


def test_an_invoice_goes_to_the_team_once_the_judges_accept(
    author: User, own: Activity, judges: Judges
) -> None:
    invoice = make.draft(own)
    judges.verdict = Verdict(False, (Finding("BR-FR-12", "…"),))
    refused = client_of(author).post(url("invoice_submit", invoice.pk))
    assert refused.status_code == 422
    invoice.refresh_from_db()
    assert invoice.is_draft
    judges.verdict = Verdict(True)
    other = make.draft(own, make.line("9.00"))
    judges.down = True
    # The judges are away: the team will ask them again when it issues.
    client_of(author).post(url("invoice_submit", other.pk))
    other.refresh_from_db()
    assert other.is_submitted


def test_an_incomplete_draft_says_where_to_complete_it(author: User, own: Activity) -> None:
    customer = make.firm(own, purchase_order_required=True)
    invoice = make.draft(own, customer=customer)
    response = client_of(author).post(url("invoice_submit", invoice.pk))
    assert response.status_code == 422
    assert "Ce client exige son numéro de commande" in text(response)
    assert f"{url('invoice_edit', invoice.pk)}#id_order_reference" in response.content.decode()
    invoice.refresh_from_db()
    assert invoice.is_draft


def test_who_is_trusted_numbers_alone(author: User, own: Activity) -> None:
    quote, dear, invoice = quotes.quote(own), quotes.quote(own, make.line("200.01")), make.draft(own)
    make.trust(author, "quote", ceiling="200.00")
    assert f'href="{url("quote_approve", quote.pk)}"' in links(author, quote)
    assert f'href="{url("quote_submit", dear.pk)}"' in links(author, dear)
    client = client_of(author)
    assert client.get(url("quote_submit", quote.pk)).headers["Location"] == url("quote_approve", quote.pk)
    assert client.get(url("quote_approve", dear.pk)).status_code == 403
    assert client.post(url("quote_approve", dear.pk)).status_code == 403
    assert client.get(url("invoice_issue", invoice.pk)).status_code == 403
    said = text(client.post(url("quote_approve", quote.pk), {"version": "1"}, follow=True))
    assert f"Le devis D{today().year}-0001 est validé : il reste à l’envoyer." in said
    again = client.post(url("quote_approve", quote.pk), follow=True)
    assert f"Devis D{today().year}-0001" in text(again)
    dear.refresh_from_db()
    assert dear.number is None
    assert Quote.objects.get(pk=quote.pk).number == f"D{today().year}-0001"


def test_a_validity_already_over_is_refused_at_approval(author: User, own: Activity) -> None:
    make.trust(author, "quote")
    quote = quotes.quote(own, valid_until=make.DAY)
    response = client_of(author).post(url("quote_approve", quote.pk))
    assert response.status_code == 422
    assert "La validité du devis est déjà passée" in text(response)
    quote.refresh_from_db()
    assert (quote.state, quote.number) == ("draft", None)


def test_the_author_takes_it_back(author: User, own: Activity) -> None:
    quote = submit_quote(quotes.quote(own), actor=author, on=today())
    invoice = submit_invoice(make.draft(own), actor=author, on=today())
    assert f'action="{url("quote_take_back", quote.pk)}"' in links(author, quote)
    response = client_of(author).post(url("quote_take_back", quote.pk))
    assert response.headers["Location"] == url("quote_edit", quote.pk)
    assert client_of(author).post(url("invoice_take_back", invoice.pk)).status_code == 302
    assert Quote.objects.get(pk=quote.pk).is_draft
    assert Invoice.objects.get(pk=invoice.pk).is_draft


def test_too_late_to_take_it_back(author: User, own: Activity, advisor: User) -> None:
    quote = submit_quote(quotes.quote(own), actor=author, on=today())
    approve_quote(quote, actor=advisor, on=today())
    said = text(client_of(author).post(url("quote_take_back", quote.pk), follow=True))
    assert "validation par Claire L., le" in said
    assert Quote.objects.get(pk=quote.pk).state == "approved"


def test_a_correction_is_shown_until_it_is_answered(author: User, own: Activity, advisor: User) -> None:
    quote = submit_quote(quotes.quote(own), actor=author, on=today())
    correct_quote(quote, actor=advisor, reason="Précisez la durée.", on=today())
    for address in (quote.get_absolute_url(), url("quote_submit", quote.pk)):
        assert "Correction demandée Précisez la durée." in text(client_of(author).get(address))
    assert "Attend les corrections de La roue libre depuis le" in text(
        client_of(author).get(quote.get_absolute_url())
    )
    assert "Corriger le devis pour Client A" in text(client_of(author).get("/accueil/"))
    client_of(author).post(url("quote_submit", quote.pk))
    assert "Correction demandée auparavant Précisez la durée." in text(
        client_of(advisor).get(url("queue_document", "devis", quote.pk))
    )
    assert "Valider 1 document" in text(client_of(advisor).get("/accueil/"))
    assert "Corriger le devis" not in text(client_of(author).get("/accueil/"))


ACTS = ("quote_submit", "quote_take_back", "quote_approve")


@pytest.mark.parametrize("name", ACTS)
def test_nobody_does_it_for_another_activity(name: str, own: Activity) -> None:
    other = make.trust(make_user(RoleKind.ENTREPRENEUR))
    make_activity(other)
    draft, waiting = quotes.quote(own), quotes.submitted(own, on=today())
    for quote in (draft, waiting):
        assert client_of(other).post(url(name, quote.pk)).status_code == 404
        before = quote.state
        quote.refresh_from_db()
        assert quote.state == before


def test_the_team_does_not_submit_in_the_place_of_the_author(own: Activity, advisor: User) -> None:
    quote, invoice = quotes.quote(own), make.draft(own)
    for name, document in (("quote_submit", quote), ("invoice_submit", invoice)):
        assert client_of(advisor).post(url(name, document.pk)).status_code == 403
    assert client_of(advisor).post(url("quote_approve", quote.pk)).status_code == 403
    assert client_of(advisor).post(url("invoice_issue", invoice.pk), {"on": "2026-03-02"}).status_code == 403
    quote.refresh_from_db()
    invoice.refresh_from_db()
    assert quote.is_draft
    assert invoice.is_draft


@pytest.mark.parametrize("version", ["", "1", "2"])
@pytest.mark.parametrize("kind", ["quote", "invoice"])
def test_the_ceiling_is_that_of_the_version_that_is_numbered(
    author: User, own: Activity, kind: str, version: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Saved dearer between the question « may they? » and the number, whatever version the form pretends."""
    make.trust(author, kind, ceiling="200.00")
    document: Any = quotes.quote(own) if kind == "quote" else make.draft(own)
    view, act = (submitting, "quote_approve") if kind == "quote" else (issuing, "invoice_issue")
    find = getattr(view, f"find_{kind}")

    def found_then_saved(request: Any, pk: int, **details: Any) -> Any:
        seen = find(request, pk, **details)
        save = save_quote_draft if kind == "quote" else save_draft
        content = DraftContent(customer=document.customer, lines=(make.line("90000.00"),))
        save(document, content=content, version=1, actor=None)
        return seen

    monkeypatch.setattr(view, f"find_{kind}", found_then_saved)
    form = {"version": version, "on": today().isoformat()}
    assert client_of(author).post(url(act, document.pk), form).status_code in (409, 422)
    document.refresh_from_db()
    assert (document.is_draft, document.number) == (True, None)
