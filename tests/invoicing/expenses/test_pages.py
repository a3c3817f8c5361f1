"""The pages of who spends: each opens, keeps what was typed, refuses in one sentence, shows nobody else’s."""

from __future__ import annotations

import uuid
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from entrepreneurs.models import Activity
from invoicing.models import ExpenseClaim, ExpenseFavourite, ExpenseLine, Voucher
from invoicing.states.expenses import ClaimState, VoucherState
from people.models import User
from people.states import RoleKind
from tests.factories.entrepreneurs import make_activity, make_entrepreneur
from tests.factories.invoicing_expenses import agree, claim, content, expense, picture, voucher
from tests.factories.people import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


@pytest.fixture
def spender() -> tuple[User, Activity]:
    return make_entrepreneur()


@pytest.fixture
def here(client: Client, spender: tuple[User, Activity]) -> Client:
    client.force_login(spender[0])
    return client


def sent(shade: int = 0, name: str = "ticket.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, picture(shade), "image/jpeg")


def typed(**details: Any) -> dict[str, Any]:
    said = {
        "kind": "stationery",
        "on": timezone.localdate().isoformat(),
        "label": "Papeterie du Port",
        "gross": "24,00",
        "tax": "4,00",
        "business_share": "100",
        "paid_with": "own",
        "form_key": str(uuid.uuid4()),
    }
    return said | details


def page(client: Client, name: str, *args: Any, status: int = 200, query: str = "") -> str:
    answer = client.get(reverse(f"invoicing:{name}", args=args) + query)
    assert answer.status_code == status
    return answer.content.decode()


def test_every_page_opens_for_who_spends(here: Client, spender: tuple[User, Activity]) -> None:
    user, activity = spender
    waiting, used = voucher(user, 1), voucher(user, 2)
    line = expense(user, activity, content(voucher=used))
    for name in ("claim_list", "voucher_list", "favourite_list", "voucher_capture", "expense_new"):
        page(here, name)
    assert "À compléter" in page(here, "voucher_capture")
    assert "Compléter le justificatif" in page(here, "voucher_detail", waiting.pk)
    assert "Papeterie du Port" in page(here, "voucher_detail", used.pk)
    assert "24,00" in page(here, "claim_detail", line.claim.pk)
    for name in ("expense_edit", "favourite_keep"):
        page(here, name, line.pk)
    assert "Recopier" in page(here, "claim_copy", line.claim.pk)


def test_the_first_page_says_what_to_do(here: Client) -> None:
    text = page(here, "claim_list")
    assert "Aucune dépense en" in text
    assert "Photographier un justificatif" in text


def test_files_sent_without_javascript_are_kept(here: Client) -> None:
    url = reverse("invoicing:voucher_capture")
    answer = here.post(
        url, {"photos": [sent(1), sent(2), sent(1)], "form_key": str(uuid.uuid4())}, follow=True
    )
    assert Voucher.objects.count() == 2
    text = answer.content.decode()
    assert "2 justificatifs gardés" in text
    assert "rien n’est doublé" in text


def test_a_wrong_file_among_others_is_named_and_the_others_kept(here: Client) -> None:
    wrong = SimpleUploadedFile("virus.jpg", b"MZ" + b"\0" * 80, "image/jpeg")
    answer = here.post(reverse("invoicing:voucher_capture"), {"photos": [sent(1), wrong]})
    assert answer.status_code == 422
    assert "virus.jpg : Ce fichier est un programme" in answer.content.decode()
    assert Voucher.objects.count() == 1


def test_a_queue_is_answered_in_json_and_its_key_never_doubles(here: Client) -> None:
    url, key = reverse("invoicing:voucher_capture"), str(uuid.uuid4())
    asked = {"headers": {"accept": "application/json"}}
    said = {"form_key": key, "taken_at": "2026-03-02T10:00:00.000Z"}
    first = here.post(url, said | {"photos": sent(1)}, **asked)
    again = here.post(url, said | {"photos": sent(1)}, **asked)
    assert first.status_code == again.status_code == 201
    assert not first.json()["known"]
    assert again.json() == first.json() | {"known": True}
    kept = Voucher.objects.get()
    assert kept.taken_at.isoformat() == "2026-03-02T10:00:00+00:00"
    wrong = here.post(
        url, {"form_key": str(uuid.uuid4()), "photos": sent(name="a")} | {"photos": b""}, **asked
    )
    assert wrong.status_code == 422
    assert wrong.json()["refused"]


def test_a_receipt_is_completed_then_the_next_one_comes(here: Client, spender: tuple[User, Activity]) -> None:
    first, second = voucher(spender[0], 1), voucher(spender[0], 2)
    answer = here.post(first.get_absolute_url(), typed())
    assert answer["Location"] == second.get_absolute_url()
    line = ExpenseLine.objects.get()
    assert (line.amount, line.deductible, line.voucher) == (Decimal("24.00"), Decimal("4.00"), first)
    last = here.post(second.get_absolute_url(), typed(label="Encre"))
    assert last["Location"] == line.claim.get_absolute_url()


def test_a_rate_gives_the_tax(here: Client) -> None:
    here.post(reverse("invoicing:expense_new"), typed(tax="", rate="0.1", gross="22,00"))
    assert ExpenseLine.objects.get().tax == Decimal("2.00")
    here.post(reverse("invoicing:expense_new"), typed(tax="", rate="0.2", gross="10", is_net="on"))
    assert ExpenseLine.objects.latest("pk").gross == Decimal("12.00")


def test_a_refusal_stands_at_its_field_and_keeps_what_was_typed(here: Client) -> None:
    answer = here.post(reverse("invoicing:expense_new"), typed(tax="30,00", label="Encre bleue"))
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "elle lui est inférieure" in text
    assert "Encre bleue" in text
    assert not ExpenseLine.objects.exists()


def test_the_receipt_comes_with_the_expense(here: Client) -> None:
    here.post(reverse("invoicing:expense_new"), typed(file=sent()))
    assert ExpenseLine.objects.get().voucher == Voucher.objects.get()
    wrong = SimpleUploadedFile("a.jpg", b"rien", "image/jpeg")
    answer = here.post(reverse("invoicing:expense_new"), typed(file=wrong))
    assert answer.status_code == 422
    assert ExpenseLine.objects.count() == 1


def test_the_fields_follow_the_kind(here: Client) -> None:
    url = reverse("invoicing:expense_fields")
    flat = here.post(url, typed(kind="flat-meal")).content.decode()
    assert 'name="quantity"' in flat
    assert 'name="gross"' not in flat
    phone = here.post(url, typed(kind="phone")).content.decode()
    assert 'name="business_share" value="50"' in phone
    assert 'name="guests"' in here.post(url, typed(kind="business-meal")).content.decode()


def test_the_rules_speak_while_one_types(here: Client) -> None:
    url = reverse("invoicing:expense_live")
    text = here.post(url, typed(kind="meal", gross="25,00", tax="2,27")).content.decode()
    assert "Plafond 21,40" in text
    assert "dépassé de 3,60" in text
    assert "Justificatif manquant" in text
    assert "Entre dans la base" in text
    assert "Plafond" in here.post(url, typed(kind="meal", gross="")).content.decode()
    assert not ExpenseClaim.objects.exists()


def test_a_flat_allowance_is_written(here: Client) -> None:
    here.post(reverse("invoicing:expense_new"), typed(kind="flat-night", quantity="2"))
    line = ExpenseLine.objects.get()
    assert (line.amount, line.tax, line.quantity) == (Decimal("113.60"), Decimal("0.00"), Decimal("2.00"))


def test_submitted_then_taken_back(here: Client, spender: tuple[User, Activity]) -> None:
    made = claim(*spender)
    url = reverse("invoicing:claim_submit", args=[made.pk])
    assert "remboursé·e" in here.post(url, follow=True).content.decode()
    made.refresh_from_db()
    assert made.state == ClaimState.SUBMITTED
    text = page(here, "claim_detail", made.pk)
    assert "Reprendre pour modifier" in text
    assert "Ajouter une dépense" not in text
    here.post(reverse("invoicing:claim_take_back", args=[made.pk]))
    made.refresh_from_db()
    assert made.state == ClaimState.DRAFT


def test_a_claim_that_lacks_a_receipt_says_so_and_stays(here: Client, spender: tuple[User, Activity]) -> None:
    made = expense(*spender).claim
    answer = here.post(reverse("invoicing:claim_submit", args=[made.pk]), follow=True)
    text = answer.content.decode()
    assert "ni justificatif ni raison" in text
    assert "Avant de soumettre" in text
    made.refresh_from_db()
    assert made.state == ClaimState.DRAFT


def test_a_line_is_changed_then_removed(here: Client, spender: tuple[User, Activity]) -> None:
    made = claim(*spender)
    line = made.lines.get()
    url = reverse("invoicing:expense_edit", args=[line.pk])
    here.post(url, typed(label="Encre", voucher=line.voucher_id, version=1))
    line.refresh_from_db()
    assert (line.label, line.version) == ("Encre", 2)
    stale = here.post(url, typed(label="Papier", voucher=line.voucher_id, version=1))
    assert stale.status_code == 422
    assert "modifiée entre-temps" in stale.content.decode()
    here.post(reverse("invoicing:expense_remove", args=[line.pk]))
    assert not made.lines.exists()
    assert Voucher.objects.get().state == VoucherState.TO_COMPLETE
    assert "Aucune dépense" in page(here, "claim_list")


def test_set_aside_and_taken_up(here: Client, spender: tuple[User, Activity]) -> None:
    kept = voucher(spender[0])
    here.post(reverse("invoicing:voucher_set_aside", args=[kept.pk]))
    assert "Reprendre" in page(here, "voucher_detail", kept.pk)
    here.post(reverse("invoicing:voucher_take_up", args=[kept.pk]))
    kept.refresh_from_db()
    assert kept.state == VoucherState.TO_COMPLETE


def test_copied_and_favourites(here: Client, spender: tuple[User, Activity]) -> None:
    made = claim(*spender)
    line = made.lines.get()
    url, key = reverse("invoicing:claim_copy", args=[made.pk]), str(uuid.uuid4())
    for _time in range(2):
        here.post(url, {"lines": [line.pk], "form_key": key})
    assert ExpenseLine.objects.count() == 2
    assert here.post(url, {"form_key": key}).status_code == 422
    here.post(reverse("invoicing:favourite_keep", args=[line.pk]), {"name": "Papeterie"})
    favourite = ExpenseFavourite.objects.get()
    assert "24,00" in page(here, "expense_new", query=f"?favori={favourite.pk}")
    here.post(reverse("invoicing:favourite_forget", args=[favourite.pk]))
    assert not ExpenseFavourite.objects.exists()


def test_nobody_reads_the_draft_nor_the_receipt_of_another(
    client: Client, spender: tuple[User, Activity]
) -> None:
    made, waiting = claim(*spender), voucher(spender[0], 9)
    for stranger in (make_entrepreneur(name="Ailleurs")[0], make_user(RoleKind.ACCOUNTANT)):
        client.force_login(stranger)
        page(client, "claim_detail", made.pk, status=404)
        page(client, "voucher_detail", waiting.pk, status=404)
        page(client, "expense_edit", made.lines.get().pk, status=404)
        assert client.get(reverse("core:document", args=[waiting.document_id])).status_code in {403, 404}


def test_the_accountant_reads_what_was_handed_over(client: Client, spender: tuple[User, Activity]) -> None:
    made = claim(*spender)
    client.force_login(spender[0])
    client.post(reverse("invoicing:claim_submit", args=[made.pk]))
    client.force_login(make_user(RoleKind.ACCOUNTANT))
    assert "Papeterie du Port" in page(client, "claim_detail", made.pk)
    receipt = made.lines.get().voucher
    assert receipt is not None
    page(client, "voucher_detail", receipt.pk)
    assert client.get(reverse("core:document", args=[receipt.document_id])).status_code == 200


def test_a_colleague_enters_with_consent_only(client: Client, spender: tuple[User, Activity]) -> None:
    user, _activity = spender
    accountant = make_user(RoleKind.ACCOUNTANT)
    client.force_login(accountant)
    assert user.person is not None
    query = f"?pour={user.person.pk}"
    page(client, "expense_new", status=404, query=query)
    agree(user.person, on=timezone.localdate())
    assert f"/depenses/nouvelle/{query}" in page(client, "claim_list")
    page(client, "expense_new", query=query)
    client.post(reverse("invoicing:expense_new") + query, typed(person=user.person.pk))
    line = ExpenseLine.objects.get()
    assert (line.claim.person, line.created_by) == (user.person, accountant)
    assert f"saisie par {accountant.get_full_name()}" in page(client, "claim_detail", line.claim.pk)


def test_several_activities_are_chosen_in_the_form(here: Client, spender: tuple[User, Activity]) -> None:
    person = spender[0].person
    assert person is not None
    other = make_activity(person, name="Seconde activité")
    assert 'name="activity"' in page(here, "expense_new")
    here.post(reverse("invoicing:expense_new"), typed(activity=other.pk))
    assert ExpenseClaim.objects.get().activity == other


def test_kinds_and_rules_are_the_accountant_s(client: Client) -> None:
    client.force_login(make_user(RoleKind.ACCOUNTANT))
    assert "Repas en déplacement" in page(client, "expense_kind_list")
    line = content("meal").kind
    for name in ("expense_kind_detail", "expense_kind_edit", "expense_rule_new"):
        page(client, name, line.pk)
    url = reverse("invoicing:expense_rule_new", args=[line.pk])
    said = {"valid_from": "2027-01-01", "vat_recovery": "100", "limit_amount": "22", "limit_per": "line"}
    assert client.post(url, said).status_code == 422
    assert client.post(url, said | {"source": "Arrêté de 2027"}).status_code == 302
    former, latter = line.rules.order_by("valid_from")
    assert former.valid_to.isoformat() == "2026-12-31"
    assert latter.limit_amount == Decimal("22.00")
    client.post(reverse("invoicing:expense_rule_confirm", args=[former.pk]))
    former.refresh_from_db()
    assert not former.to_confirm
    edit = {"label": "Repas", "account": line.account_id, "usual_share": "100", "needs_voucher": "on"}
    client.post(reverse("invoicing:expense_kind_edit", args=[line.pk]), edit)
    line.refresh_from_db()
    assert line.label == "Repas"
    client.force_login(make_entrepreneur()[0])
    page(client, "expense_kind_list", status=403)
