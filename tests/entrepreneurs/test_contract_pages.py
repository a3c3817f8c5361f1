"""The pages of contracts: who reaches what, one main action, errors at their field, links that are over."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import resolve, reverse
from django.utils import timezone

from cae.core.links import create_link
from cae.core.models import AuditEntry, Job, OutgoingEmail
from cae.core.settings import set_setting
from entrepreneurs.contract_mails import SIGN_LINK
from entrepreneurs.models import Contract, LetterText, PassageDecision
from entrepreneurs.selectors.signing import awaited_signatory
from entrepreneurs.states.letters import ORIGINS
from people.models import Person, User
from people.states import RoleKind
from tests.factories.contracts import (
    hand_over,
    make_draft,
    make_manager,
    make_signed,
    make_signer,
    no_code,
)
from tests.factories.kernel import make_author, make_cooperative
from tests.factories.people import make_person, make_role, make_user
from tests.factories.person_files import make_status

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def audit_of(user: User) -> int:
    return AuditEntry.objects.filter(actor=user).count()


@pytest.fixture
def hr() -> Client:
    return client_of(make_user(RoleKind.HUMAN_RESOURCES))


def test_human_resources_draft_write_and_hand_over(hr: Client) -> None:
    no_code()
    user = make_signer()
    make_cooperative()
    typed = {"person": user.person_id, "kind": "cesa", "starts_on": "2027-01-01", "ends_on": ""}
    answer = hr.post(reverse("entrepreneurs:contract_new"), typed)
    contract = Contract.objects.get()
    terms = contract.terms.get()
    assert answer["Location"] == reverse("entrepreneurs:terms_write", args=[terms.pk])
    # Nothing is written yet: the missing clause is told at its field, and nothing is sent.
    sent = hr.post(reverse("entrepreneurs:terms_send", args=[terms.pk]))
    assert sent.status_code == 422
    assert "L7331-2" in sent.content.decode()
    assert Contract.objects.get().state == "draft"
    page = hr.get(contract.get_absolute_url()).content.decode()
    assert "Avant la mise à la signature" in page
    assert page.count("btn-primary") == 1
    # The contract quotes the address: a street missing is told, and forbids nothing.
    told = "n’a pas de rue"
    assert (told in page) == (not contract.person.address_line)
    Person.objects.filter(pk=contract.person_id).update(address_line="3 rue des Arènes")
    assert told not in hr.get(contract.get_absolute_url()).content.decode()
    Person.objects.filter(pk=contract.person_id).update(address_line="")
    assert told in hr.get(contract.get_absolute_url()).content.decode()


def test_a_fourth_period_is_offered_to_who_may_override_only(hr: Client) -> None:
    person = make_person()
    for month in (1, 2, 3):
        days = {"starts_on": date(2027, month, 1), "ends_on": date(2027, month, 28)}
        make_draft(person, **days)
    typed = {
        "person": person.pk,
        "kind": "cape",
        "starts_on": "2027-04-01",
        "ends_on": "2027-04-30",
        "override_reason": "Accord de la cogérance",
    }
    advisor = client_of(make_user(RoleKind.ADVISOR))
    refused = advisor.post(reverse("entrepreneurs:contract_new"), typed)
    assert refused.status_code == 422
    assert Contract.objects.count() == 3
    assert hr.post(reverse("entrepreneurs:contract_new"), typed).status_code == 302
    assert Contract.objects.get(period=4).override_reason == "Accord de la cogérance"


def test_the_person_reads_and_signs_in_person_and_nobody_else_does() -> None:
    no_code()
    user, stranger = make_signer(), make_signer()
    contract = make_draft(user.person)
    assert client_of(user).get(contract.get_absolute_url()).status_code == 404
    terms = hand_over(contract.terms.get())
    address = reverse("entrepreneurs:terms_sign", args=[terms.pk])
    assert client_of(stranger).get(address).status_code == 404
    assert client_of(make_manager()).get(address).status_code == 403
    mine = client_of(user)
    page = mine.get(address).content.decode()
    assert "Étude de marché." in page
    blank = mine.post(address, {"way": "typed", "typed": "", "shown": terms.content_sha256})
    assert blank.status_code == 422
    typed = {"way": "typed", "typed": "Moi", "accepted": "on", "shown": terms.content_sha256}
    assert mine.post(address, typed).status_code == 302
    terms.refresh_from_db()
    assert awaited_signatory(terms).rank == 2  # type: ignore[union-attr]
    # A second click signs nothing: back to the page of the contract.
    assert mine.post(address, typed)["Location"] == contract.get_absolute_url()


def test_nobody_signs_in_anothers_name() -> None:
    for name in ("terms_sign", "terms_decline", "terms_code"):
        view: Any = resolve(reverse(f"entrepreneurs:{name}", args=[1])).func
        assert view.in_person


def test_a_link_signs_without_account_and_an_expired_one_says_how_to_get_another() -> None:
    no_code()
    person = make_person(address_line="1 rue", postcode="40000", city="Dax")
    terms = hand_over(make_draft(person).terms.get())
    signatory = awaited_signatory(terms)
    assert signatory is not None
    _link, token = create_link(
        signatory, purpose=SIGN_LINK, ends_at=timezone.now() + timedelta(days=1), actor=None
    )
    address = reverse("entrepreneurs:sign_by_link", args=[token])
    guest = Client()
    assert guest.get(address).status_code == 200
    assert guest.get(reverse("entrepreneurs:file_by_link", args=[token]))["Content-Type"] == "application/pdf"
    with time_machine.travel(timezone.now() + timedelta(days=2), tick=False):
        late = guest.get(address)
        assert late.status_code >= 400
        assert "Recevoir un nouveau lien" in late.content.decode()
        before = OutgoingEmail.objects.count()
        assert guest.post(reverse("entrepreneurs:renew_sign_link", args=[token])).status_code == 200
        assert OutgoingEmail.objects.count() == before + 1
    assert guest.get(reverse("entrepreneurs:sign_by_link", args=["inconnu"])).status_code >= 400
    typed = {"way": "typed", "typed": "Moi", "accepted": "on", "shown": terms.content_sha256}
    assert guest.post(address, typed | {"accepted": ""}).status_code == 422
    assert awaited_signatory(terms) == signatory
    assert guest.post(address, typed)["Location"] == address
    assert "Vous avez signé" in guest.get(address).content.decode()
    assert awaited_signatory(terms) != signatory


def test_a_text_with_an_unknown_field_is_refused_at_the_text(hr: Client) -> None:
    typed = {"label": "Lettre", "body": "{{ personne.prenomm }}", "valid_from": "2026-11-26"}
    answer = hr.post(reverse("entrepreneurs:letter_text_new"), typed)
    assert answer.status_code == 422
    assert "vouliez-vous dire personne.prenom" in answer.content.decode()
    assert not LetterText.objects.exists()
    assert hr.post(reverse("entrepreneurs:letter_text_new"), typed | {"body": "Bonjour"}).status_code == 302
    assert LetterText.objects.get().code == "lettre"


@pytest.mark.parametrize(
    "name", ["contract_list", "letter_list", "letter_make", "letter_text_list", "letter_text_new"]
)
def test_lists_open_to_human_resources_and_not_to_entrepreneurs(hr: Client, name: str) -> None:
    address = reverse(f"entrepreneurs:{name}")
    assert hr.get(address).status_code == 200
    assert client_of(make_user(RoleKind.ENTREPRENEUR)).get(address).status_code == 403


@pytest.mark.parametrize("code", ORIGINS)
def test_every_text_of_origin_is_sound(hr: Client, code: str) -> None:
    make_cooperative()
    assert hr.get(reverse("entrepreneurs:letter_text_preview", args=[code])).status_code == 200
    person = make_person()
    shown = hr.get(reverse("entrepreneurs:letter_text_preview", args=[code]), {"personne": person.pk})
    text = str(shown.context["blocks"])
    assert person.first_name in text
    assert "{" not in text


def test_ones_path_shows_the_clock_and_what_waits(hr: Client) -> None:
    user = make_signer()
    contract = make_signed(user, kind="cesa", starts_on=date(2026, 11, 1))
    page = client_of(user).get(reverse("entrepreneurs:own_path")).content.decode()
    assert "31/10/2029" in page
    assert hr.get(reverse("entrepreneurs:person_path", args=[user.person_id])).status_code == 200
    other = client_of(make_signer())
    assert other.get(reverse("entrepreneurs:person_path", args=[user.person_id])).status_code == 404
    assert hr.get(reverse("entrepreneurs:contract_compare", args=[contract.pk])).status_code == 200


def test_a_passage_not_earned_is_waived_with_a_reason(hr: Client) -> None:
    user = make_signer()
    make_signed(user, starts_on=date(2026, 11, 1), ends_on=date(2027, 4, 30))
    address = reverse("entrepreneurs:passage_decide", args=[user.person_id])
    today = timezone.localdate()
    shown = hr.get(address).context["form"]["shown"].value()
    typed = {"outcome": "granted", "reason": "", "decided_on": today.isoformat(), "shown": shown}
    assert hr.post(address, typed).status_code == 422
    assert hr.post(address, typed | {"outcome": "waived"}).status_code == 422
    assert not PassageDecision.objects.exists()
    done = hr.post(address, typed | {"outcome": "waived", "reason": "Commande signée pour un an"})
    assert done.status_code == 302
    decision = PassageDecision.objects.get()
    assert [figure["code"] for figure in decision.figures] == ["months", "sales", "cash"]
    assert not any(figure["met"] for figure in decision.figures)


def test_a_passage_keeps_the_figures_that_were_read(hr: Client) -> None:
    """Another day, or a setting changed since: the figures come anew, beside what was typed."""
    user = make_signer()
    make_signed(user, starts_on=date(2026, 11, 1), ends_on=date(2027, 4, 30))
    address = reverse("entrepreneurs:passage_decide", args=[user.person_id])
    day = timezone.localdate() - timedelta(days=10)
    read_today = hr.get(address).context["form"]["shown"].value()
    typed = {"outcome": "waived", "reason": "Commande signée", "decided_on": str(day), "shown": read_today}
    for shown in ("", read_today):
        refused = hr.post(address, typed | {"shown": shown})
        assert refused.status_code == 422
        page = refused.content.decode()
        assert f"Voici les chiffres du {day:%d/%m/%Y} : relisez-les, puis enregistrez." in page
        assert "Commande signée" in page
        assert not PassageDecision.objects.exists()
    assert refused.context["rule"].on == day
    read = refused.context["form"]["shown"].value()
    # A day to come has no figures: those of today stand beside what is to be corrected.
    tomorrow = hr.post(address, typed | {"outcome": "", "decided_on": "2999-01-01"})
    assert (tomorrow.status_code, tomorrow.context["rule"].on) == (422, timezone.localdate())
    set_setting("entrepreneurs.passage_sales", value="700", valid_from=day, actor=make_author(), reason="AG")
    changed = hr.post(address, typed | {"shown": read})
    assert changed.status_code == 422
    assert not PassageDecision.objects.exists()
    read = changed.context["form"]["shown"].value()
    assert hr.post(address, typed | {"shown": read}).status_code == 302
    assert PassageDecision.objects.get().figures == changed.context["rule"].as_json()
    assert "700,00" in PassageDecision.objects.get().figures[1]["wanted"]


def test_an_amendment_and_an_end_are_prepared_from_the_page(hr: Client) -> None:
    user, manager = make_signer(), make_manager()
    contract = make_signed(user, manager=manager, kind="cesa", starts_on=date(2026, 11, 1))
    amend = reverse("entrepreneurs:contract_amend", args=[contract.pk])
    assert hr.get(amend).status_code == 200
    assert hr.post(amend, {"starts_on": "2027-01-01", "subject": "Objectifs"}).status_code == 302
    terms = contract.terms.get(number=1)
    assert (
        hr.get(reverse("entrepreneurs:terms_preview", args=[terms.pk]))["Content-Type"] == "application/pdf"
    )
    hr.post(reverse("entrepreneurs:terms_cancel", args=[terms.pk]))
    end = reverse("entrepreneurs:contract_end", args=[contract.pk])
    assert hr.get(end).status_code == 200
    wrong = {"last_day": "2020-01-01", "kind": "early", "reason": "Départ"}
    assert hr.post(end, wrong).status_code == 422
    assert hr.post(end, wrong | {"last_day": "2027-06-30"}).status_code == 302
    assert client_of(user).post(end, wrong).status_code == 403


def test_letters_are_made_for_a_status_and_for_names(hr: Client) -> None:
    people = [make_person(first_name=name, last_name="Aubry") for name in ("Ana", "Bob", "Cléo", "Dan")]
    for person in people[:2]:
        make_status(person, "project_holder", timezone.localdate())
    url = reverse("entrepreneurs:letter_make")
    assert "Porteur·se de projet (2)" in hr.get(url).content.decode()
    typed = {"code": "convocation", "statuses": ["project_holder"], "people": ["Cléo Aubry", "Ana Aubry", ""]}
    answer = hr.post(url, typed)
    job = Job.objects.get()
    assert answer["Location"] == reverse("core:job_detail", args=[job.pk])
    assert job.arguments["ids"] == [person.pk for person in people[:3]]
    # Nobody at all, and somebody who is not there: told at the field, what was typed stays, no work begins.
    for typed_people in ([""], ["Personne Inconnue"]):
        refused = hr.post(url, {"code": "convocation", "people": typed_people})
        assert refused.status_code == 422
        assert typed_people[0] in refused.content.decode()
    assert Job.objects.count() == 1


def test_nobody_decides_of_what_binds_themselves() -> None:
    user = make_signer()
    contract = make_signed(user)
    make_role(user.person, RoleKind.CO_MANAGER)
    make_role(user.person, RoleKind.HUMAN_RESOURCES)
    client, terms = client_of(user), contract.terms.get()
    before = audit_of(user)
    typed = {"outcome": "waived", "reason": "Je le mérite", "decided_on": str(timezone.localdate())}
    for name, key in (
        ("passage_decide", contract.person_id),
        ("contract_renew", contract.pk),
        ("contract_end", contract.pk),
        ("terms_write", terms.pk),
        ("terms_paper", terms.pk),
    ):
        assert client.post(reverse(f"entrepreneurs:{name}", args=[key]), typed).status_code == 403, name
    mine = {"person": contract.person_id, "kind": "cesa", "starts_on": "2030-01-01", "ends_on": ""}
    assert client.post(reverse("entrepreneurs:contract_new"), mine).status_code == 403
    assert not PassageDecision.objects.exists()
    assert Contract.objects.get().state == "signed"
    assert audit_of(user) == before


def test_a_signed_pdf_opens_to_who_sees_the_contract_only() -> None:
    user, manager = make_signer(), make_manager()
    contract = make_signed(user, manager=manager)
    file = reverse("core:document", args=[contract.terms.get().pdf_id])
    assert client_of(user).get(file).status_code == 200
    assert client_of(make_signer()).get(file).status_code == 404
