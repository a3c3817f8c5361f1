"""The pages of the preparation: who sees and does what, from the first point to the letters posted (GOV-19 to
21)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cae.core.facts import happenings_of, todos_of
from cae.core.models import OutgoingEmail
from cae.core.search import search
from governance.models import Assembly, Body, Convocation, Resolution
from governance.services import convening
from governance.services.assemblies import cancel_assembly
from governance.services.convocation_files import make_convocation_files
from people.models import User
from people.states import RoleKind
from tests.factories.governance import (
    call,
    make_assembly,
    make_associate,
    make_member,
    make_organiser,
    make_resolution,
    make_rule_set,
)
from tests.factories.governance_assemblies import (
    PDF,
    in_days,
    make_draft,
    make_item,
    make_posted,
    make_reached,
)
from tests.factories.kernel import make_cooperative
from tests.factories.people import make_user
from tests.pages import client_of, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


def page(name: str, pk: int | None = None) -> str:
    return reverse(f"governance:{name}", args=[pk] if pk else [])


@pytest.fixture
def organiser() -> User:
    return make_organiser()


@pytest.fixture
def client(organiser: User) -> Any:
    return client_of(organiser)


def local(days: int) -> str:
    return timezone.localtime(in_days(days)).strftime("%Y-%m-%dT%H:%M")


def test_an_assembly_from_its_first_page_to_its_convocation(client: Any) -> None:
    make_rule_set()
    make_cooperative()
    make_reached()
    form = {"kind": "ordinary", "title": "AG de juin", "starts_at": local(30), "mode": "room", "place": ""}
    refused = client.post(page("assembly_new"), form)
    assert refused.status_code == 422
    assert "Indiquez le lieu" in text(refused)
    client.post(page("assembly_new"), form | {"place": "Salle des fêtes"})
    assembly = Assembly.objects.get(title="AG de juin")
    shown = text(client.get(assembly.get_absolute_url()))
    assert "L’ordre du jour est vide" in shown
    client.post(
        page("item_new", assembly.pk),
        {"title": "Comptes", "kind": "decision", "minutes": 20, "awaited": "Bilan"},
    )
    item = assembly.items.get()
    client.post(
        page("resolution_new", assembly.pk),
        {
            "title": "Approbation des comptes",
            "item": item.pk,
            "decision_kind": "ordinary",
            "method": "resolution",
            "text": "Les comptes sont approuvés.",
            "seats": 1,
            "electorate": "associates",
            "supported": "on",
        },
    )
    assert "Bilan (Comptes)" in text(client.get(page("assembly_convene", assembly.pk)))
    client.post(page("assembly_convene", assembly.pk))
    assembly.refresh_from_db()
    assert assembly.state == "draft"
    client.post(
        page("paper_new", assembly.pk),
        {"title": "Bilan", "item": item.pk, "file": SimpleUploadedFile("bilan.pdf", PDF)},
    )
    ready = text(client.get(assembly.get_absolute_url()))
    assert "Tout est prêt pour convoquer" in ready
    assert "E-mails 1" in text(client.get(page("assembly_convene", assembly.pk)))
    client.post(page("assembly_convene", assembly.pk))
    assembly.refresh_from_db()
    assert assembly.state == "convened"
    assert "figées, empreinte" in text(client.get(assembly.get_absolute_url()))


def test_letters_are_printed_posted_and_proved(client: Any, organiser: User) -> None:
    make_posted(first_name="Ada", last_name="Port")
    assembly = convening.convene(make_draft(), actor=organiser, at=timezone.now())
    make_convocation_files(assembly.pk)
    row = assembly.convocations.get()
    assert [todo.label for todo in todos_of(organiser, timezone.localdate())] == [
        "Poster 1 lettre de convocation"
    ]
    listed = text(client.get(page("convocation_list", assembly.pk)))
    assert "Ada Port" in listed
    assert "À poster" in listed
    asked = client.post(page("convocation_post", assembly.pk), {"ids": [row.pk]})
    assert "1 lettre choisie" in text(asked)
    today = timezone.localdate()
    form = {"ids": [row.pk], "posted_on": today + timedelta(days=1), "posted_by": organiser.pk}
    refused = client.post(page("convocation_post", assembly.pk), form)
    # What was chosen and typed is still there.
    assert refused.status_code == 422
    assert "Indiquez un jour entre la convocation et aujourd’hui." in text(refused)
    assert "1 lettre choisie" in text(refused)
    assert f'value="{form["posted_on"]}"' in refused.content.decode()
    client.post(page("convocation_post", assembly.pk), form | {"posted_on": today})
    client.post(
        page("convocation_prove", row.pk),
        {"tracking": "1A 234", "file": SimpleUploadedFile("avis.pdf", PDF)},
    )
    shown = text(client.get(page("convocation_detail", row.pk)))
    assert "1A 234" in shown
    assert "avis.pdf" in shown
    assert "Postée" in text(client.get(page("convocation_list", assembly.pk)))
    assert client.get(page("convocation_list", assembly.pk) + "?export=csv").status_code == 200
    for document in (row.letter_id, Convocation.objects.get().letter_id):
        if document:
            assert client.get(reverse("core:document", args=[document])).status_code == 200


def test_a_mail_that_came_back_becomes_a_letter(client: Any, organiser: User) -> None:
    make_reached(address_line="1 rue", postcode="33000", city="Bordeaux")
    assembly = convening.convene(make_draft(), actor=organiser, at=timezone.now())
    row = assembly.convocations.get()
    OutgoingEmail.objects.filter(pk=row.email_id).update(state="failed")
    assert "Envoyer une lettre à la place" in text(client.get(page("convocation_detail", row.pk)))
    client.post(page("convocation_letter", row.pk))
    row.refresh_from_db()
    assert row.channel == "letter"


@pytest.mark.parametrize(
    "name",
    [
        "assembly_change",
        "assembly_bureau",
        "assembly_cancel",
        "assembly_convene",
        "item_new",
        "paper_new",
        "resolution_new",
        "convocation_list",
    ],
)
def test_an_associate_prepares_nothing(name: str) -> None:
    user, associate = make_member()
    assembly = make_assembly(associates=(associate,))
    assert client_of(user).get(page(name, assembly.pk)).status_code == 403


def test_out_of_sight_is_not_found() -> None:
    user, _associate = make_member()
    other = make_assembly()
    draft = make_draft(rule_set=other.rule_set)
    client = client_of(user)
    for assembly in (other, draft):
        assert client.get(assembly.get_absolute_url()).status_code == 404
        row = make_resolution(assembly)
        assert client.get(row.get_absolute_url()).status_code == 404


def test_an_associate_goes_to_the_page_of_associates() -> None:
    user, associate = make_member()
    assembly = make_assembly(associates=(associate,))
    answer = client_of(user).get(assembly.get_absolute_url())
    assert answer["Location"] == page("member_assembly", assembly.pk)


def test_an_auditor_reads_the_preparation_and_changes_nothing() -> None:
    auditor = make_user(RoleKind.AUDITOR)
    assembly = make_draft()
    client = client_of(auditor)
    assert "Modifier" not in text(client.get(assembly.get_absolute_url()))
    assert client.get(page("assembly_change", assembly.pk)).status_code == 403


def test_an_associate_proposes_others_support_and_the_organiser_answers(client: Any) -> None:
    user, associate = make_member()
    assembly = make_assembly(starts_at=in_days(10), associates=(associate,))
    item = make_item(assembly)
    own = client_of(user)
    own.post(page("resolution_propose", assembly.pk), {"title": "Crèche", "text": "Une crèche."})
    row = Resolution.objects.get(title="Crèche")
    assert "Retirer mon soutien" in text(own.get(row.get_absolute_url()))
    own.post(page("resolution_support", row.pk), {"do": "take_back"})
    assert row.supports.count() == 0
    own.post(page("resolution_support", row.pk), {"do": "give"})
    assert "1 soutien sur 1" in text(client.get(assembly.get_absolute_url()))
    assert own.get(page("resolution_accept", row.pk)).status_code == 403
    client.post(page("resolution_accept", row.pk), {"item": item.pk, "decision_kind": "ordinary"})
    row.refresh_from_db()
    assert (row.state, row.number) == ("on_agenda", 1)
    assert own.get(page("resolution_withdraw", row.pk)).status_code == 403


def test_an_associate_amends_in_their_name_only() -> None:
    user, associate = make_member()
    other = make_associate()
    assembly = make_assembly(associates=(associate, other))
    row = make_resolution(assembly, "Un deux trois quatre.")
    client = client_of(user)
    form = {"kind": "replace", "paragraph": 1, "text": "Un deux trois cinq.", "author": other.pk}
    assert client.post(page("amendment_new", row.pk), form).status_code == 422
    client.post(page("amendment_new", row.pk), form | {"author": associate.pk})
    amendment = row.amendments.get()
    assert amendment.author == associate
    assert "éloignement 250 ‰" in text(client.get(row.get_absolute_url()))
    stranger, called = make_member()
    call(assembly, called)
    assert client_of(stranger).post(page("amendment_withdraw", amendment.pk)).status_code == 403
    client.post(page("amendment_withdraw", amendment.pk))
    amendment.refresh_from_db()
    assert amendment.state == "withdrawn"


def test_candidates_are_received_then_drawn(client: Any) -> None:
    assembly = make_draft()
    body = Body.objects.create(name="Cogérance", kind="management")
    row = make_resolution(
        assembly, method="names", body=body, decision_kind="manager_election", item=assembly.items.get()
    )
    empty = client.post(page("candidate_new", row.pk), {"label": ""})
    assert empty.status_code == 422
    for name in ("Ada", "Bob"):
        client.post(page("candidate_new", row.pk), {"label": name, "statement": "Bonjour."})
    shown = text(client.get(row.get_absolute_url()))
    assert "Tirer l’ordre au sort" in shown
    client.post(page("candidates_draw", row.pk))
    row.refresh_from_db()
    assert row.draw_seed in text(client.get(row.get_absolute_url()))


def test_a_question_is_answered_on_its_page(client: Any, organiser: User) -> None:
    user, associate = make_member()
    assembly = make_assembly(associates=(associate,), convened_by=organiser)
    client_of(user).post(page("question_ask", assembly.pk), {"text": "Pourquoi ?"})
    question = assembly.questions.get()
    assert client_of(user).get(page("question_answer", question.pk)).status_code == 403
    client.post(page("question_answer", question.pk), {"answer": "Parce que."})
    assert "Parce que." in text(client.get(assembly.get_absolute_url()))


def test_assemblies_are_found_and_stand_in_the_calendar_of_who_is_called(organiser: User) -> None:
    user, associate = make_member()
    assembly = make_assembly(title="Assemblée de juin", associates=(associate,), starts_at=in_days(10))
    make_item(assembly, minutes=30)
    draft = make_draft(title="Assemblée de septembre", rule_set=assembly.rule_set)
    titles = {str(hit.label) for group in search(user, "assemblee") for hit in group.hits}
    assert assembly.title in titles
    assert draft.title not in titles
    assert draft.title in {str(hit.label) for group in search(organiser, "septembre") for hit in group.hits}
    today = timezone.localdate()
    (happening,) = happenings_of(user, today, today + timedelta(days=30))
    assert (happening.title, happening.is_cancelled) == ("Assemblée de juin", False)
    assert happening.ends == assembly.starts_at + timedelta(minutes=30)
    cancel_assembly(assembly, reason="Reportée", actor=organiser)
    (gone,) = happenings_of(user, today, today + timedelta(days=30))
    assert gone.is_cancelled
    assert gone.revision > happening.revision


def queries_of(client: Any, url: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert client.get(url).status_code == 200
    return len(caught)


def test_lists_and_pages_ask_the_same_whatever_their_length(client: Any, organiser: User) -> None:
    make_reached()
    assembly = convening.convene(make_draft(), actor=organiser, at=timezone.now())
    urls = (
        page("assembly_list"),
        page("convocation_list", assembly.pk),
        assembly.get_absolute_url(),
        assembly.resolutions.get().get_absolute_url(),
    )
    for url in urls:
        client.get(url)
    before = [queries_of(client, url) for url in urls]
    for rank in range(29):
        associate = make_reached(f"a{rank}@example.org")
        call(assembly, associate)
        item = make_item(assembly, f"Point {rank}")
        row = make_resolution(assembly, item=item)
        assembly.questions.create(associate=associate, text=f"Question {rank}")
        row.amendments.create(version=row.versions.get(), kind="delete", paragraph=1, author=associate)
        make_assembly(rule_set=assembly.rule_set)
    first = assembly.resolutions.order_by("number").first()
    assert first is not None
    for rank in range(29):
        first.amendments.create(
            version=first.versions.get(), kind="replace", paragraph=1, text=f"Texte {rank}"
        )
    assert [queries_of(client, url) for url in urls] == before


def test_the_page_of_an_assembly_leads_to_its_proxies_its_desk_its_votes_and_back(client: Any) -> None:
    assembly = make_assembly()
    shown = client.get(assembly.get_absolute_url()).content.decode()
    for name in ("proxy_list", "correspondence_list", "attendance", "vote_list"):
        assert f'href="{page(name, assembly.pk)}"' in shown
    for name in ("proxy_list", "correspondence_list", "attendance_events"):
        listed = client.get(page(name, assembly.pk)).content.decode()
        assert f'href="{assembly.get_absolute_url()}"' in listed


def make_over(state: str) -> Assembly:
    now = timezone.now()
    return make_assembly(state=state, opened_at=now, closed_at=now)


@pytest.mark.parametrize("state", ["signed", "published"])
def test_an_assembly_that_is_over_leads_to_its_minutes(client: Any, state: str) -> None:
    assembly = make_over(state)
    shown = client.get(assembly.get_absolute_url()).content.decode()
    assert f'href="{page("minutes_detail", assembly.pk)}"' in shown


def test_a_draft_leads_to_no_minutes(client: Any) -> None:
    assert "proces-verbal" not in client.get(make_draft().get_absolute_url()).content.decode()


def test_a_second_call_is_offered_while_something_is_left_to_decide(client: Any) -> None:
    assembly = make_over("published")
    offered = f'href="{page("assembly_call_again", assembly.pk)}"'
    assert offered not in client.get(assembly.get_absolute_url()).content.decode()
    make_resolution(assembly)
    assert offered in client.get(assembly.get_absolute_url()).content.decode()
