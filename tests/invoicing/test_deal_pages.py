"""The pages of deals and of contracts: who opens them, what they say, what they refuse."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from invoicing.models import ContractReview, Deal, DealKind
from invoicing.services.deals import attach
from invoicing.services.inputs import InstalmentContent, ScheduleContent
from invoicing.states.deals import DealState, ReviewState, ReviewSubject
from invoicing.states.parts import Billing, InstalmentKind
from people.states import RoleKind
from tests.factories import deals as made
from tests.factories import invoicing as sales
from tests.factories import invoicing_parts as parts
from tests.factories.entrepreneurs import make_entrepreneur
from tests.factories.people import make_user
from tests.pages import client_of, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


def address(name: str, *args: Any) -> str:
    return reverse(f"invoicing:{name}", args=args)


def test_an_entrepreneur_opens_a_deal_and_puts_an_invoice_in_it() -> None:
    user, owner = make_entrepreneur()
    client, invoice = client_of(user), sales.issued(owner)
    typed = {"title": "Refonte du site", "kind": made.kind().pk, "customer": "", "form_key": uuid4()}
    page = client.post(address("deal_new"), typed, follow=True)
    deal = Deal.objects.get()
    assert deal.title in page.content.decode()
    page = client.post(address("piece_attach", deal.pk), {"piece": f"invoice-{invoice.pk}"}, follow=True)
    assert str(invoice.number) in page.content.decode()


def test_what_is_wrong_is_said_at_its_field_and_nothing_is_opened() -> None:
    user, _owner = make_entrepreneur()
    typed = {"title": "  ", "kind": made.kind().pk, "customer": "Personne", "form_key": uuid4()}
    answer = client_of(user).post(address("deal_new"), typed)
    assert answer.status_code == 422
    assert "Aucun client ne porte ce nom" in answer.content.decode()
    assert not Deal.objects.exists()


def test_a_deal_out_of_sight_does_not_exist() -> None:
    stranger, _own = make_entrepreneur()
    deal, client = made.deal(), client_of(stranger)
    for name in ("deal_detail", "deal_edit", "piece_attach", "deal_close", "deal_file_add"):
        assert client.get(address(name, deal.pk)).status_code == 404, name


def test_a_document_is_put_in_a_deal_from_its_own_page() -> None:
    user, owner = make_entrepreneur()
    client, invoice = client_of(user), sales.issued(owner)
    url = address("deal_join", "factures", invoice.pk)
    assert url in client.get(invoice.get_absolute_url()).content.decode()
    assert client.get(url).url.startswith(address("deal_new"))  # type: ignore[attr-defined]
    deal = made.deal(owner)
    client.post(url, {"deal": deal.pk})
    page = client.get(invoice.get_absolute_url()).content.decode()
    assert deal.number in page
    assert url not in page
    assert client.get(address("deal_join", "autre", invoice.pk)).status_code == 404


def test_the_instalments_to_come_stand_on_the_page_and_the_due_ones_in_the_list(judges: Any) -> None:
    user, owner = make_entrepreneur()
    client, on = client_of(user), timezone.localdate()
    rows = (
        InstalmentContent(InstalmentKind.DEPOSIT, label="À la commande", rate=Decimal("0.3"), on=on),
        InstalmentContent(label="À la livraison", amount=Decimal("200.00")),
    )
    schedule = ScheduleContent(Billing.INSTALMENTS, instalments=rows)
    deal, quote = made.deal(owner), parts.accepted(owner, sales.line("1000.00"), on=on, schedule=schedule)
    other = parts.accepted(owner, sales.line("50.00"), customer=quote.customer, on=on)
    attach(deal, quote, actor=None)
    page = text(client.get(deal.get_absolute_url()))
    for words in ("Échéances à facturer", "À la commande", "30 %", "À facturer depuis le", "Sans date"):
        assert words in page.replace("\u202f", " ").replace("\xa0", " ")
    found = text(client.get(address("quote_list"), {"instalment": "due"}))
    assert str(quote.number) in found
    assert str(other.number) not in found


def test_a_waiver_is_not_given_by_who_sells() -> None:
    user, owner = make_entrepreneur()
    deal, wanted = made.deal(owner, of="travel"), made.paper("Garantie financière")
    url = address("paper_waive", deal.pk, wanted.pk)
    assert client_of(user).post(url, {"reason": "Pas le temps"}).status_code == 403
    assert not deal.waivers.exists()
    client_of(make_user(RoleKind.ACCOUNTANT)).post(url, {"reason": "Attestation attendue"})
    assert deal.waivers.get().reason == "Attestation attendue"


def test_a_file_joins_a_deal_leaves_it_and_comes_back() -> None:
    user, owner = make_entrepreneur()
    client, deal = client_of(user), made.deal(owner)
    sent = SimpleUploadedFile("plan.pdf", made.PDF)
    client.post(address("deal_file_add", deal.pk), {"file": sent, "folder": "Plans"})
    kept = deal.files.get()
    assert "Plans" in client.get(deal.get_absolute_url()).content.decode()
    assert client.get(reverse("core:document", args=[kept.document_id])).status_code == 200
    assert (
        client_of(make_entrepreneur()[0]).get(reverse("core:document", args=[kept.document_id])).status_code
        == 404
    )
    client.post(address("deal_file_remove", kept.pk))
    kept.refresh_from_db()
    assert kept.removed_at is not None
    client.post(address("deal_file_restore", kept.pk))
    kept.refresh_from_db()
    assert kept.removed_at is None


def test_a_deal_is_closed_with_a_reason_and_opened_again() -> None:
    user, owner = make_entrepreneur()
    client, deal = client_of(user), made.deal(owner)
    attach(deal, sales.issued(owner), actor=user)
    refused = client.post(address("deal_close", deal.pk), {"reason": ""})
    assert refused.status_code == 422
    assert "dites pourquoi" in refused.content.decode()
    client.post(address("deal_close", deal.pk), {"reason": "Arrangement"})
    deal.refresh_from_db()
    assert deal.state == DealState.CLOSED
    assert "Arrangement" in client.get(deal.get_absolute_url()).content.decode()
    client.post(address("deal_reopen", deal.pk))
    deal.refresh_from_db()
    assert deal.state == DealState.OPEN


def test_the_list_asks_as_much_for_one_deal_as_for_thirty() -> None:
    client = client_of(make_user(RoleKind.ACCOUNTANT))
    made.deal()
    client.get(address("deal_list"))
    one = _count(client)
    for _rank in range(29):
        made.deal()
    assert _count(client) == one


def _count(client: Client) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address("deal_list")).status_code == 200
    return len(asked)


def test_the_list_is_exported_with_its_figures() -> None:
    deal = made.deal()
    attach(deal, sales.issued(deal.activity), actor=None)
    client = client_of(make_user(RoleKind.ACCOUNTANT))
    sheet = client.get(address("deal_list"), {"export": "csv"}).content.decode("utf-8-sig")
    assert "200" in sheet
    assert deal.title in sheet


def test_a_contract_is_given_to_read_and_answered() -> None:
    user, owner = make_entrepreneur()
    customer = sales.firm(owner)
    sent = SimpleUploadedFile("contrat.pdf", made.PDF)
    typed = {"title": "Contrat cadre", "customer": customer.name, "file": sent, "form_key": uuid4()}
    client_of(user).post(address("review_new"), typed)
    review = ContractReview.objects.get()
    url = address("review_answer", review.pk)
    assert client_of(user).get(url).status_code == 403
    reader = client_of(make_user(RoleKind.ACCOUNTANT))
    assert reader.get(url).status_code == 200
    good = {subject.value: "good" for subject in ReviewSubject}
    wrong = reader.post(url, good | {"liability": "reserve", "verdict": "approve"})
    assert wrong.status_code == 422
    reader.post(url, good | {"verdict": "approve", "answer": "Vous pouvez signer."})
    review.refresh_from_db()
    assert review.state == ReviewState.APPROVED
    assert "Vous pouvez signer." in client_of(user).get(review.get_absolute_url()).content.decode()
    assert reader.post(url, good | {"verdict": "autre"}).status_code == 404


def test_a_contract_is_taken_back_by_its_author() -> None:
    user, owner = make_entrepreneur()
    review = made.review(owner, actor=user)
    client_of(user).post(address("review_withdraw", review.pk))
    review.refresh_from_db()
    assert review.state == ReviewState.WITHDRAWN


def test_the_library_and_the_kinds_are_kept_by_few() -> None:
    seller, keeper = client_of(make_entrepreneur()[0]), client_of(make_user(RoleKind.ADMINISTRATOR))
    assert seller.get(address("clause_list")).status_code == 200
    assert seller.get(address("clause_new")).status_code == 403
    assert seller.get(address("deal_kind_list")).status_code == 403
    assert keeper.get(address("deal_kind_list")).status_code == 200
    keeper.post(address("deal_kind_new"), {"label": "Édition"})
    kind = DealKind.objects.get(label="Édition")
    keeper.post(kind.get_absolute_url(), {"label": "Bon à tirer", "moment": "invoice"})
    paper = kind.requirements.get()
    again = keeper.post(kind.get_absolute_url(), {"label": "bon à tirer", "moment": "invoice"})
    assert again.status_code == 422
    keeper.post(address("deal_paper_stop", paper.pk))
    paper.refresh_from_db()
    assert paper.archived_at is not None
    keeper.post(address("deal_kind_archive", kind.pk))
    kind.refresh_from_db()
    assert kind.archived_at is not None
