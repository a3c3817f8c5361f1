"""What waits in the kernel and about people: only for who can act, with its date, gone once done."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from cae.core import audit, facts, parameters, settings, todo
from cae.core.facts import Coming, Due, Todo
from cae.core.importing import runs
from cae.core.models import EmailState, Job, JobState, OutgoingEmail, PersonalLink
from cae.core.parameters import Parameter
from cae.core.questions import Given, Pile
from people.models import User
from people.selectors.todo import AWAITED as OF_PEOPLE
from people.services.accounts import plan_closing
from people.services.invitations import PreparedRole, invite_person
from people.states import RoleKind
from tests.factories.imports import sample_import
from tests.factories.people import make_person, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


def _found(user: User) -> list[Todo]:
    """What the kernel shows a person: its piles, then what it asks apart."""
    today = timezone.localdate()
    return [*facts.awaited_in(todo.AWAITED, user, today), *todo.todos(user, today)]


def _of_people(user: User, today: date) -> list[Todo]:
    return facts.awaited_in(OF_PEOPLE, user, today)


def labels(user: User) -> list[str]:
    return [found.label for found in _found(user)]


def test_a_sheet_tried_and_never_imported_waits_for_who_brought_it() -> None:
    user, spec = make_user(), sample_import()
    run = runs.open_import(spec, content=b"Nom\nA\n", name="vues.csv", target="a", actor=user)
    found = _found(user)
    assert [(one.label, one.url, one.since) for one in found] == [
        ("Finir l’import de « vues.csv »", run.get_absolute_url(), timezone.localdate())
    ]
    assert labels(make_user()) == []
    runs.open_import(spec, content=b"Nom\nA\n", name="autres.csv", target="a", actor=user)
    assert labels(user) == ["Finir 2 imports"]
    for one in user_runs(user):
        runs.discard_import(one, actor=user)
    assert labels(user) == []


def user_runs(user: User) -> Any:
    return runs.ImportRun.objects.filter(author=user)


def test_a_job_that_failed_waits_a_month() -> None:
    user = make_user()
    job = Job.objects.create(
        task="core.seal_audit", label="Essai", author=user, state=JobState.FAILED, ended_at=timezone.now()
    )
    assert labels(user) == ["Relancer 1 travail échoué"]
    assert labels(make_user()) == []
    Job.objects.filter(pk=job.pk).update(ended_at=timezone.now() - timedelta(days=31))
    assert labels(user) == []


def test_mails_and_parameters_wait_for_who_may_act(monkeypatch: pytest.MonkeyPatch) -> None:
    admin, accountant = make_user(RoleKind.ADMINISTRATOR), make_user(RoleKind.ACCOUNTANT)
    with time_machine.travel(timezone.now() - timedelta(days=9)):
        audit.record(admin, "essai.ouverture", admin)
    doubtful = Parameter("essai.doute", "integer", "3", "Essai", "", to_confirm=True)
    monkeypatch.setattr(todo, "PARAMETERS", {"essai.doute": doubtful})
    monkeypatch.setitem(parameters.PARAMETERS, "essai.doute", doubtful)
    OutgoingEmail.objects.create(
        to="a@exemple.fr", subject="x", text="x", html="x", cause="x", state=EmailState.FAILED, message_id="1"
    )
    assert labels(admin) == ["Renvoyer 1 e-mail non remis", "Confirmer 1 paramètre"]
    assert _found(admin)[-1].since == timezone.localdate() - timedelta(days=9)
    assert labels(accountant) == []
    settings.set_setting(
        "essai.doute", value="4", valid_from=timezone.localdate(), actor=admin, reason="voté"
    )
    OutgoingEmail.objects.update(state=EmailState.KEPT)
    assert labels(admin) == []


def test_an_invitation_without_an_answer_waits_after_a_week() -> None:
    today, admin = timezone.localdate(), make_user(RoleKind.ADMINISTRATOR)
    person = make_person()
    invite_person(person, actor=admin, now=timezone.now(), roles=(PreparedRole(RoleKind.CANDIDATE, today),))
    assert _of_people(admin, today) == []
    PersonalLink.objects.update(created_at=timezone.now() - timedelta(days=8))
    found = _of_people(admin, today)
    assert [(one.label, one.since) for one in found] == [
        ("Relancer 1 personne invitée", timezone.localdate() - timedelta(days=8))
    ]
    assert _of_people(make_user(RoleKind.ACCOUNTANT), today) == []


def test_an_account_about_to_close_is_announced_to_who_closes_it() -> None:
    today, admin, leaving = timezone.localdate(), make_user(RoleKind.ADMINISTRATOR), make_user()
    ends = today + timedelta(days=10)
    plan_closing(leaving, closes_on=ends, reason="Fin de contrat", actor=admin, on=today)
    found = _of_people(admin, today)
    assert [(one.label, one.due) for one in found] == [("Préparer la fermeture de 1 compte", ends)]
    assert leaving.person is not None
    assert found[0].url == leaving.person.get_absolute_url()
    assert _of_people(make_user(RoleKind.ADVISOR), today) == []
    User.objects.filter(pk=leaving.pk).update(closes_on=today + timedelta(days=31))
    assert _of_people(admin, today) == []


def test_what_waits_bears_the_name_of_its_room(monkeypatch: pytest.MonkeyPatch) -> None:
    today = timezone.localdate()
    monkeypatch.setattr(facts, "_todos", [])
    monkeypatch.setattr(facts, "_awaited", [])

    def ours(user: Any, day: Any) -> list[Todo]:
        return [Todo("Un", "/"), Todo("Deux", "/", group="Ailleurs")]

    ours.__module__ = "people.selectors.todo"
    facts.provide_todo(ours)
    assert [str(one.group) for one in facts.todos_of(None, today)] == ["Personnes", "Ailleurs"]


def _closing_in(days: int) -> Coming:
    """The accounts that close in so many days, as one kind of date to come."""
    closing = Pile(f"tests.{days}", lambda: (User.objects.filter(closes_on=Given("on")), "closes_on"))

    def told(user: Any, today: date) -> dict[str, Any]:
        return {"on": today + timedelta(days=days)}

    return Coming(closing, told, lambda user, today: Due(str(days), today + timedelta(days=days), "/"))


def test_the_next_date_is_the_nearest_to_come(monkeypatch: pytest.MonkeyPatch) -> None:
    today = timezone.localdate()
    monkeypatch.setattr(facts, "_coming", [])
    for days in (9, 5, 2):
        facts.provide_coming(_closing_in(days))
    assert facts.next_due(None, today) is None
    for days in (9, 5):
        User.objects.filter(pk=make_user().pk).update(closes_on=today + timedelta(days=days))
    found = facts.next_due(None, today)
    assert found is not None
    assert found.label == "5"


def test_a_pile_bears_a_name_of_its_own() -> None:
    with pytest.raises(ValueError, match="provided twice"):
        facts.provide_awaited(OF_PEOPLE)


def test_a_mail_that_came_back_waits_for_whoever_sent_it_until_another_leaves() -> None:
    author, other = make_user(), make_user()
    facts = {"subject": "Devis", "text": "x", "html": "x", "cause": "x", "created_by": author}
    about = {"about_type": "core.job", "about_id": "7"}
    lost = OutgoingEmail.objects.create(
        to="inconnu@exemple.fr", state=EmailState.FAILED, message_id="1", **facts, **about
    )
    line = "Vérifier l’adresse inconnu@exemple.fr : « Devis » n’est pas arrivé"
    assert labels(author) == [line]
    assert labels(other) == []
    OutgoingEmail.objects.create(
        to="connu@exemple.fr", message_id="2", **facts, about_type="core.job", about_id="8"
    )
    assert labels(author) == [line]
    OutgoingEmail.objects.create(to="connu@exemple.fr", message_id="3", **facts, **about)
    assert labels(author) == []
    lost.delete()
    for number in range(7):
        OutgoingEmail.objects.create(
            to="x@exemple.fr", state=EmailState.FAILED, message_id=f"a{number}", **facts
        )
    assert len(labels(author)) == 5
