"""The pages of minutes: who reads, writes, signs, draws an extract; the turnout (GOV-34, GOV-36)."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cae.core.models import OutgoingEmail
from governance.models import Assembly, Extract, Minutes
from governance.selectors.minutes import frozen_resolutions
from governance.services.minutes import hand_over_minutes
from governance.services.minutes_files import archive_extract, archive_minutes
from governance.states.assemblies import AssemblyState
from people.models import User
from people.states import RoleKind
from tests.factories import governance as make
from tests.factories.contracts import no_code
from tests.factories.governance_minutes import make_held, make_minutes, make_voted, signed_minutes
from tests.factories.people import make_user
from tests.pages import client_of, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


def page(name: str, assembly: Assembly) -> str:
    return reverse(f"governance:{name}", args=[assembly.pk])


def manager() -> User:
    return make_user(RoleKind.CO_MANAGER)


def publish(assembly: Assembly) -> None:
    Assembly.objects.filter(pk=assembly.pk).update(state=AssemblyState.PUBLISHED)


def test_the_secretary_opens_writes_and_hands_over_the_minutes() -> None:
    assembly, people = make_held()
    make_voted(assembly)
    client = client_of(people[1][0])
    assert "Ouvrir le procès-verbal" in text(client.get(page("minutes_detail", assembly)))
    client.post(page("minutes_draft", assembly))
    draft = text(client.get(page("minutes_detail", assembly)))
    assert "Décompte · Pour : 31" in draft
    assert "Donner à signer" in draft
    item = assembly.items.get()
    form = {"version": 1, "opening": "Bienvenue.", "closing": "Merci.", f"item_{item.pk}": "Deux questions."}
    answer = client.post(page("minutes_edit", assembly), form)
    assert answer.status_code == 302
    assert "Deux questions." in text(client.get(page("minutes_detail", assembly)))
    stale = client.post(page("minutes_edit", assembly), form | {"opening": "Trop tard"})
    assert stale.status_code == 422
    assert "Trop tard" in stale.content.decode()
    client.post(page("minutes_hand_over", assembly))
    minutes = Minutes.objects.get()
    assert minutes.state == "to_sign"
    assert minutes.facts["opening"] == "Bienvenue."
    client.post(page("minutes_hand_over", assembly), follow=True)
    client.post(page("minutes_take_back", assembly))
    minutes.refresh_from_db()
    assert minutes.state == "draft"


def test_each_of_the_bureau_signs_once_with_a_code() -> None:
    assembly, people = make_held()
    make_voted(assembly)
    minutes = hand_over_minutes(make_minutes(assembly, people[0][0]), actor=people[0][0])
    client = client_of(people[0][0])
    shown = client.get(page("minutes_sign", assembly))
    assert "Décompte · Pour : 31" in text(shown)
    client.post(page("minutes_code", assembly))
    mail = OutgoingEmail.objects.get(cause="entrepreneurs.signing.code")
    code = re.search(r"\b(\d{6})\b", mail.text)
    assert code is not None
    mark = {"way": "typed", "typed": "Prénom0 Nom0", "shown": minutes.content_sha256, "accepted": "on"}
    refused = client.post(page("minutes_sign", assembly), mark | {"code": "12"})
    assert refused.status_code == 422
    assert not minutes.signatures.exclude(signature=None).exists()
    unread = client.post(page("minutes_sign", assembly), mark | {"code": code[1], "accepted": ""})
    assert unread.status_code == 422
    signed = client.post(page("minutes_sign", assembly), mark | {"code": code[1]})
    assert signed.status_code == 302
    assert minutes.signatures.exclude(signature=None).count() == 1
    assert client.get(page("minutes_sign", assembly)).status_code == 302
    assert client.post(page("minutes_code", assembly)).status_code == 302
    assert "Prénom0 Nom0 Président·e de séance · signé le" in text(
        client.get(page("minutes_detail", assembly))
    )


def test_strangers_and_associates_read_at_their_time() -> None:
    assembly, people = make_held(4)
    make_voted(assembly)
    minutes = signed_minutes(assembly, people)
    archive_minutes(minutes.pk)
    minutes.refresh_from_db()
    assert minutes.signed_pdf is not None
    late, _associate = make.make_member(first_name="Tard")
    stranger = make_user(RoleKind.ENTREPRENEUR)
    file = reverse("core:document", args=[minutes.signed_pdf.pk])

    def seen(user: User) -> tuple[int, int]:
        client = client_of(user)
        return client.get(page("minutes_detail", assembly)).status_code, client.get(file).status_code

    auditor = make_user(RoleKind.AUDITOR)
    assert seen(people[0][0]) == (200, 200)
    assert seen(auditor) == (200, 200)
    assert seen(people[3][0])[0] in (403, 404)
    assert seen(people[3][0])[1] in (403, 404)
    assert seen(late)[0] == 404
    publish(assembly)
    assert seen(people[3][0]) == (200, 200)
    assert seen(late) == (200, 200)
    assert seen(stranger) == (403, 404)


def test_an_associate_neither_writes_nor_signs() -> None:
    assembly, people = make_held(4)
    make_voted(assembly)
    minutes = make_minutes(assembly, people[0][0])
    client = client_of(people[3][0])
    for name in ("minutes_draft", "minutes_hand_over", "minutes_take_back"):
        assert client.post(page(name, assembly)).status_code in (403, 404)
    assert client.get(page("minutes_edit", assembly)).status_code in (403, 404)
    assert client.get(page("minutes_sign", assembly)).status_code in (403, 404)
    minutes.refresh_from_db()
    assert minutes.state == "draft"


def test_a_manager_certifies_an_extract_of_some_resolutions_once() -> None:
    assembly, people = make_held()
    make_voted(assembly)
    make_voted(assembly, text="Le siège est transféré.")
    minutes = signed_minutes(assembly, people)
    client = client_of(manager())
    chosen = frozen_resolutions(minutes)[1]
    form: dict[str, Any] = {
        "resolutions": [chosen["id"]],
        "purpose": "la banque",
        "way": "typed",
        "typed": "Claire",
        "accepted": "on",
        "form_key": str(uuid4()),
    }
    assert "Résolution 2" in text(client.get(page("extract_new", assembly)))
    wrongs: list[dict[str, Any]] = [
        {"resolutions": []},
        {"resolutions": [0]},
        {"typed": ""},
        {"accepted": ""},
    ]
    for wrong in wrongs:
        assert client.post(page("extract_new", assembly), form | wrong).status_code == 422
    assert not Extract.objects.exists()
    for _click in range(2):
        assert client.post(page("extract_new", assembly), form).status_code == 302
    extract = Extract.objects.get()
    assert [row.number for row in extract.resolutions.all()] == [2]
    document = archive_extract(extract.pk)
    assert document is not None
    assert archive_extract(extract.pk) == document
    publish(assembly)
    assert client_of(people[2][0]).get(reverse("core:document", args=[document.pk])).status_code == 200
    assert client_of(people[2][0]).get(page("extract_new", assembly)).status_code == 403


def test_a_draft_gives_no_extract() -> None:
    assembly, people = make_held()
    make_voted(assembly)
    make_minutes(assembly, people[0][0])
    assert client_of(manager()).get(page("extract_new", assembly)).status_code == 302


def test_the_register_lists_searches_and_exports() -> None:
    assembly, people = make_held()
    make_voted(assembly)
    signed_minutes(assembly, people)
    client = client_of(manager())
    waiting, _others = make_held(title="Assemblée d’automne")
    listed = text(client.get(reverse("governance:minutes_list")))
    assert "Assemblée générale de printemps" in listed
    assert "Procès-verbal à ouvrir" in listed
    assert waiting.title in listed
    found = text(client.get(reverse("governance:minutes_list"), {"q": "introuvable"}))
    assert "Signé" not in found.partition("Exporter")[2]
    export = client.get(reverse("governance:minutes_list"), {"export": "csv"})
    assert "Assemblée générale de printemps" in export.content.decode("utf-8-sig")


@pytest.mark.parametrize("name", ["minutes_list", "turnout"])
def test_a_list_asks_the_same_number_of_questions_for_thirty(name: str) -> None:
    client, counts = client_of(manager()), []
    client.get(reverse(f"governance:{name}"))
    for number in (1, 29):
        for n in range(number):
            assembly, people = make_held(title=f"Assemblée {n}")
            make_minutes(assembly, people[0][0])
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse(f"governance:{name}")).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_todo_leads_to_what_waits() -> None:
    assembly, people = make_held()
    make_voted(assembly)
    no_code()
    todo = text(client_of(manager()).get(reverse("portal:home")))
    assert "Rédiger le procès-verbal de « Assemblée générale de printemps »" in todo
    hand_over_minutes(make_minutes(assembly, people[0][0]), actor=people[0][0])
    asked = text(client_of(people[1][0]).get(reverse("portal:home")))
    assert "Signer le procès-verbal de « Assemblée générale de printemps »" in asked
    assert "Signer le procès-verbal" not in text(client_of(manager()).get(reverse("portal:home")))


def test_everybody_reads_the_turnout_and_their_own_part() -> None:
    assembly, people = make_held(4)
    vote = make_voted(assembly)
    answer = client_of(people[3][0]).get(reverse("governance:turnout"))
    told = text(answer)
    assert vote.get_absolute_url() in answer.content.decode()
    # Who was not called reads the figures; the page of the vote is not theirs.
    later = client_of(make.make_member()[0]).get(reverse("governance:turnout"))
    assert "Par vote" in text(later)
    assert vote.get_absolute_url() not in later.content.decode()
    assert "Assemblée générale de printemps" in told
    assert "Ma participation" in told
    assert "Représenté·e" in told
    # Four people: nobody is told by groups.
    assert "Par ancienneté" not in told
    assert "Par vote" in told
    assert client_of(make_user(RoleKind.ENTREPRENEUR)).get(reverse("governance:turnout")).status_code == 403
    export = client_of(manager()).get(reverse("governance:turnout"), {"export": "csv"})
    assert "Assemblée générale de printemps" in export.content.decode("utf-8-sig")
