"""The page of clauses saves itself; two tabs, a wrong amount or a colleague who sends it lose nothing."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cae.core.models import AuditEntry
from entrepreneurs.models import ContractTerms
from entrepreneurs.services import signature_rounds
from entrepreneurs.services.clauses import draft_amendment
from people.models import User
from people.states import RoleKind
from tests.factories.contracts import CLAUSES_OF, NOW, make_draft, make_signed, make_signer
from tests.factories.people import make_user
from tests.pages import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


@pytest.fixture
def hr() -> User:
    return make_user(RoleKind.HUMAN_RESOURCES)


@pytest.fixture
def terms() -> ContractTerms:
    return make_draft(make_signer().person, kind="cesa", starts_on=date(2027, 1, 1)).terms.get()


def typed(terms: ContractTerms, **changes: str) -> dict[str, str]:
    """The form as a browser sends it."""
    said = {name: str(value) for name, value in CLAUSES_OF[terms.contract.kind].items()}
    return said | {"version": str(terms.version), "do": "save"} | changes


def page_of(terms: ContractTerms) -> str:
    return reverse("entrepreneurs:terms_write", args=[terms.pk])


def save(client: Client, terms: ContractTerms, form: dict[str, str], status: int = 200) -> dict[str, Any]:
    answer = client.post(page_of(terms), form | {"do": "autosave"})
    assert answer.status_code == status, answer.content
    found: dict[str, Any] = answer.json()
    return found


def test_the_page_saves_itself_and_the_journal_says_it_once(hr: User, terms: ContractTerms) -> None:
    client = client_of(hr)
    first = save(client, terms, typed(terms, objectives="Cinq clients."))
    assert (first["state"], first["version"], first["address"]) == (
        "saved",
        terms.version + 1,
        page_of(terms),
    )
    second = save(client, terms, typed(terms, objectives="Six clients.", version=str(first["version"])))
    same = save(client, terms, typed(terms, objectives="Six clients.", version=str(second["version"])))
    assert same["version"] == second["version"]
    terms.refresh_from_db()
    assert terms.objectives == "Six clients."
    assert AuditEntry.objects.filter(verb="entrepreneurs.terms.write", actor=hr).count() == 1


def test_what_cannot_be_read_is_told_at_its_field_and_the_rest_is_stored(
    hr: User, terms: ContractTerms
) -> None:
    form = typed(terms, fixed_part="huit cents", means="Deux rendez-vous.")
    answer = save(client_of(hr), terms, form)
    assert (answer["state"], [one["target"] for one in answer["faults"]]) == ("kept", ["id_fixed_part"])
    terms.refresh_from_db()
    assert (terms.means, terms.fixed_part) == ("Deux rendez-vous.", CLAUSES_OF["cesa"]["fixed_part"])
    refused = client_of(hr).post(page_of(terms), form | {"version": str(answer["version"])})
    assert refused.status_code == 422
    assert 'value="huit cents"' in refused.content.decode()


def test_two_tabs_lose_nothing(hr: User, terms: ContractTerms) -> None:
    client, other = client_of(hr), client_of(make_user(RoleKind.CO_MANAGER))
    save(other, terms, typed(terms, objectives="Écrit ailleurs."))
    mine = typed(terms, objectives="Écrit ici.")
    stale = save(client, terms, mine, status=409)
    assert stale["state"] == "stale"
    page = client.post(page_of(terms), mine)
    said = page.content.decode()
    assert page.status_code == 422
    # Both texts are on the page; only the clause that differs is told.
    assert "Écrit ailleurs." in said
    assert "Écrit ici." in said
    assert [one["words"] for one in page.context["elsewhere"]] == ["Écrit ailleurs."]
    assert ContractTerms.objects.get().objectives == "Écrit ailleurs."
    kept = client.post(page_of(terms), mine | {"do": "overwrite", "seen": str(page.context["seen"])})
    assert kept.status_code == 302
    assert ContractTerms.objects.get().objectives == "Écrit ici."
    # What came after the conflict was read is another conflict.
    again = client.post(page_of(terms), mine | {"do": "overwrite", "seen": str(page.context["seen"])})
    assert again.status_code == 422


def test_what_is_typed_stays_when_a_colleague_hands_it_to_be_signed(hr: User, terms: ContractTerms) -> None:
    signature_rounds.send(terms, actor=None, at=NOW)
    client, mine = client_of(hr), typed(terms, objectives="Trop tard mais pas perdu.")
    assert save(client, terms, mine, status=409)["state"] == "stale"
    page = client.post(page_of(terms), mine)
    assert page.status_code == 422
    assert "Trop tard mais pas perdu." in page.content.decode()
    assert ContractTerms.objects.get().objectives == CLAUSES_OF["cesa"]["objectives"]
    assert client.get(page_of(terms))["Location"] == terms.contract.get_absolute_url()


def test_the_subject_of_an_amendment_is_saved_too(hr: User) -> None:
    contract = make_signed(make_signer(), kind="cesa", starts_on=date(2026, 11, 1))
    terms = draft_amendment(contract, starts_on=date(2027, 1, 1), subject="Objectifs", actor=None)
    client = client_of(hr)
    saved = save(client, terms, typed(terms, subject="Nouveaux objectifs"))
    assert (saved["state"], ContractTerms.objects.get(pk=terms.pk).subject) == ("saved", "Nouveaux objectifs")
    empty = save(client, terms, typed(terms, subject="", version=str(saved["version"])))
    assert empty["state"] == "kept"
    assert ContractTerms.objects.get(pk=terms.pk).subject == "Nouveaux objectifs"


def test_a_text_is_previewed_before_it_is_kept_and_its_unknown_fields_named_by_line(hr: User) -> None:
    client, address = client_of(hr), reverse("entrepreneurs:letter_text_new")
    body = "# Lettre\r\n\r\nBonjour {{ personne.prenom }},\r\n{{ personne.prenomm }}"
    form = {"label": "Lettre", "body": body, "valid_from": "2026-11-26", "do": "preview"}
    wrong = client.post(address, form)
    assert wrong.status_code == 422
    assert "Ligne 4, champ inconnu : personne.prenomm" in wrong.content.decode()
    right = client.post(address, form | {"body": body.replace("prenomm", "nom")})
    assert right.status_code == 200
    said = right.content.decode()
    assert "Bonjour Claire," in said
    # Nothing is kept, nothing is lost.
    assert "{{ personne.nom }}" in said
    assert client.get(reverse("entrepreneurs:letter_text_list")).content.decode().count("Lettre") == 0
