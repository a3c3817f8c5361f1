"""Wrong roles, wrong people, dead links: what each answers over HTTP, and that nothing moved."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cae.core.calendars import close_feed, open_feed
from cae.core.documents import read_document
from cae.core.errors import Code
from cae.core.models import AuditEntry, Notice, OutgoingEmail
from cae.core.settings import set_setting
from entrepreneurs.models import Contract, ContractTerms, Letter
from entrepreneurs.selectors.signing import CODE_SETTING, awaited_signatory
from entrepreneurs.services import signature_rounds, signing
from entrepreneurs.services.clauses import draft_amendment, write_clauses
from entrepreneurs.services.contract_files import archive_signed_terms
from entrepreneurs.services.letters import make_letters, run_letters
from people.models import User
from people.services.roles import give_role
from people.services.scopes import save_portfolio
from people.states import RoleKind
from tests.entrepreneurs.refusals import refused
from tests.factories.contracts import (
    NOW,
    hand_over,
    make_draft,
    make_manager,
    make_signed,
    make_signer,
    no_code,
    sign_next,
)
from tests.factories.desk import make_deadline
from tests.factories.entrepreneurs import make_activity
from tests.factories.people import make_member, make_person, make_scope, make_user
from tests.pages import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]

D = date
# Every page and act of a contract or of its clauses, what a stranger is answered, and how it is asked.
OF_CONTRACT = (
    ("contract_detail", "get"), ("contract_compare", "get"), ("contract_days", "post"),
    ("contract_amend", "post"), ("contract_renew", "post"), ("contract_end", "post"),
    ("contract_end_by_law", "post"),
)  # fmt: skip
OF_TERMS = (
    ("terms_write", "post"), ("terms_preview", "get"), ("terms_send", "post"), ("terms_take_back", "post"),
    ("terms_cancel", "post"), ("terms_paper", "post"), ("terms_sign", "post"), ("terms_decline", "post"),
    ("terms_code", "post"),
)  # fmt: skip


def answers(client: Client, contract: Contract, terms: ContractTerms) -> dict[str, int]:
    """The status of each page of a contract for this account."""
    asked = [(name, way, contract.pk) for name, way in OF_CONTRACT] + [
        (name, way, terms.pk) for name, way in OF_TERMS
    ]
    typed = {"do": "save", "version": "1", "reason": "Pour voir", "typed": "Moi", "accepted": "on"}
    return {
        name: getattr(client, way)(reverse(f"entrepreneurs:{name}", args=[pk]), typed).status_code
        for name, way, pk in asked
    }


def everything() -> tuple[Any, ...]:
    rows = ContractTerms.objects.order_by("pk").values_list("pk", "state", "version", "round", "programme")
    return (
        list(rows),
        list(Contract.objects.order_by("pk").values_list("pk", "state", "ended_on")),
        (AuditEntry.objects.exclude(verb__startswith="people.").count()),
    )


def far_advisor(_user: User) -> User:
    scope = make_scope()
    return make_user(
        RoleKind.ADVISOR, scope=save_portfolio(None, label="Ailleurs", scopes=[scope], actor=None)
    )


STRANGERS: dict[str, Callable[[User], User]] = {
    "another entrepreneur": lambda _user: make_user(RoleKind.ENTREPRENEUR),
    "a candidate": lambda _user: make_user(RoleKind.CANDIDATE),
    "an associate": lambda _user: make_user(RoleKind.ASSOCIATE),
    "an administrator": lambda _user: make_user(RoleKind.ADMINISTRATOR),
    "a webmaster": lambda _user: make_user(RoleKind.WEBMASTER),
    "an advisor out of reach": far_advisor,
}


@pytest.mark.parametrize("who", STRANGERS)
def test_a_stranger_finds_nothing_and_moves_nothing(who: str) -> None:
    user = make_signer()
    contract = make_signed(user, starts_on=D(2026, 11, 1), ends_on=D(2027, 4, 30))
    terms = draft_amendment(contract, starts_on=D(2027, 2, 1), subject="Programme", actor=None)
    stranger, before = STRANGERS[who](user), everything()
    found = answers(client_of(stranger), contract, terms)
    assert set(found.values()) == {404}, found
    file = reverse("core:document", args=[contract.terms.get(number=0).pdf_id])
    # The list of all files is the administrator's: its files stay shut.
    assert client_of(stranger).get(file).status_code in (403, 404)
    assert everything() == before


def test_a_guest_is_sent_to_sign_in() -> None:
    contract = make_signed(make_signer())
    found = answers(Client(), contract, contract.terms.get())
    assert set(found.values()) == {302}
    file = reverse("core:document", args=[contract.terms.get().pdf_id])
    assert Client().get(file).status_code in (302, 404)


def test_an_accountant_reads_and_writes_nothing() -> None:
    contract = make_signed(make_signer(), starts_on=D(2026, 11, 1), ends_on=D(2027, 4, 30))
    terms = draft_amendment(contract, starts_on=D(2027, 2, 1), subject="Programme", actor=None)
    before = everything()
    found = answers(client_of(make_user(RoleKind.ACCOUNTANT)), contract, terms)
    assert (found.pop("contract_detail"), found.pop("contract_compare")) == (200, 200)
    # Nothing waits for a signature: the page of signing leads back.
    assert {found.pop("terms_sign"), found.pop("terms_decline")} == {302}
    assert set(found.values()) == {403}, found
    assert everything() == before


def test_what_one_function_reads_another_does_not_write() -> None:
    """An advisor of a portfolio who also keeps the books everywhere."""
    contract = make_draft(make_signer().person)
    terms = contract.terms.get()
    both = far_advisor(make_signer())
    assert both.person
    give_role(
        both.person, kind=RoleKind.ACCOUNTANT, actor=None, starts_on=timezone.localdate(), reason="Renfort"
    )
    client = client_of(both)
    assert client.get(contract.get_absolute_url()).status_code == 200
    assert client.get(reverse("entrepreneurs:terms_preview", args=[terms.pk])).status_code == 403
    assert (
        client.post(reverse("entrepreneurs:terms_write", args=[terms.pk]), {"version": "1"}).status_code
        == 403
    )


def test_a_draft_is_never_read_by_its_person() -> None:
    user, manager = make_signer(), make_manager()
    draft = make_draft(user.person, starts_on=D(2028, 1, 1), ends_on=D(2028, 6, 30))
    client = client_of(user)
    assert client.get(draft.get_absolute_url()).status_code == 404
    signature_rounds.cancel(draft.terms.get(), actor=None, at=NOW)
    assert client.get(draft.get_absolute_url()).status_code == 404
    contract = make_signed(user, manager=manager, kind="cesa", starts_on=D(2026, 11, 1))
    terms = draft_amendment(contract, starts_on=D(2027, 1, 1), subject="Secret à venir", actor=None)
    write_clauses(terms, clauses={"objectives": "Objectif encore discuté."}, actor=None)
    page = client.get(contract.get_absolute_url()).content.decode()
    compared = client.get(reverse("entrepreneurs:contract_compare", args=[contract.pk]), {"et": "1"})
    for said in (page, compared.content.decode()):
        assert "Secret à venir" not in said
        assert "Objectif encore discuté." not in said
    assert client.get(reverse("entrepreneurs:terms_preview", args=[terms.pk])).status_code == 403
    assert client.get(reverse("entrepreneurs:terms_write", args=[terms.pk])).status_code == 403
    # Handed to be signed, it is theirs to read.
    hand_over(ContractTerms.objects.get(pk=terms.pk))
    assert "Secret à venir" in client.get(contract.get_absolute_url()).content.decode()


def test_a_contract_is_not_hung_on_somebody_elses_activity() -> None:
    activity, near, scope = make_activity(), make_person(), make_scope()
    make_member(near, scope)
    portfolio = save_portfolio(None, label="Ici", scopes=[scope], actor=None)
    hr = client_of(make_user(RoleKind.HUMAN_RESOURCES))
    typed = {"person": near.pk, "kind": "cesa", "starts_on": "2027-01-01", "activity": activity.pk}
    answer = hr.post(reverse("entrepreneurs:contract_new"), typed)
    assert answer.status_code == 422
    assert not Contract.objects.exists()
    advisor = client_of(make_user(RoleKind.ADVISOR, scope=portfolio))
    assert activity.name not in advisor.get(reverse("entrepreneurs:contract_new")).content.decode()


def test_letters_and_their_batch_open_to_who_asked_and_to_each_for_their_own() -> None:
    hr, other = make_user(RoleKind.HUMAN_RESOURCES), make_user(RoleKind.HUMAN_RESOURCES)
    users = [make_signer(), make_signer()]
    for user in users:
        make_signed(user, manager=make_manager(), starts_on=D(2026, 11, 1), ends_on=D(2027, 4, 30))
    job = make_letters([user.person for user in users], code="attestation", actor=hr, at=timezone.now())
    run_letters(job.pk)
    job.refresh_from_db()
    letters = {letter.person_id: letter for letter in Letter.objects.all()}
    assert len(letters) == 2
    assert job.result_id is not None
    page, archive = reverse("core:job_detail", args=[job.pk]), reverse("core:document", args=[job.result_id])
    for address in (page, archive):
        assert client_of(hr).get(address).status_code == 200
        assert client_of(other).get(address).status_code == 404
        assert client_of(users[0]).get(address).status_code == 404
    mine, theirs = (reverse("core:document", args=[letters[user.person_id].document_id]) for user in users)
    assert client_of(users[0]).get(mine).status_code == 200
    assert client_of(users[0]).get(theirs).status_code == 404
    assert client_of(users[0]).post(reverse("entrepreneurs:letter_make"), {}).status_code == 403


# Links.


def token_sent(to: str) -> str:
    """The secret of the last link mailed to this address."""
    mail = OutgoingEmail.objects.filter(cause="entrepreneurs.contract.sign", to=to).latest("pk")
    return mail.secret.rstrip("/").rpartition("/")[2]


def waiting_by_link() -> tuple[ContractTerms, str]:
    no_code()
    person = make_person(address_line="1 rue", postcode="40000", city="Dax")
    terms = hand_over(make_draft(person).terms.get(), at=timezone.now())
    return terms, token_sent(person.email)


def test_a_link_taken_back_opens_nothing_and_brings_no_other() -> None:
    terms, token = waiting_by_link()
    signature_rounds.take_back(terms, actor=None, at=timezone.now())
    guest, sent = Client(), OutgoingEmail.objects.count()
    for name in ("sign_by_link", "file_by_link", "decline_by_link"):
        assert guest.get(reverse(f"entrepreneurs:{name}", args=[token])).status_code >= 400
    typed = {"way": "typed", "typed": "Moi", "accepted": "on", "shown": terms.content_sha256}
    assert guest.post(reverse("entrepreneurs:sign_by_link", args=[token]), typed).status_code >= 400
    assert guest.post(reverse("entrepreneurs:renew_sign_link", args=[token])).status_code >= 400
    assert OutgoingEmail.objects.count() == sent
    # Handed over again: the link of the first round stays dead.
    hand_over(ContractTerms.objects.get(pk=terms.pk), at=timezone.now())
    sent = OutgoingEmail.objects.count()
    assert guest.get(reverse("entrepreneurs:sign_by_link", args=[token])).status_code >= 400
    assert guest.post(reverse("entrepreneurs:renew_sign_link", args=[token])).status_code >= 400
    assert OutgoingEmail.objects.count() == sent


def test_a_link_that_lives_is_not_renewed_by_who_found_it() -> None:
    terms, token = waiting_by_link()
    guest, sent = Client(), OutgoingEmail.objects.count()
    assert guest.post(reverse("entrepreneurs:renew_sign_link", args=[token])).status_code >= 400
    assert OutgoingEmail.objects.count() == sent
    assert guest.get(reverse("entrepreneurs:sign_by_link", args=[token])).status_code == 200
    assert awaited_signatory(terms) is not None


def test_a_link_signs_once_and_only_what_it_was_made_for() -> None:
    terms, token = waiting_by_link()
    _other, other_token = waiting_by_link()
    guest = Client()
    address = reverse("entrepreneurs:sign_by_link", args=[token])
    typed = {"way": "typed", "typed": "Moi", "accepted": "on", "shown": terms.content_sha256}
    # The paper of one, sent with the link of the other.
    wrong = guest.post(reverse("entrepreneurs:sign_by_link", args=[other_token]), typed)
    assert wrong.status_code == 422
    assert guest.post(address, typed)["Location"] == address
    signed = awaited_signatory(terms)
    again = guest.post(address, typed)
    assert again.status_code == 200
    assert awaited_signatory(terms) == signed
    assert (
        guest.post(reverse("entrepreneurs:decline_by_link", args=[token]), {"reason": "Non"}).status_code
        == 200
    )
    assert Contract.objects.get(pk=terms.contract_id).state == "to_sign"


def test_a_code_proves_the_address_of_who_signs_and_nobody_elses() -> None:
    user = make_signer()
    terms = hand_over(make_draft(user.person).terms.get())
    no_code()
    sign_next(terms, user)
    set_setting(CODE_SETTING, value="always", valid_from=NOW.date(), actor=None, reason="pour le test")
    asked, other = make_manager(), make_manager()
    signatory = awaited_signatory(ContractTerms.objects.get(pk=terms.pk))
    assert signatory is not None
    signing.send_code(signatory, page="/", actor=asked, at=NOW)
    code = OutgoingEmail.objects.get(cause="entrepreneurs.signing.code").secret
    with refused(Code.VALUE_INVALID, "code"):
        sign_next(terms, other, code=code)
    assert sign_next(terms, asked, code=code).signed_on is not None


def test_each_party_has_its_copy_without_account_too() -> None:
    terms, token = waiting_by_link()
    guest, person = Client(), terms.contract.person
    typed = {"way": "typed", "typed": "Moi", "accepted": "on", "shown": terms.content_sha256}
    guest.post(reverse("entrepreneurs:sign_by_link", args=[token]), typed)
    sign_next(terms, make_manager())
    archive_signed_terms(terms.pk)
    mail = OutgoingEmail.objects.get(cause="entrepreneurs.contract.signed", to=person.email)
    # The link of the signature is dead, that of the copy lives.
    assert guest.get(reverse("entrepreneurs:sign_by_link", args=[token])).status_code >= 400
    copy = mail.secret.rstrip("/").rpartition("/")[2]
    page = guest.get(reverse("entrepreneurs:sign_by_link", args=[copy]))
    file = reverse("entrepreneurs:file_by_link", args=[copy])
    assert file in page.content.decode()
    signed = ContractTerms.objects.select_related("signed_pdf").get(pk=terms.pk).signed_pdf
    assert signed is not None
    assert guest.get(file).content == read_document(signed)


def test_who_was_asked_to_sign_is_told_that_it_is_taken_back() -> None:
    user = make_signer()
    terms = hand_over(make_draft(user.person).terms.get())
    signature_rounds.take_back(terms, actor=None, at=NOW)
    assert Notice.objects.filter(user=user).latest("pk").subject.startswith("Repris par la coopérative")
    told = Notice.objects.count()
    signature_rounds.cancel(ContractTerms.objects.get(pk=terms.pk), actor=None, at=NOW)
    assert Notice.objects.count() == told


def test_a_calendar_closes_with_its_address_and_its_account() -> None:
    hr = make_user(RoleKind.HUMAN_RESOURCES)
    person = make_person(last_name="Confidentielle")
    make_deadline(person, timezone.localdate(), kind="medical_visit")
    token = open_feed(hr, actor=hr, at=timezone.now())
    feed = reverse("core:calendar_feed", args=[token])
    said = Client().get(feed).content.decode()
    assert "Confidentielle" in said
    assert "Visite" not in said
    # The secret of a calendar opens no other door, nor another secret a calendar.
    assert Client().get(reverse("entrepreneurs:sign_by_link", args=[token])).status_code >= 400
    _terms, link = waiting_by_link()
    assert Client().get(reverse("core:calendar_feed", args=[link])).status_code == 404
    close_feed(hr, actor=hr, at=timezone.now())
    assert Client().get(feed).status_code == 404
    again = reverse("core:calendar_feed", args=[open_feed(hr, actor=hr, at=timezone.now())])
    assert Client().get(again).status_code == 200
    User.objects.filter(pk=hr.pk).update(is_active=False)
    assert Client().get(again).status_code == 404
