"""The pages of rules and of bodies: what each shows, to whom; each act through its form."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from governance.calculations.rules import KEYS
from governance.models import Body, College, Decision, FoundingText, Mandate, RuleLine, RuleSet
from governance.services.decisions import note_decision
from governance.services.rule_sets import RuleSetData, draft_from_preset
from governance.states.bodies import BodyKind, DecisionState, MandateEnd
from governance.states.rules import RuleForm, RuleSetState, TextKind
from people.states import RoleKind
from tests.factories.governance import (
    make_assembly,
    make_member,
    make_organiser,
    make_resolution,
    make_rule_set,
)
from tests.factories.governance_bodies import make_body, make_election, make_mandate, proclaim
from tests.factories.kernel import make_cooperative
from tests.factories.people import make_person, make_user
from tests.pages import client_of, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]

TODAY = timezone.localdate
DAY = date(2027, 1, 1)


def page(name: str, *args: Any) -> str:
    return reverse(f"governance:{name}", args=args)


def draft(form: str = RuleForm.SCOP_SARL) -> RuleSet:
    data = RuleSetData(valid_from=DAY, reason="statuts du 12 juin")
    return draft_from_preset(form=form, data=data, actor=make_organiser())


def cost(client: Any, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def test_a_version_is_drafted_confirmed_and_put_in_force_by_its_pages() -> None:
    boss = client_of(make_organiser())
    assert "Aucune règle écrite" in text(boss.get(page("rule_set_list")))
    sent = {"source": RuleForm.SCOP_SARL, "valid_from": "2027-01-01", "reason": "", "statutes": ""}
    assert boss.post(page("rule_set_draft"), sent).status_code == 422
    assert not RuleSet.objects.exists()
    boss.post(page("rule_set_draft"), sent | {"reason": "statuts du 12 juin"})
    row = RuleSet.objects.get()
    shown = text(boss.get(row.get_absolute_url()))
    assert "plus de la moitié du total des associé·es" in shown.lower()
    assert f"0 sur {len(KEYS)}" in shown
    line = row.lines.get(key="notice_days")
    assert "Délai de convocation" in text(boss.get(page("rule_line", line.pk)))
    answer = boss.post(page("rule_line", line.pk), {"value": "x", "article": "art. 27", "do": "confirm"})
    assert (answer.status_code, "nombre entier" in text(answer)) == (422, True)
    answer = boss.post(page("rule_line", line.pk), {"value": "21", "article": "", "do": "confirm"})
    assert (answer.status_code, "Citez l’article" in text(answer)) == (422, True)
    answer = boss.post(page("rule_line", line.pk), {"value": "21", "article": "art. 27", "do": "confirm"})
    line.refresh_from_db()
    assert (line.value, answer.status_code, line.confirmed_at is not None) == ("21", 302, True)
    assert RuleLine.objects.get(pk=answer.url.strip("/").split("/")[-1]).key == "notice_form"
    # Not before every line is confirmed.
    answer = boss.post(page("rule_set_act", row.pk), {"do": "confirm"}, follow=True)
    assert "Confirmez d’abord chaque règle" in text(answer)
    row.lines.update(confirmed_at=timezone.now(), confirmed_by=make_organiser())
    boss.post(page("rule_set_act", row.pk), {"do": "confirm"})
    row.refresh_from_db()
    assert row.state == RuleSetState.CONFIRMED
    assert row.sha256 in text(boss.get(row.get_absolute_url()))
    assert boss.get(page("rule_line", line.pk)).status_code == 302


@pytest.mark.parametrize(
    ("key", "typed", "value"),
    [
        (
            "decision.ordinary.1",
            {"quorum": "1/4", "comparison": "at_least", "threshold": "2/3", "base": "expressed"},
            "1/4 expressed 2/3 at_least",
        ),
        (
            "decision.ordinary.1",
            {"quorum": "", "comparison": "strict", "threshold": "1/2", "base": "all_members"},
            "none all_members 1/2 strict",
        ),
        ("decision.ordinary.1", {"comparison": "", "threshold": "1/2"}, ""),
        ("tie", {"value": "draw"}, "draw"),
        ("tie", {"value": ""}, ""),
        ("proxy_cap", {"way": "own", "own": "2"}, "2"),
        ("proxy_cap", {"way": "legal", "own": "2"}, "legal"),
        ("capital_floor", {"value": "1/4"}, "1/4"),
    ],
)
def test_a_line_is_typed_by_its_shape(key: str, typed: dict[str, str], value: str) -> None:
    boss, row = client_of(make_organiser()), draft()
    line = row.lines.get(key=key)
    assert boss.get(page("rule_line", line.pk)).status_code == 200
    boss.post(page("rule_line", line.pk), typed | {"article": "art. 9", "do": "write"})
    line.refresh_from_db()
    assert (line.value, line.article, line.confirmed_at) == (value, "art. 9", None)


@pytest.mark.parametrize(
    ("key", "typed"),
    [
        ("decision.ordinary.1", {"comparison": "strict", "threshold": "", "base": ""}),
        ("decision.ordinary.1", {"comparison": "strict", "threshold": "3/2", "base": "expressed"}),
        ("decision.ordinary.1", {"comparison": "strict", "threshold": "half", "base": "expressed"}),
        ("tie", {"value": "luck"}),
        ("proxy_cap", {"way": "own", "own": ""}),
        ("proxy_cap", {"way": "own", "own": "-1"}),
        ("capital_floor", {"value": "0,25"}),
    ],
)
def test_a_wrong_value_stays_at_its_field(key: str, typed: dict[str, str]) -> None:
    boss, row = client_of(make_organiser()), draft()
    line = row.lines.get(key=key)
    answer = boss.post(page("rule_line", line.pk), typed | {"article": "art. 9", "do": "confirm"})
    assert answer.status_code == 422
    assert RuleLine.objects.get(pk=line.pk).value == line.value


def test_the_weights_of_the_colleges_are_typed_each() -> None:
    boss, row = client_of(make_organiser()), draft(RuleForm.SCIC_SARL)
    colleges = [College.objects.create(name=name, rank=rank) for rank, name in enumerate("ABC")]
    line = row.lines.get(key="college_weights")
    names = [f"college_{college.pk}" for college in colleges]
    lame = dict.fromkeys(names[:2], "40") | {"article": "art. 9", "do": "write"}
    assert boss.post(page("rule_line", line.pk), lame).status_code == 422
    boss.post(page("rule_line", line.pk), dict(zip(names, ("50", "30", "20"), strict=True)) | {"do": "write"})
    line.refresh_from_db()
    assert line.value == f"{colleges[0].pk}:50 {colleges[1].pk}:30 {colleges[2].pk}:20"
    assert "A : 50, B : 30, C : 20" in text(boss.get(row.get_absolute_url()))


def test_who_writes_confirms_and_reads_rules() -> None:
    row = draft()
    line = row.lines.get(key="tie")
    life = client_of(make_user(RoleKind.COOPERATIVE_LIFE))
    typed = {"value": "age", "article": "art. 12"}
    assert life.post(page("rule_line", line.pk), typed | {"do": "confirm"}).status_code == 403
    assert life.post(page("rule_line", line.pk), typed | {"do": "write"}).status_code == 302
    assert life.post(page("rule_set_act", row.pk), {"do": "confirm"}).status_code == 403
    assert life.post(page("rule_set_act", row.pk), {"do": "unchanged"}).status_code == 403
    member = client_of(make_member()[0])
    assert member.get(row.get_absolute_url()).status_code == 404
    assert member.get(page("rule_line", line.pk)).status_code == 403
    assert member.get(page("rule_set_draft")).status_code == 403
    auditor = client_of(make_user(RoleKind.AUDITOR))
    assert auditor.get(row.get_absolute_url()).status_code == 200
    assert auditor.post(page("rule_set_act", row.pk), {"do": "discard"}).status_code == 403
    stranger = client_of(make_user(RoleKind.ENTREPRENEUR))
    assert stranger.get(page("rule_set_list")).status_code == 403
    assert stranger.get(page("founding_text_list")).status_code == 403
    row.refresh_from_db()
    assert row.state == RuleSetState.DRAFT
    life.post(page("rule_set_act", row.pk), {"do": "discard"})
    row.refresh_from_db()
    assert row.state == RuleSetState.DISCARDED


def test_statutes_are_filed_and_read_by_associates() -> None:
    make_cooperative()
    boss = client_of(make_organiser())
    sent = {"kind": TextKind.STATUTES, "title": "Statuts", "valid_from": "2027-01-01", "decision": "AGE"}
    wrong = SimpleUploadedFile("statuts.txt", b"bonjour")
    assert boss.post(page("founding_text_file"), sent | {"file": wrong}).status_code == 422
    assert not FoundingText.objects.exists()
    good = SimpleUploadedFile("statuts.pdf", b"%PDF-1.7\n%%EOF")
    assert boss.post(page("founding_text_file"), sent | {"file": good}).status_code == 302
    filed = FoundingText.objects.get()
    member = client_of(make_member()[0])
    assert "Statuts" in text(member.get(page("founding_text_list")))
    assert member.get(reverse("core:document", args=[filed.document_id])).status_code == 200
    stranger = client_of(make_user(RoleKind.ENTREPRENEUR))
    assert stranger.get(reverse("core:document", args=[filed.document_id])).status_code in (403, 404)


def test_a_body_is_written_changed_and_closed_by_its_pages() -> None:
    boss = client_of(make_organiser())
    sent = {
        "name": "Conseil",
        "kind": BodyKind.BOARD,
        "seats_least": "3",
        "seats_most": "2",
        "electorate": "associates",
        "handover_days": "30",
    }
    answer = boss.post(page("body_open"), sent)
    assert (answer.status_code, "ne peut pas être inférieur" in text(answer)) == (422, True)
    boss.post(page("body_open"), sent | {"seats_most": "9"})
    body = Body.objects.get()
    late = sent | {"seats_most": "7", "version": "9"}
    assert boss.post(page("body_change", body.pk), late).status_code == 422
    boss.post(page("body_change", body.pk), late | {"version": "1"})
    body.refresh_from_db()
    assert (body.seats_most, body.version) == (7, 2)
    assert "de 3 à 7" in text(boss.get(body.get_absolute_url()))
    boss.post(page("body_act", body.pk), {"do": "close"})
    body.refresh_from_db()
    assert not body.is_active
    boss.post(page("body_act", body.pk), {"do": "reopen"})
    body.refresh_from_db()
    assert body.is_active


def test_a_mandate_is_opened_changed_and_ended_by_its_pages() -> None:
    boss, body, person = (
        client_of(make_organiser()),
        make_body(term_months=12),
        make_person(last_name="Aubry"),
    )
    answer = boss.get(page("mandate_open", body.pk))
    assert answer.status_code == 200
    last = TODAY() + timedelta(days=800)
    sent = {
        "person": str(person),
        "role": "Cogérante",
        "starts_on": TODAY().isoformat(),
        "ends_on": last.isoformat(),
        "decision": "AG du 12 juin",
    }
    answer = boss.post(page("mandate_open", body.pk), sent)
    assert (answer.status_code, "dépasse les 12 mois" in text(answer)) == (422, True)
    assert not Mandate.objects.exists()
    assert boss.post(page("mandate_open", body.pk), sent | {"despite": "on"}).status_code == 302
    row = Mandate.objects.get()
    shown = text(boss.get(body.get_absolute_url()))
    assert "Aubry" in shown
    assert "Aubry" in text(boss.get(page("mandate_list") + "?when=now"))
    assert "Aubry" not in text(boss.get(page("mandate_list") + "?when=past")).split("Rechercher")[-1]
    assert "Aubry" in text(boss.get(page("mandate_calendar")))
    change = {"role": "Gérante", "ends_on": last.isoformat(), "decision": "AG", "version": "1"}
    boss.post(page("mandate_change", row.pk), change)
    row.refresh_from_db()
    assert row.role == "Gérante"
    assert boss.get(page("mandate_end", row.pk)).status_code == 200
    end = {"cause": MandateEnd.OTHER, "on": TODAY().isoformat(), "note": "", "version": "2"}
    assert boss.post(page("mandate_end", row.pk), end).status_code == 422
    boss.post(page("mandate_end", row.pk), end | {"cause": MandateEnd.RESIGNATION})
    row.refresh_from_db()
    assert row.end_cause == MandateEnd.RESIGNATION


def test_the_mandates_of_an_election_are_opened_on_one_page() -> None:
    boss, body = client_of(make_organiser()), make_body(term_months=24)
    people = [make_person(), make_person()]
    election = make_election(body, people, rule_set=make_rule_set(manager_ballot="secret"))
    answer = boss.get(page("election_seat", election.pk))
    assert "Aucun résultat proclamé" in text(answer)
    assert "scrutin secret" in text(answer)
    proclaim(election, people)
    assert "Ouvrir les mandats de l’élection" in text(boss.get("/accueil/"))
    sent = {
        "seated": [str(person.pk) for person in people],
        "role": "Cogérant·e",
        "starts_on": TODAY().isoformat(),
        "ends_on": (TODAY() + timedelta(days=700)).isoformat(),
    }
    assert boss.post(page("election_seat", election.pk), sent).status_code == 302
    assert set(Mandate.objects.values_list("person", "rotation")) == {(people[0].pk, 1), (people[1].pk, 2)}
    assert boss.post(page("election_seat", election.pk), sent).status_code == 422
    assert Mandate.objects.count() == 2


def test_the_book_of_decisions_is_written_entrusted_and_done() -> None:
    boss, body = client_of(make_organiser()), make_body()
    doer = make_user(RoleKind.ENTREPRENEUR, last_name="Faure")
    sent = {"on": TODAY().isoformat(), "body": str(body.pk), "title": "Ouvrir un lieu", "text": "À Bègles."}
    boss.post(page("decision_write"), sent)
    row = Decision.objects.get()
    owed = {"owner": str(doer.person), "due_on": (TODAY() + timedelta(days=9)).isoformat(), "version": "1"}
    assert boss.post(page("decision_entrust", row.pk), owed).status_code == 302
    assert "Ouvrir un lieu" in text(boss.get(page("decision_list") + "?q=lieu"))
    theirs = client_of(doer)
    assert "Faire ce qui a été décidé : Ouvrir un lieu" in text(theirs.get("/accueil/"))
    assert theirs.get(page("decision_change", row.pk)).status_code == 403
    answer = theirs.post(page("decision_act", row.pk), {"do": "finish", "finish-outcome": " "})
    assert answer.status_code == 422
    theirs.post(page("decision_act", row.pk), {"do": "finish", "finish-outcome": "Bail signé."})
    row.refresh_from_db()
    assert (row.state, row.outcome) == (DecisionState.DONE, "Bail signé.")
    boss.post(page("decision_act", row.pk), {"do": "reopen"})
    boss.post(page("decision_act", row.pk), {"do": "settle"})
    row.refresh_from_db()
    assert row.state == DecisionState.NONE
    changed = sent | {"title": "Ouvrir deux lieux", "version": str(row.version)}
    assert boss.post(page("decision_change", row.pk), changed).status_code == 302
    stranger = client_of(make_user(RoleKind.ENTREPRENEUR))
    assert stranger.get(row.get_absolute_url()).status_code == 403


def test_an_associate_reads_the_governance_page_and_changes_nothing() -> None:
    body = make_body(seats_least=2)
    make_mandate(body, make_person(last_name="Aubry"), months=3)
    rule_set = make_rule_set()
    resolution = make_resolution(make_assembly(rule_set=rule_set))
    note_decision(resolution, on=TODAY(), text="Adopté.", actor=make_organiser())
    member = client_of(make_member()[0])
    shown = text(member.get(page("governance_page")))
    for word in ("Aubry", "Cogérance", resolution.title, "Les règles de décision en vigueur"):
        assert word in shown
    # What the contribution pays is read by those who decide it.
    assert "Le compte des services communs" in shown
    assert member.get(reverse("accounting:shared_services")).status_code == 200
    assert "Mandats à regarder" not in shown
    assert "Mandats à regarder" in text(client_of(make_organiser()).get(page("governance_page")))
    for name in ("body_list", "mandate_list", "mandate_calendar", "decision_list", "rule_set_list"):
        assert member.get(page(name)).status_code == 200
    assert member.get(body.get_absolute_url()).status_code == 200
    assert member.get(rule_set.get_absolute_url()).status_code == 200
    for name in ("body_open", "decision_write", "rule_set_draft", "founding_text_file"):
        assert member.get(page(name)).status_code == 403
    assert client_of(make_user(RoleKind.ENTREPRENEUR)).get(page("governance_page")).status_code == 403


def test_lists_cost_the_same_whatever_their_rows() -> None:
    boss = client_of(make_organiser())
    body = make_body()
    make_mandate(body)
    decision = Decision.objects.create(on=TODAY(), body=body, title="Une", owner=make_person())
    draft()
    urls = [page(name) for name in ("governance_page", "body_list", "mandate_list", "mandate_calendar")]
    urls += [
        page("decision_list"),
        page("rule_set_list"),
        body.get_absolute_url(),
        decision.get_absolute_url(),
    ]
    before = [cost(boss, url) for url in urls]
    for rank in range(29):
        other = make_body(name=f"Organe {rank}")
        make_mandate(other)
        Decision.objects.create(on=TODAY(), body=body, title=f"Décision {rank}", owner=make_person())
    Mandate.objects.bulk_create(
        Mandate(body=body, person=make_person(), role="x", starts_on=TODAY(), ends_on=DAY, decision="AG")
        for _rank in range(29)
    )
    assert [cost(boss, url) for url in urls] == before


def test_a_list_is_exported() -> None:
    boss = client_of(make_organiser())
    make_mandate(make_body(), make_person(last_name="Aubry"))
    sheet = boss.get(page("mandate_list") + "?export=csv").content.decode()
    assert "Aubry" in sheet
    assert "En cours" in sheet
