"""The pages of representation: who opens which, what they do, what they keep of what was typed."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from governance.models import (
    Assembly,
    AttendanceEvent,
    BureauSeat,
    CorrespondenceForm,
    Proxy,
    VotingRightEvent,
)
from governance.selectors.standing import standing_at
from governance.services.representation_files import archive_proxy
from governance.states.assemblies import BureauRole
from tests.factories.governance import (
    call,
    make_assembly,
    make_associate,
    make_member,
    make_organiser,
    make_resolution,
)
from tests.factories.kernel import make_cooperative
from tests.factories.people import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def member() -> Any:
    return make_member()


@pytest.fixture
def assembly(member: Any) -> Assembly:
    made = make_assembly(starts_at=timezone.now() + timedelta(days=10))
    call(made, member[1])
    return made


def url(name: str, *args: Any) -> str:
    return reverse(f"governance:{name}", args=args)


def opened(assembly: Assembly) -> Assembly:
    Assembly.objects.filter(pk=assembly.pk).update(state="open", opened_at=timezone.now())
    assembly.refresh_from_db()
    return assembly


def page(response: Any) -> str:
    return str(response.content.decode())


def test_an_associate_gives_a_proxy_from_a_phone(assembly: Assembly, member: Any) -> None:
    user, associate = member
    bob, text = make_associate(), make_resolution(assembly)
    client = signed_in(user)
    own = client.get(url("own_proxy", assembly.pk))
    assert "Donner mon pouvoir" in page(own)
    give = url("proxy_give", assembly.pk, associate.pk)
    assert "Consignes" in page(client.get(give))
    typed = {"holder": str(bob), f"r{text.pk}": "pour", "message": "Merci", "typed": "Moi"}
    answer = client.post(give, typed, follow=True)
    assert f"Vous avez donné pouvoir à {bob}" in page(answer)
    proxy = Proxy.objects.get()
    detail = page(client.get(proxy.get_absolute_url()))
    assert "Retirer ce pouvoir" in detail
    assert "Merci" in detail


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"typed": "Moi"}, "Dites à qui vous donnez votre voix."),
        ({"blank": "on"}, "Tapez votre nom pour signer."),
        ({"holder": "inconnu", "typed": "Moi"}, "n’est pas dans la liste"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    assembly: Assembly, member: Any, typed: dict[str, str], sentence: str
) -> None:
    user, associate = member
    answer = signed_in(user).post(
        url("proxy_give", assembly.pk, associate.pk), {**typed, "message": "Mes mots"}
    )
    assert answer.status_code == 422
    assert sentence in page(answer)
    assert "Mes mots" in page(answer)
    assert not Proxy.objects.exists()


def test_a_holder_and_a_blank_one_are_not_both(assembly: Assembly, member: Any) -> None:
    bob = make_associate()
    typed = {"holder": str(bob), "blank": "on", "typed": "Moi"}
    answer = signed_in(member[0]).post(url("proxy_give", assembly.pk, member[1].pk), typed)
    assert answer.status_code == 422
    assert not Proxy.objects.exists()


def test_the_cap_is_said_at_its_field(assembly: Assembly, member: Any) -> None:
    bob = make_associate()
    Proxy.objects.create(assembly=assembly, principal=make_associate(), holder=bob, given_at=timezone.now())
    answer = signed_in(member[0]).post(
        url("proxy_give", assembly.pk, member[1].pk), {"holder": str(bob), "typed": "Moi"}
    )
    assert answer.status_code == 422
    assert "porte déjà un pouvoir" in page(answer)


def test_nobody_gives_the_voice_of_somebody_else(assembly: Assembly, member: Any) -> None:
    other = make_associate()
    client = signed_in(member[0])
    assert client.get(url("proxy_give", assembly.pk, other.pk)).status_code == 404
    assert client.get(url("correspondence", assembly.pk, other.pk)).status_code == 404
    assert client.post(url("remote", assembly.pk, other.pk)).status_code == 404


def test_a_proxy_of_others_is_not_seen_and_not_taken_back(assembly: Assembly, member: Any) -> None:
    given_user, giver = make_member()
    call(assembly, giver)
    proxy = Proxy.objects.create(assembly=assembly, principal=giver, holder=None, given_at=timezone.now())
    stranger = signed_in(member[0])
    assert stranger.get(proxy.get_absolute_url()).status_code == 404
    assert stranger.post(url("proxy_revoke", proxy.pk)).status_code == 404
    signed_in(given_user).post(url("proxy_revoke", proxy.pk))
    proxy.refresh_from_db()
    assert proxy.state == "revoked"


def test_a_holder_reads_it_and_does_not_take_it_back(assembly: Assembly, member: Any) -> None:
    proxy = Proxy.objects.create(
        assembly=assembly, principal=make_associate(), holder=member[1], given_at=timezone.now()
    )
    client = signed_in(member[0])
    assert "Retirer ce pouvoir" not in page(client.get(proxy.get_absolute_url()))
    assert client.post(url("proxy_revoke", proxy.pk)).status_code == 403
    assert client.get(url("proxy_instruct", proxy.pk)).status_code == 403
    proxy.refresh_from_db()
    assert proxy.state == "given"


def test_instructions_are_changed_on_their_page(assembly: Assembly, member: Any) -> None:
    text = make_resolution(assembly)
    proxy = Proxy.objects.create(
        assembly=assembly, principal=member[1], holder=make_associate(), given_at=timezone.now()
    )
    signed_in(member[0]).post(url("proxy_instruct", proxy.pk), {f"r{text.pk}": "contre", "message": ""})
    proxy.refresh_from_db()
    assert proxy.instructions == {str(text.pk): "contre"}


def test_what_a_holder_is_asked_is_read_by_nobody_else_before_the_end(assembly: Assembly) -> None:
    (giver_user, giver), (holder_user, holder) = make_member(), make_member()
    text, seated = make_resolution(assembly), make_user()
    BureauSeat.objects.create(assembly=assembly, person=seated.person, role=BureauRole.SCRUTINEER)
    proxy = Proxy.objects.create(
        assembly=assembly,
        principal=giver,
        holder=holder,
        instructions={str(text.pk): "contre"},
        message="Pas un mot",
        given_at=timezone.now(),
    )
    make_cooperative()
    archive_proxy(proxy.pk)
    proxy.refresh_from_db()
    file = reverse("core:document", args=[proxy.pdf_id])
    keepers = [make_organiser(), make_user("auditor"), seated]

    def reads(user: Any) -> bool:
        shown = signed_in(user).get(proxy.get_absolute_url())
        said = "Pas un mot" in page(shown)
        assert shown.status_code == 200
        assert said == ("Contre" in page(shown)) == (file in page(shown))
        assert (signed_in(user).get(file).status_code == 200) == said
        return said

    assert [reads(user) for user in (giver_user, holder_user, *keepers)] == [True, True, False, False, False]
    # Who keeps neither the attendance nor the proxy knows nothing of it, whatever they read of the register.
    for kind in ("human_resources", "accountant", "administrator"):
        assert signed_in(make_user(kind)).get(proxy.get_absolute_url()).status_code == 404
    opened(assembly)
    Assembly.objects.filter(pk=assembly.pk).update(state="closed", closed_at=timezone.now())
    assert all(reads(user) for user in keepers)


def test_the_bureau_enters_papers_and_what_is_refused_is_kept(assembly: Assembly) -> None:
    client, bob = signed_in(make_organiser()), make_associate()
    blank_form = page(client.get(url("proxy_enter", assembly.pk)))
    assert "Mot au mandataire" in blank_form
    assert "Votre voix" not in blank_form
    for principal in (make_associate(), make_associate()):
        typed = {"principal": str(principal), "holder": str(bob)}
        answer = client.post(url("proxy_enter", assembly.pk), typed, follow=True)
    assert "Pouvoir gardé comme refusé" in page(answer)
    assert sorted(Proxy.objects.values_list("state", flat=True)) == ["given", "refused"]


LISTS = ("proxy_list", "attendance", "attendance_events", "correspondence_list")
DESK = ("proxy_enter", "attendance_code", "tablet", "correspondence_enter")


@pytest.mark.parametrize("name", [*LISTS, *DESK])
def test_the_pages_of_the_bureau_are_theirs(assembly: Assembly, member: Any, name: str) -> None:
    assert signed_in(make_organiser()).get(url(name, assembly.pk)).status_code == 200
    assert signed_in(member[0]).get(url(name, assembly.pk)).status_code == 403
    assert signed_in(make_user()).get(url(name, assembly.pk)).status_code in (403, 404)
    auditor = signed_in(make_user("auditor")).get(url(name, assembly.pk))
    assert auditor.status_code == (200 if name in LISTS else 403)


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("stage", ["open"])
def test_a_list_costs_the_same_for_one_row_and_thirty(
    assembly: Assembly, name: str, stage: str, django_assert_max_num_queries: Any
) -> None:
    client, desk = signed_in(make_organiser()), make_organiser()
    opened(assembly)

    def grow(many: int) -> None:
        for _one in range(many):
            giver, holder = make_associate(), make_associate()
            now = timezone.now()
            Proxy.objects.create(assembly=assembly, principal=giver, holder=holder, given_at=now)
            AttendanceEvent.objects.create(
                assembly=assembly,
                associate=holder,
                person=holder.person,
                kind="arrival",
                way="desk",
                at=now,
                created_by=desk,
            )
            CorrespondenceForm.objects.create(
                assembly=assembly, associate=giver, answers={}, origin="account", received_at=now
            )

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url(name, assembly.pk)).status_code == 200
        return len(queries)

    grow(1)
    cost()
    few = cost()
    grow(29)
    assert cost() <= few


def test_the_desk_notes_finds_and_takes_back(assembly: Assembly) -> None:
    client, ana = signed_in(make_organiser()), make_associate(first_name="Anaïs", last_name="Roy")
    make_resolution(assembly)
    opened(assembly)
    client.post(url("attendance_act", assembly.pk), {"associate": ana.pk, "do": "arrive"})
    desk = page(client.get(url("attendance", assembly.pk), {"q": "anais", "voir": "la"}))
    assert "Anaïs" in desk
    assert "la sienne" in desk
    assert "Personne ne correspond" in page(
        client.get(url("attendance", assembly.pk), {"q": "anais", "voir": "a-venir"})
    )
    again = client.post(
        url("attendance_act", assembly.pk), {"associate": ana.pk, "do": "arrive"}, follow=True
    )
    assert "est déjà en salle" in page(again)
    event = AttendanceEvent.objects.get()
    assert "Annuler cette ligne" in page(client.get(url("attendance_events", assembly.pk)))
    cancel = url("attendance_cancel", assembly.pk, event.pk)
    assert "ne compte plus" in page(client.get(cancel))
    client.post(cancel)
    assert AttendanceEvent.objects.filter(cancels=event).exists()
    assert client.post(url("attendance_act", assembly.pk), {"associate": ana.pk}).status_code == 404


def test_who_left_is_told_apart_comes_back_and_a_mistake_is_taken_back_from_the_desk(
    assembly: Assembly,
) -> None:
    client, ana = signed_in(make_organiser()), make_associate(first_name="Anaïs", last_name="Roy")
    opened(assembly)
    act, desk = url("attendance_act", assembly.pk), url("attendance", assembly.pk)

    def only(which: str) -> str:
        shown = page(client.get(desk, {"q": "anais", "voir": which}))
        return "" if "Personne ne correspond" in shown else shown

    assert "Corriger" not in only("a-venir")
    said = page(client.post(act, {"associate": ana.pk, "do": "arrive", "query": "q=anais"}, follow=True))
    assert "Anaïs Roy : arrivée notée." in said
    assert "depuis " in only("la")
    said = page(client.post(act, {"associate": ana.pk, "do": "leave", "query": "q=anais"}, follow=True))
    assert "Anaïs Roy : départ noté." in said
    gone = only("partis")
    assert "parti·e à " in gone
    assert "Anaïs Roy : noter le retour" in gone
    assert not only("a-venir")
    assert not only("la")
    # The departure was a mistake: taken back from the desk, one is there as if never gone.
    left = AttendanceEvent.objects.latest("pk")
    cancel = f"{url('attendance_cancel', assembly.pk, left.pk)}?de=emargement"
    assert cancel in gone
    assert "Anaïs Roy : annuler « Départ » de " in page(client.get(cancel))
    answer = client.post(cancel)
    assert (answer.status_code, answer["Location"]) == (302, desk)
    assert "depuis " in only("la")
    assert standing_at(assembly, timezone.now()).present == {ana.pk}
    client.post(act, {"associate": ana.pk, "do": "leave"})
    client.post(act, {"associate": ana.pk, "do": "arrive"})
    assert only("la")
    assert not only("partis")


def test_once_closed_nobody_is_still_to_come(assembly: Assembly) -> None:
    client = signed_in(make_organiser())
    opened(assembly)
    assert "À venir" in page(client.get(url("attendance", assembly.pk)))
    Assembly.objects.filter(pk=assembly.pk).update(state="closed", closed_at=timezone.now())
    desk = page(client.get(url("attendance", assembly.pk)))
    assert "À venir" not in desk
    assert "Jamais venu·e" in desk


def test_the_code_of_the_room_signs_one_in_once_open(assembly: Assembly, member: Any) -> None:
    client = signed_in(member[0])
    door = url("check_in", assembly.room_key)
    assert "Je suis dans la salle" not in page(client.get(door))
    client.post(door)
    assert not AttendanceEvent.objects.exists()
    opened(assembly)
    assert "Je suis dans la salle" in page(client.get(door))
    client.post(door)
    event = AttendanceEvent.objects.get()
    assert (event.associate, event.way, event.kind) == (member[1], "qr", "arrival")
    assert "Je suis dans la salle" not in page(client.get(door))
    assert client.get(url("check_in", "autre-cle")).status_code == 404
    assert Client().get(door).status_code == 302


def test_at_a_distance_one_comes_and_goes(assembly: Assembly, member: Any) -> None:
    client = signed_in(member[0])
    opened(assembly)
    assert "Je suis là, à distance" in page(client.get(url("own_proxy", assembly.pk)))
    client.post(url("remote", assembly.pk, member[1].pk), {"do": "join"})
    assert "Je quitte l’assemblée" in page(client.get(url("own_proxy", assembly.pk)))
    client.post(url("remote", assembly.pk, member[1].pk), {"do": "leave"})
    kinds = list(AttendanceEvent.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds == ["connected", "disconnected"]


def test_the_tablet_finds_a_name_and_takes_its_mark(assembly: Assembly) -> None:
    client, ana = signed_in(make_organiser()), make_associate(first_name="Anaïs", last_name="Roy")
    opened(assembly)
    found = client.get(url("tablet", assembly.pk), {"associate": str(ana)})
    sign = url("tablet_sign", assembly.pk, ana.pk)
    assert found["Location"] == sign
    assert client.post(sign, {"way": "typed", "typed": ""}).status_code == 422
    client.post(sign, {"way": "typed", "typed": "Anaïs Roy"})
    event = AttendanceEvent.objects.get()
    assert (event.way, event.signature is not None) == ("tablet", True)
    assert "déjà notée" in page(client.get(sign))


def test_a_form_is_sent_read_and_sent_again(assembly: Assembly, member: Any) -> None:
    text = make_resolution(assembly)
    client, sheet = signed_in(member[0]), url("correspondence", assembly.pk, member[1].pk)
    wrong = client.post(sheet, {})
    assert wrong.status_code == 422
    assert "Répondez à cette résolution." in page(wrong)
    client.post(sheet, {f"r{text.pk}": "contre"})
    assert CorrespondenceForm.objects.get().answers == {str(text.pk): {"answer": "contre"}}
    shown = page(client.get(sheet))
    assert "Votre vote reçu" in shown
    assert "Contre" in shown


METHODS = {
    "names": ({"": "CANDIDATE"}, {"names": ["CANDIDATE"], "blank": False}),
    "list": ({"": "blanc"}, {"names": [], "blank": True}),
    "majority_judgment": ({"_CANDIDATE": "good"}, {"grades": {"CANDIDATE": "good"}}),
    "schulze": ({"_CANDIDATE": "1"}, {"ranking": [["CANDIDATE"]], "blank": False}),
    "transferable": ({"_CANDIDATE": ""}, {"ranking": [], "blank": True}),
    "consent": ({"": "reserve"}, {"answer": "reserve"}),
}


@pytest.mark.parametrize("method", METHODS)
def test_a_form_answers_each_method(assembly: Assembly, member: Any, method: str) -> None:
    typed, choice = METHODS[method]
    row = make_resolution(assembly, method=method)
    candidate = str(row.candidates.create(label="Zoé Blin").pk)
    sent = {
        f"r{row.pk}{key}".replace("CANDIDATE", candidate): value.replace("CANDIDATE", candidate)
        for key, value in typed.items()
    }
    client = signed_in(member[0])
    client.post(url("correspondence", assembly.pk, member[1].pk), sent)
    expected = json.loads(json.dumps(choice).replace("CANDIDATE", candidate))
    assert CorrespondenceForm.objects.get().answers == {str(row.pk): expected}


def test_a_blank_vote_names_nobody(assembly: Assembly, member: Any) -> None:
    row = make_resolution(assembly, method="names", seats=2)
    candidate = str(row.candidates.create(label="Zoé Blin").pk)
    sheet = url("correspondence", assembly.pk, member[1].pk)
    wrong = signed_in(member[0]).post(sheet, {f"r{row.pk}": [candidate, "blanc"]})
    assert wrong.status_code == 422
    assert "Un vote blanc ne nomme personne : choisissez l’un ou l’autre." in page(wrong)
    assert not CorrespondenceForm.objects.exists()


def test_the_bureau_enters_a_paper_form(assembly: Assembly) -> None:
    text, ana = make_resolution(assembly), make_associate()
    typed = {"associate": str(ana), f"r{text.pk}": "pour"}
    signed_in(make_organiser()).post(url("correspondence_enter", assembly.pk), typed)
    form = CorrespondenceForm.objects.get()
    assert (form.associate, form.origin) == (ana, "paper")


def test_papers_are_asked_for_by_a_button(assembly: Assembly) -> None:
    client = signed_in(make_organiser())
    for name in ("attendance_print", "correspondence_print"):
        assert client.post(url(name, assembly.pk)).status_code == 302
        assert client.get(url(name, assembly.pk)).status_code == 405


def test_a_suspended_associate_reads_why(assembly: Assembly, member: Any) -> None:
    VotingRightEvent.objects.create(associate=member[1], kind="suspension", at=timezone.now(), reason="x")
    shown = page(signed_in(member[0]).get(url("own_proxy", assembly.pk)))
    assert "suspendu" in shown
    assert "Donner mon pouvoir" not in shown


@pytest.mark.parametrize("name", ["proxy_list", "attendance_events", "correspondence_list"])
def test_the_lists_are_exported(assembly: Assembly, name: str) -> None:
    answer = signed_in(make_organiser()).get(url(name, assembly.pk), {"export": "csv"})
    assert answer["Content-Type"].startswith("text/csv")
