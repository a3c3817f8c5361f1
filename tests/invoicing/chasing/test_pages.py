"""The pages of reminders, statements, losses, duplicates; who may open them (INV-42, INV-04, INV-02)."""

from __future__ import annotations

import zipfile
from datetime import timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cae.core.models import Job, OutgoingEmail
from entrepreneurs.models import Activity
from invoicing.models import (
    ChasePolicy,
    Customer,
    CustomerAccess,
    CustomerMerge,
    Invoice,
    Reminder,
    ReminderPause,
    ReminderStep,
    WriteOff,
)
from invoicing.selectors.checks import checks_of
from invoicing.services.chasing_jobs import send_reminders
from invoicing.services.reminder_letters import make_letter, make_waiting_letters
from invoicing.states.chasing import AccessKind, ReminderChannel
from invoicing.states.sales import CustomerKind
from people.models import User
from people.states import RoleKind
from tests.factories import invoicing as sales
from tests.factories import invoicing_chasing as make
from tests.factories import sendings
from tests.factories.entrepreneurs import make_entrepreneur
from tests.factories.people import make_user
from tests.invoicing.pages import url
from tests.pages import client_of, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration", "judges")]


@pytest.fixture
def customer(shop: Activity) -> Customer:
    return sendings.buyer(shop)


@pytest.fixture
def invoice(shop: Activity, customer: Customer) -> Invoice:
    return make.long_past(shop, customer)


def test_the_page_of_the_day_groups_by_customer_and_sends(
    seller: User, shop: Activity, customer: Customer, invoice: Invoice
) -> None:
    make.long_past(shop, customer)
    client = client_of(seller)
    page = text(client.get(url("reminder_list")))
    assert page.count("Relire") == 1
    assert "480,00" in page
    response = client.post(url("reminders_send"), {"customers": [customer.pk]})
    job = Job.objects.get()
    assert response["Location"] == f"/travaux/{job.pk}/"
    send_reminders(job.pk)
    reminder = Reminder.objects.get()
    assert (reminder.due, reminder.sent_by) == (Decimal("480.00"), seller)
    assert "Rien à envoyer aujourd’hui." in text(client.get(url("reminder_list")))


def test_nobody_ticked_sends_nothing(seller: User, invoice: Invoice) -> None:
    response = client_of(seller).post(url("reminders_send"), {}, follow=True)
    assert "Choisissez au moins un client" in text(response)
    assert not Job.objects.exists()


def test_a_customer_out_of_reach_is_not_reminded(invoice: Invoice, customer: Customer) -> None:
    stranger, _activity = make_entrepreneur()
    client = client_of(stranger)
    client.post(url("reminders_send"), {"customers": [customer.pk]})
    assert client.get(url("chase_customer", customer.pk)).status_code == 404
    assert not Job.objects.exists()


def test_the_job_notes_who_has_no_address(seller: User, shop: Activity) -> None:
    plain = sales.firm(shop)
    make.long_past(shop, plain)
    client_of(seller).post(url("reminders_send"), {"customers": [plain.pk]})
    job = Job.objects.get()
    send_reminders(job.pk)
    job.refresh_from_db()
    assert "n’a pas d’adresse e-mail" in str(job.failures)
    assert not Reminder.objects.exists()


def words(client: Any, customer: Customer, **query: Any) -> dict[str, Any]:
    """The form as its page gives it."""
    form = client.get(url("chase_customer", customer.pk, **query)).context["form"]
    return {name: form[name].value() for name in form.fields}


def test_one_customer_is_read_then_reminded(seller: User, customer: Customer, invoice: Invoice) -> None:
    client = client_of(seller)
    page = client.get(url("chase_customer", customer.pk))
    assert "Sauf erreur de notre part" in text(page)
    form = words(client, customer) | {"to": sendings.READER, "subject": "Petit rappel"}
    response = client.post(url("chase_customer", customer.pk), form)
    reminder = Reminder.objects.get()
    assert response["Location"] == reminder.get_absolute_url()
    assert reminder.subject == "Petit rappel"
    detail = text(client.get(reminder.get_absolute_url()))
    assert "40 jours de retard" in detail
    assert "Pas encore" in detail
    story = text(client.get(invoice.get_absolute_url()))
    assert "Relance envoyée" in story


def test_the_text_follows_the_tone_and_the_means(seller: User, customer: Customer, invoice: Invoice) -> None:
    client = client_of(seller)
    query = {"invoices": invoice.pk, "channel": "letter", "tone": "formal"}
    page = text(client.get(url("chase_customer", customer.pk, **query)))
    assert "mettons en demeure" in page
    assert "Faire la lettre" in page
    form = words(client, customer, **query)
    client.post(url("chase_customer", customer.pk, **query), form)
    reminder = Reminder.objects.get()
    assert reminder.is_formal
    # Firms: 40 days at 12.15 %, and 40 €.
    assert reminder.indemnity == Decimal("40.00")
    make_letter(reminder.pk)
    reminder.refresh_from_db()
    assert reminder.pdf is not None
    assert client.get(f"/documents/{reminder.pdf_id}/").status_code == 200
    stranger, _activity = make_entrepreneur()
    assert client_of(stranger).get(f"/documents/{reminder.pdf_id}/").status_code in (403, 404)


def test_a_letter_left_by_a_dead_worker_is_made_once(
    seller: User, customer: Customer, invoice: Invoice
) -> None:
    on = timezone.localdate()
    make.remind(invoice, on=on, channel=ReminderChannel.LETTER, tone="firm")
    made = make_waiting_letters()
    assert made <= 1
    assert make_waiting_letters() == 0
    assert Reminder.objects.get().pdf is not None


def test_a_call_is_noted_with_what_was_said(seller: User, customer: Customer, invoice: Invoice) -> None:
    client = client_of(seller)
    query = {"invoices": invoice.pk, "channel": "call", "tone": "firm"}
    form = words(client, customer, **query) | {"body": "Promet de payer vendredi."}
    client.post(url("chase_customer", customer.pk, **query), form)
    assert Reminder.objects.get().text == "Promet de payer vendredi."
    assert not OutgoingEmail.objects.exists()


def test_a_call_noted_by_mistake_is_undone_on_its_page(
    seller: User, customer: Customer, invoice: Invoice
) -> None:
    call = make.remind(invoice, on=timezone.localdate(), channel=ReminderChannel.CALL)
    page = url("reminder_undo", call.pk)
    assert "Annuler cette relance" in text(client_of(seller).get(call.get_absolute_url()))
    assert client_of(make_entrepreneur(name="Autre")[0]).post(page, {"reason": "Non"}).status_code == 404
    assert client_of(make_user(RoleKind.AUDITOR)).post(page, {"reason": "Non"}).status_code == 403
    empty = client_of(seller).post(page, {"reason": ""})
    assert empty.status_code == 422
    call.refresh_from_db()
    assert call.undone_at is None
    done = text(client_of(seller).post(page, {"reason": "Pas de réponse"}, follow=True))
    assert "Relance annulée" in done
    assert "Pas de réponse. Elle ne compte plus." in done
    assert "Annuler cette relance" not in done
    assert "annulée" in text(client_of(seller).get(invoice.get_absolute_url()))
    mail = make.remind(invoice, on=timezone.localdate())
    refused = client_of(seller).post(url("reminder_undo", mail.pk), {"reason": "Erreur"})
    assert refused.status_code == 422
    assert "Un e-mail parti ne s’annule pas" in text(refused)


def test_a_payment_between_reading_and_sending(seller: User, customer: Customer, invoice: Invoice) -> None:
    client = client_of(seller)
    other = make.long_past(invoice.activity, customer)
    form = words(client, customer) | {"to": sendings.READER}
    sales.pay(other, "240.00", on=timezone.localdate())
    response = client.post(url("chase_customer", customer.pk), form)
    assert response.status_code in (409, 422)
    assert "rien n’est parti" in text(response)
    assert not Reminder.objects.exists()


def test_a_letter_is_previewed_as_typed(seller: User, customer: Customer, invoice: Invoice) -> None:
    page = client_of(seller).post(
        url("chase_letter", customer.pk), {"subject": "Mon objet", "body": "Mes mots à moi"}
    )
    assert "Mes mots à moi" in text(page)
    assert not OutgoingEmail.objects.exists()


def test_nobody_late_nothing_to_read(seller: User, customer: Customer) -> None:
    response = client_of(seller).get(url("chase_customer", customer.pk))
    assert response["Location"] == customer.get_absolute_url()


def test_a_tampered_address_is_unknown(seller: User, customer: Customer, invoice: Invoice) -> None:
    client = client_of(seller)
    for query in ({"channel": "pigeon", "tone": "firm"}, {"channel": "mail", "tone": "rude"}):
        assert client.get(url("chase_customer", customer.pk, **query)).status_code == 404


def test_the_list_filters_by_stage_and_age_and_exports(
    seller: User, shop: Activity, customer: Customer, invoice: Invoice
) -> None:
    client = client_of(seller)
    fresh = make.long_past(shop, customer, days=1)
    for query, seen, unseen in (
        ("stage=upcoming", fresh, invoice),
        ("stage=due", invoice, fresh),
        ("age=30", fresh, invoice),
        ("age=60", invoice, fresh),
        ("kind=firm&age=60", invoice, fresh),
    ):
        page = text(client.get(f"{url('chased_list')}?{query}"))
        assert str(seen.number) in page, query
        assert str(unseen.number) not in page, query
    assert str(invoice.number) not in text(client.get(f"{url('chased_list')}?age=old"))
    sheet = client.get(f"{url('chased_list')}?export=csv").content.decode("utf-8-sig")
    assert f"{invoice.number};" in sheet
    assert "À relancer" in sheet


def test_the_pages_ask_as_much_for_one_as_for_many(
    seller: User, shop: Activity, customer: Customer, invoice: Invoice
) -> None:
    client = client_of(seller)
    for name in ("reminder_list", "chased_list"):
        client.get(url(name))
        with CaptureQueriesContext(connection) as one:
            client.get(url(name))
        for index in range(6):
            make.long_past(
                shop,
                sendings.buyer(
                    shop, siren="", kind=CustomerKind.PRIVATE_PERSON, name=f"Client {name} {index}"
                ),
            )
        with CaptureQueriesContext(connection) as many:
            client.get(url(name))
        assert len(many.captured_queries) <= len(one.captured_queries) + 1, name


def test_an_activity_takes_its_own_steps_and_gives_them_back(seller: User, shop: Activity) -> None:
    client = client_of(seller)
    assert "suit les étapes de la coopérative" in text(client.get(url("reminder_steps")))
    assert client.get(url("house_steps")).status_code == 403
    form = steps_form(("10", "mail", "firm"), ("", "mail", "firm"))
    assert client.post(url("activity_steps", shop.pk), form).status_code == 302
    assert list(ReminderStep.objects.filter(activity=shop).values_list("days", "tone")) == [(10, "firm")]
    wrong = steps_form(("10", "mail", "firm"), ("10", "mail", "firm"))
    response = client.post(url("activity_steps", shop.pk), wrong)
    assert response.status_code in (409, 422)
    assert "une seule par jour" in text(response)
    client.post(url("steps_forget", shop.pk))
    assert not ReminderStep.objects.filter(activity=shop).exists()


def steps_form(*rows: tuple[str, str, str]) -> dict[str, str]:
    form = {"steps-TOTAL_FORMS": str(len(rows)), "steps-INITIAL_FORMS": "0"}
    for index, (days, channel, tone) in enumerate(rows):
        form |= {
            f"steps-{index}-days": days,
            f"steps-{index}-channel": channel,
            f"steps-{index}-tone": tone,
        }
    return form


def test_the_accountant_keeps_the_steps_of_the_house(shop: Activity) -> None:
    client = client_of(make_user(RoleKind.ACCOUNTANT))
    form = steps_form(("5", "mail", "courteous"))
    assert client.post(url("house_steps"), form).status_code == 302
    assert list(ReminderStep.objects.filter(activity=None).values_list("days", flat=True)) == [5]


def test_departure_alone_is_turned_on_and_off(seller: User, shop: Activity) -> None:
    client = client_of(seller)
    client.post(url("policy_set", shop.pk), {"automatic": "1"})
    assert ChasePolicy.objects.get().automatic
    assert "partent seules" in text(client.get(url("reminder_steps")))
    client.post(url("policy_set", shop.pk), {"automatic": "0"})
    assert not ChasePolicy.objects.get().automatic


def test_a_pause_without_reason_is_said_at_its_field(
    seller: User, customer: Customer, invoice: Invoice
) -> None:
    client = client_of(seller)
    until = timezone.localdate() + timedelta(days=9)
    assert client.post(url("customer_pause", customer.pk), {"until": until, "reason": " "}).status_code == 422
    assert not ReminderPause.objects.exists()
    client.post(url("customer_pause", customer.pk), {"until": until, "reason": "Échéancier"})
    assert "Échéancier" in text(client.get(customer.get_absolute_url()))
    client.post(url("pause_lift", ReminderPause.objects.get().pk))
    assert ReminderPause.objects.get().ended_by == seller
    client.post(url("invoice_pause", invoice.pk), {"until": until, "reason": "Promesse"})
    assert "Promesse" in text(client.get(invoice.get_absolute_url()))
    client.post(url("pause_lift", ReminderPause.objects.get(ended_at=None).pk))
    assert not ReminderPause.objects.filter(ended_at=None).exists()


def test_a_dispute_and_a_limit(seller: User, customer: Customer, invoice: Invoice) -> None:
    client = client_of(seller)
    client.post(url("dispute_open", customer.pk), {"reason": "Livraison partielle"})
    assert "Livraison partielle" in text(client.get(customer.get_absolute_url()))
    assert "Livraison partielle" in text(client.get(url("chase_customer", customer.pk)))
    client.post(url("dispute_close", customer.pk))
    assert "Livraison partielle" not in text(client.get(customer.get_absolute_url()))
    client.post(url("credit_limit", customer.pk), {"credit_limit": "100,00"})
    page = text(client.get(customer.get_absolute_url()))
    assert "dépassé de 140,00" in page
    customer.refresh_from_db()
    draft = sales.draft(invoice.activity, customer=customer)
    said = [check.sentence for check in checks_of(draft, on=timezone.localdate())]
    assert any("encours autorisé" in sentence for sentence in said)


def test_the_history_says_sales_and_delay(seller: User, shop: Activity, customer: Customer) -> None:
    late = make.long_past(shop, customer, days=10)
    sales.pay(late, "240.00", on=timezone.localdate())
    page = text(client_of(seller).get(customer.get_absolute_url()))
    assert "10 jours après l’échéance" in page
    assert "200,00" in page


def test_the_statement_on_screen_pdf_and_sheet(seller: User, customer: Customer, invoice: Invoice) -> None:
    client = client_of(seller)
    sales.pay(invoice, "40.00", on=timezone.localdate())
    address = url("customer_statement", customer.pk)
    assert "200,00" in text(client.get(address))
    pdf = client.get(f"{address}?format=pdf")
    assert pdf.content.startswith(b"%PDF")
    sheet = client.get(f"{address}?format=csv").content.decode("utf-8-sig")
    assert sheet.splitlines()[0] == "Date;Libellé;Échéance;Débit;Crédit;Solde"
    assert sheet.splitlines()[-1].endswith(";0,00;40,00;200,00")
    before = (invoice.issued_on or timezone.localdate()) - timedelta(days=1)
    assert "Aucun mouvement" in text(client.get(f"{address}?until={before.isoformat()}"))


def test_the_statement_leaves_by_mail_with_its_pdf_once(
    seller: User, customer: Customer, invoice: Invoice
) -> None:
    client, address = client_of(seller), url("statement_send", customer.pk)
    form = client.get(address).context["form"]
    typed = {name: form[name].value() for name in form.fields} | {"other": ""}
    for _ in range(2):
        assert client.post(address, typed).status_code == 302
    access = CustomerAccess.objects.get()
    assert (access.kind, access.to) == (AccessKind.STATEMENT, sendings.READER)
    assert access.email is not None
    assert access.email.attachments.get().kind == "invoicing.statement"
    assert client.get(f"/documents/{access.email.attachments.get().pk}/").status_code == 200
    typed = typed | {"form_key": str(uuid4()), "subject": " "}
    assert client.post(address, typed).status_code == 422


def test_a_link_is_shown_once_and_withdrawn(seller: User, customer: Customer) -> None:
    client = client_of(seller)
    page = client.post(url("access_copy", customer.pk))
    assert "/c/" in text(page)
    assert "no-store" in page["Cache-Control"]
    access = CustomerAccess.objects.get()
    client.post(url("access_withdraw", access.pk))
    access.link.refresh_from_db()
    assert access.link.withdrawn_at is not None
    assert "Lien retiré" in text(client.get(customer.get_absolute_url()))


def test_only_the_accountant_gives_up_a_debt(seller: User, invoice: Invoice) -> None:
    assert client_of(seller).get(url("invoice_loss", invoice.pk)).status_code == 403
    client = client_of(make_user(RoleKind.ACCOUNTANT))
    address = url("invoice_loss", invoice.pk)
    assert client.get(address).status_code == 200
    form = {
        "on": timezone.localdate().isoformat(),
        "reason": "Liquidation",
        "note_sent_on": "",
        "form_key": str(uuid4()),
    }
    assert client.post(address, form).status_code == 422
    assert not WriteOff.objects.exists()
    proof = SimpleUploadedFile("jugement.pdf", b"%PDF-1.7 x")
    assert client.post(address, form | {"proof": proof}).status_code == 302
    page = text(client.get(invoice.get_absolute_url()))
    assert "Irrécouvrable" in page
    assert "Passée en perte" in page
    assert client.get(address).status_code in (403, 409)
    back = {"on": timezone.localdate().isoformat(), "reason": "Il paie", "form_key": str(uuid4())}
    assert client.post(url("loss_back", invoice.pk), back).status_code == 302
    assert "En retard" in text(client.get(invoice.get_absolute_url()))
    assert client.get(url("loss_back", invoice.pk)).status_code == 404


def test_the_recovery_file_holds_what_a_bailiff_asks(seller: User, invoice: Invoice) -> None:
    make.remind(invoice, on=timezone.localdate())
    client = client_of(seller)
    response = client.post(url("invoice_recovery", invoice.pk))
    assert response["Content-Type"] == "application/zip"
    names = zip_names(response.content)
    assert len(names) == 3
    assert any(name.startswith("3-") for name in names)
    sales.pay(invoice, "240.00", on=timezone.localdate())
    assert client.post(url("invoice_recovery", invoice.pk)).status_code == 409


def zip_names(content: bytes) -> list[str]:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        assert archive.testzip() is None
        return archive.namelist()


def test_duplicates_are_compared_merged_and_told_apart(seller: User, shop: Activity) -> None:
    one, two = (
        sendings.buyer(shop, siren="", kind=CustomerKind.PRIVATE_PERSON, name=name)
        for name in ("Jeanne Durand", "Jeanne Durant")
    )
    client = client_of(seller)
    assert "noms proches" in text(client.get(url("customer_duplicates")))
    address = url("customer_merge", one.pk, two.pk)
    assert "Garder plutôt l’autre" in text(client.get(address))
    assert client.post(address, {"reason": ""}).status_code == 422
    client.post(address, {"reason": "Même personne"})
    merge = CustomerMerge.objects.get()
    assert (merge.kept, merge.merged) == (one, two)
    assert "Même personne" in text(client.get(url("customer_duplicates")))
    client.post(url("merge_undo", merge.pk))
    merge.refresh_from_db()
    assert merge.undone_by == seller


def test_what_an_organisation_owes_everywhere_is_for_those_who_read_all(seller: User, shop: Activity) -> None:
    mine = sendings.buyer(shop)
    make.long_past(shop, mine)
    _other, elsewhere = make_entrepreneur(code="AILLEURS")
    theirs = sendings.buyer(elsewhere)
    make.long_past(elsewhere, theirs)
    assert mine.organisation == theirs.organisation
    assert "Dans toute la coopérative" not in text(client_of(seller).get(mine.get_absolute_url()))
    page = text(client_of(make_user(RoleKind.ACCOUNTANT)).get(mine.get_absolute_url()))
    assert "Dans toute la coopérative" in page
    assert "480,00" in page
