"""The tray, the deposit, the page of a file, the addresses: who sees what, what is said, what is refused."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cae.core.models import Job
from entrepreneurs.models import Activity
from invoicing.models import IncomingFile, MailInAddress, Purchase
from invoicing.services.mail_addresses import make_address
from invoicing.states.incoming import FileState
from people.models import User
from people.states import RoleKind
from tests.factories import invoicing_incoming as make
from tests.factories.entrepreneurs import make_activity, make_entrepreneur
from tests.factories.kernel import make_cooperative
from tests.factories.people import make_user
from tests.invoicing.incoming.letters import DOMAIN, letter, picture
from tests.invoicing.incoming.samples import cii, facturx
from tests.invoicing.pages import url
from tests.pages import client_of, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration", "judges")]


@pytest.fixture
def accountant() -> User:
    return make_user(RoleKind.ACCOUNTANT)


def sent(*files: tuple[str, bytes], **values: Any) -> dict[str, Any]:
    uploads = [SimpleUploadedFile(name, content) for name, content in files]
    return {"files": uploads, "activity": "", "form_key": str(uuid4())} | values


def test_an_entrepreneur_sees_the_files_of_their_activities_only(shop: Activity, seller: User) -> None:
    mine = make.unreadable(shop)
    other = make.received(b"%PDF-1.4\nautre", activity=make_activity(make_entrepreneur()[0]))
    client = client_of(seller)
    page = text(client.get(url("incoming_list")))
    assert mine.name in page
    assert client.get(url("incoming_detail", mine.pk)).status_code == 200
    for name in ("incoming_detail", "incoming_shown", "incoming_assign", "incoming_set_aside"):
        assert client.get(url(name, other.pk)).status_code == 404
    assert client.get(f"/documents/{other.document_id}/").status_code == 404
    assert client.get(f"/documents/{mine.document_id}/").status_code == 200


def test_the_accountant_sees_all_and_finds_by_supplier_and_state(shop: Activity, accountant: User) -> None:
    make.unreadable(shop)
    make.stray()
    client = client_of(accountant)
    everything = text(client.get(url("incoming_list")))
    assert "scan.pdf" in everything
    assert "Papeterie du Vercors SARL" in everything
    assert "PAP-2026-0311 · 135,10 €" in everything
    found = text(client.get(url("incoming_list", q="papeterie")))
    assert "papeterie.xml" in found
    assert "scan.pdf" not in found
    unread = text(client.get(url("incoming_list", state="unreadable")))
    assert "scan.pdf" in unread
    assert "papeterie.xml" not in unread
    waiting = text(client.get(url("incoming_list", state="waiting")))
    assert "scan.pdf" in waiting
    assert "papeterie.xml" in waiting
    assert client.get(url("incoming_list", export="csv")).status_code == 200


def test_somebody_without_part_in_sales_has_no_tray() -> None:
    client = client_of(make_user(RoleKind.WEBMASTER))
    for name in ("incoming_list", "incoming_deposit", "mail_in_addresses", "incoming_mails"):
        assert client.get(url(name)).status_code == 403


def test_one_file_deposited_leads_to_what_it_said(shop: Activity, seller: User) -> None:
    make_cooperative()
    client = client_of(seller)
    assert f'value="{shop.pk}" selected' in client.get(url("incoming_deposit")).content.decode()
    response = client.post(
        url("incoming_deposit"), sent(("f.pdf", facturx()), activity=str(shop.pk)), follow=True
    )
    file = IncomingFile.objects.get()
    assert response.redirect_chain[-1][0] == file.get_absolute_url()
    page = text(response)
    for words in ("FACT-2026-118", "Les Ateliers de la Ruche", "487,50 €", "585,00 €", "Voir l’achat"):
        assert words in page
    shown = client.get(url("incoming_shown", file.pk))
    assert (shown.headers["Content-Type"], shown.headers["X-Frame-Options"]) == (
        "application/pdf",
        "SAMEORIGIN",
    )
    assert shown.content == facturx()


def test_several_files_lead_to_the_job_that_reads_them(shop: Activity, seller: User) -> None:
    make_cooperative()
    form = sent(("a.xml", cii("F-1")), ("b.xml", cii("F-2")), activity=str(shop.pk))
    response = client_of(seller).post(url("incoming_deposit"), form)
    job = Job.objects.get()
    assert response.headers["Location"] == job.link
    assert job.leads_to == url("incoming_list")
    assert IncomingFile.objects.filter(state=FileState.TO_SORT).count() == 2


@pytest.mark.parametrize("content", [b"", b"\x7fELF" + b"0" * 20])
def test_a_bad_file_is_refused_at_its_field_and_none_is_kept(
    shop: Activity, seller: User, content: bytes
) -> None:
    make_cooperative()
    form = sent(("bon.xml", cii()), ("mauvais.xml", content), activity=str(shop.pk))
    response = client_of(seller).post(url("incoming_deposit"), form)
    assert response.status_code == 422
    assert "« mauvais.xml »" in text(response)
    assert not IncomingFile.objects.exists()


def test_an_activity_that_is_not_ones_own_cannot_be_named(shop: Activity, seller: User) -> None:
    make_cooperative()
    other = make_activity(make_entrepreneur()[0])
    form = sent(("a.xml", cii()), activity=str(other.pk))
    assert client_of(seller).post(url("incoming_deposit"), form).status_code == 422
    file = make.unreadable(shop)
    response = client_of(seller).post(url("incoming_assign", file.pk), {"activity": str(other.pk)})
    assert response.status_code == 422
    assert IncomingFile.objects.get().activity == shop


def test_an_unreadable_file_says_why_and_is_typed_beside_it(shop: Activity, seller: User) -> None:
    file = make.unreadable(shop)
    response = client_of(seller).get(file.get_absolute_url())
    page = text(response)
    assert "Ce PDF est abîmé" in page
    assert "Saisir la facture" in page
    assert f"{url('purchase_new')}?fichier={file.pk}" in response.content.decode()


def test_a_stray_is_put_in_an_activity_then_opened(shop: Activity, accountant: User) -> None:
    file = make.stray()
    client = client_of(accountant)
    assert "rangez-la, ou ouvrez-la comme frais communs" in text(client.get(file.get_absolute_url()))
    client.post(url("incoming_assign", file.pk), {"activity": str(shop.pk)})
    file.refresh_from_db()
    assert (file.state, file.activity) == (FileState.READ, shop)
    again = client.post(url("incoming_assign", file.pk), {"activity": str(shop.pk)})
    assert again.status_code == 422
    assert "il a été traité entre-temps" in text(again)
    assert Purchase.objects.get().activity == shop


def test_a_stray_opened_as_a_common_cost(accountant: User) -> None:
    file = make.stray()
    response = client_of(accountant).post(url("incoming_open", file.pk), follow=True)
    assert "Achat ouvert." in text(response)
    assert Purchase.objects.get().activity is None


def test_what_cannot_be_opened_says_why(shop: Activity, seller: User) -> None:
    make.received(cii(), activity=shop)
    twin = make.received(facturx(), activity=shop)
    page = text(client_of(seller).get(twin.get_absolute_url()))
    assert "L’achat n’a pas pu s’ouvrir" in page
    assert twin.trouble in page
    response = client_of(seller).post(url("incoming_open", twin.pk), follow=True)
    assert twin.trouble in text(response)
    assert Purchase.objects.count() == 1


def test_a_file_is_set_aside_with_a_reason_and_brought_back(shop: Activity, seller: User) -> None:
    file, client = make.unreadable(shop), client_of(seller)
    refused = client.post(url("incoming_set_aside", file.pk), {"note": ""})
    assert refused.status_code == 422
    assert "Dites pourquoi" in text(refused)
    client.post(url("incoming_set_aside", file.pk), {"note": "Publicité"})
    page = text(client.get(file.get_absolute_url()))
    assert "Publicité" in page
    assert "Reprendre" in page
    client.post(url("incoming_bring_back", file.pk))
    assert IncomingFile.objects.get().state == FileState.UNREADABLE


def test_a_copy_leads_to_the_first(shop: Activity, seller: User) -> None:
    first = make.unreadable(shop)
    copy = make.unreadable(shop)
    response = client_of(seller).get(copy.get_absolute_url())
    assert "Ce fichier était déjà arrivé" in text(response)
    assert first.get_absolute_url() in response.content.decode()
    other, activity = make_entrepreneur()
    elsewhere = make.unreadable(activity)
    page = text(client_of(other).get(elsewhere.get_absolute_url()))
    assert "une activité que vous ne suivez pas" in page


def test_doubts_and_findings_are_said(shop: Activity, seller: User) -> None:
    xml = cii().replace(b"<ram:DuePayableAmount>585.00<", b"<ram:DuePayableAmount>600.00<")
    file = make.received(xml, activity=shop)
    page = text(client_of(seller).get(file.get_absolute_url()))
    assert "Le net à payer annoncé est 600,00 € ; le calcul donne 585,00 €." in page
    assert "ne sont pas encore contrôlées" in page
    IncomingFile.objects.filter(pk=file.pk).update(findings=[{"rule": "BR-CO-16", "text": "Amount due"}])
    page = text(client_of(seller).get(file.get_absolute_url()))
    assert "Règle BR-CO-16 : Amount due" in page


def test_what_could_run_is_never_shown_inside(shop: Activity, seller: User) -> None:
    file = make.received(b"<html><script>1</script></html>", activity=shop, name="x.html")
    assert client_of(seller).get(url("incoming_shown", file.pk)).status_code == 404


def test_an_auditor_reads_and_sorts_nothing(shop: Activity) -> None:
    file = make.unreadable(shop)
    client = client_of(make_user(RoleKind.AUDITOR))
    assert "Mettre de côté" not in text(client.get(file.get_absolute_url()))
    for name in ("incoming_open", "incoming_bring_back"):
        assert client.post(url(name, file.pk)).status_code == 403
    assert IncomingFile.objects.get().state == FileState.UNREADABLE


@pytest.mark.parametrize("count", [30])
def test_the_tray_asks_as_much_for_one_as_for_thirty(shop: Activity, seller: User, count: int) -> None:
    client, asked = client_of(seller), []
    for number in range(count):
        make.received(cii(f"F-{number}"), activity=shop, reads=number == 0)
        if number in (0, count - 1):
            client.get(url("incoming_list"))
            with CaptureQueriesContext(connection) as queries:
                assert client.get(url("incoming_list")).status_code == 200
            asked.append(len(queries))
    assert asked[1] <= asked[0]


def test_addresses_are_made_copied_renewed_and_withdrawn(shop: Activity, seller: User, settings: Any) -> None:
    client = client_of(seller)
    settings.MAIL_IN_DOMAIN = ""
    assert "Pas encore en service" in text(client.get(url("mail_in_addresses")))
    settings.MAIL_IN_DOMAIN = DOMAIN
    client.post(url("mail_in_make"), {"activity": ""})
    client.post(url("mail_in_make"), {"activity": str(shop.pk)})
    own, of_shop = MailInAddress.objects.order_by("pk")
    page = client.get(url("mail_in_addresses")).content.decode()
    assert f"justificatifs+{own.token}@{DOMAIN}" in page
    assert f"factures+{of_shop.token}@{DOMAIN}" in page
    client.post(url("mail_in_make"), {"activity": ""})
    assert MailInAddress.objects.filter(withdrawn_at=None).count() == 2
    client.post(url("mail_in_withdraw", of_shop.pk))
    of_shop.refresh_from_db()
    assert not of_shop.is_live
    again = client.post(url("mail_in_withdraw", of_shop.pk), follow=True)
    assert "déjà retirée" in text(again)


def test_an_address_of_somebody_else_does_not_exist(seller: User, shop: Activity) -> None:
    other, activity = make_entrepreneur()
    theirs = make_address(activity, actor=other)
    client = client_of(seller)
    assert client.post(url("mail_in_withdraw", theirs.pk)).status_code == 404
    assert client.post(url("mail_in_make"), {"activity": str(activity.pk)}).status_code == 404
    assert MailInAddress.objects.get().is_live


def test_the_accountant_reads_what_became_of_each_mail(accountant: User, settings: Any) -> None:
    settings.MAIL_IN_DOMAIN = DOMAIN
    make_cooperative()
    make.receive_letter(letter("factures+inconnu@x.example", ("a.jpg", picture())), at=make.NOW)
    page = text(client_of(accountant).get(url("incoming_mails")))
    assert "Votre facture" in page
    assert "Adresse inconnue : pièces à trier" in page
    assert client_of(accountant).get(url("incoming_mails", export="csv")).status_code == 200


def test_files_that_wait_are_in_the_things_to_do(shop: Activity, seller: User, accountant: User) -> None:
    make.unreadable(shop)
    make.stray()
    assert "Traiter 1 fichier reçu" in text(client_of(seller).get("/accueil/"))
    assert "Traiter 2 fichiers reçus" in text(client_of(accountant).get("/accueil/"))
