"""Acting for a person who asks for it: who may, under both names, never for what is theirs alone (PEO-04)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import connection, transaction
from django.db.utils import Error
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, get_resolver, reverse
from django.urls.converters import UUIDConverter
from django.utils import timezone

from cae.core.errors import Code, Forbidden, Refused
from cae.core.models import AuditEntry, Notice, OutgoingEmail
from cae.core.permissions import in_person
from cae.core.tasks import mail_notices
from people.models import Assistance, User
from people.selectors.assistance import may_act_for
from people.services.assistance import end_assistance, start_assistance
from people.services.persons import PersonData, save_person
from people.services.roles import end_role
from people.services.scopes import save_portfolio
from people.states import GUARDED_KINDS, RoleKind
from tests.browser.addresses import addresses
from tests.factories.people import make_admin, make_member, make_role, make_scope, make_user
from tests.pages import client_of, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]

OWN = "account_", "mfa_"


def followed() -> tuple[User, User]:
    """An advisor, and an entrepreneur of their portfolio."""
    helped, scope = make_user(RoleKind.ENTREPRENEUR), make_scope()
    assert helped.person is not None
    make_member(helped.person, scope)
    portfolio = save_portfolio(None, label="Suivi", scopes=[scope], actor=None)
    return make_user(RoleKind.ADVISOR, scope=portfolio), helped


def start(helper: User, helped: User) -> Assistance:
    assert helped.person is not None
    return start_assistance(helped.person, reason="ne trouve pas", actor=helper, now=timezone.now())


def acting(helper: User, helped: User) -> Client:
    """The browser of the helper, at work under the other's name."""
    client = client_of(helper)
    assert helped.person is not None
    url = reverse("people:assistance_start", args=[helped.person.pk])
    assert client.post(url, {"reason": "ne trouve pas"})["Location"] == reverse("portal:home")
    return client


class TestWho:
    def test_an_advisor_for_those_they_follow(self) -> None:
        helper, helped = followed()
        assert may_act_for(helper, helped.person)
        assert not may_act_for(helper, make_user(RoleKind.ENTREPRENEUR).person)
        assert not may_act_for(helper, helper.person)

    @pytest.mark.parametrize("kind", sorted(GUARDED_KINDS))
    def test_nobody_gains_a_right(self, kind: str) -> None:
        """An account of the team lends its name only to who holds its roles already."""
        helper, helped = followed()
        assert helped.person is not None
        make_role(helped.person, kind)
        assert not may_act_for(User.objects.get(pk=helper.pk), helped.person)
        admin = make_admin()
        assert may_act_for(admin, helped.person) is (kind == RoleKind.ADMINISTRATOR)
        assert admin.person is not None
        if kind != RoleKind.ADMINISTRATOR:
            make_role(admin.person, kind)
            assert may_act_for(User.objects.get(pk=admin.pk), helped.person)

    @pytest.mark.parametrize(
        "kind", [kind for kind in RoleKind.values if kind not in ("administrator", "advisor")]
    )
    def test_no_other_role_helps_so(self, kind: str) -> None:
        assert not may_act_for(make_user(kind), make_user(RoleKind.ENTREPRENEUR).person)

    def test_neither_a_closed_account_nor_none(self) -> None:
        admin, helped = make_admin(), make_user(RoleKind.ENTREPRENEUR)
        User.objects.filter(pk=helped.pk).update(closes_on=timezone.localdate())
        assert helped.person is not None
        helped.person.refresh_from_db()
        assert not may_act_for(admin, helped.person)
        User.objects.filter(pk=helped.pk).update(closes_on=None, is_active=False)
        helped.person.refresh_from_db()
        assert not may_act_for(admin, helped.person)

    @pytest.mark.parametrize("reason", ["", "  "])
    def test_a_reason_is_due(self, reason: str) -> None:
        helper, helped = followed()
        assert helped.person is not None
        with pytest.raises(Refused) as refusal:
            start_assistance(helped.person, reason=reason, actor=helper, now=timezone.now())
        assert refusal.value.code == Code.VALUE_MISSING
        assert not Assistance.objects.exists()
        assert not Notice.objects.exists()

    def test_the_service_refuses_what_the_page_would(self) -> None:
        helper, _helped = followed()
        for nobody in (helper, make_user(RoleKind.ENTREPRENEUR), make_user(RoleKind.ACCOUNTANT)):
            with pytest.raises(Refused) as refusal:
                start(helper, nobody)
            assert refusal.value.code == Code.NOT_ALLOWED
        assert not Assistance.objects.exists()


class TestUnderBothNames:
    def test_every_act_bears_both(self) -> None:
        helper, helped = followed()
        client = acting(helper, helped)
        assert helped.person is not None
        client.post(reverse("people:account"), {"language": "fr", "theme": "dark", "density": "comfort"})
        entry = AuditEntry.objects.get(verb="people.account.preferences")
        assert (entry.actor, entry.real_actor) == (helped, helper)
        admin = client_of(make_admin())
        page = text(admin.get(reverse("core:journal")))
        assert f"{helped}, par l’intermédiaire de {helper}" in page
        found = text(admin.get(reverse("core:journal") + f"?q={helper.email}"))
        assert "Préférences changées" in found

    def test_a_service_called_by_such_a_request_needs_know_nothing(self) -> None:
        helper, helped = followed()
        client = acting(helper, helped)
        person = helped.person
        assert person is not None
        data = {"first_name": "Nouvelle", "last_name": person.last_name, "country": "FR", "version": 1}
        client.post(reverse("people:person_edit", args=[person.pk]), data)
        entry = AuditEntry.objects.get(verb="people.person.change")
        assert (entry.actor, entry.real_actor) == (helped, helper)
        # Outside of that request, the same service bears one name again.
        person.refresh_from_db()
        again = PersonData(first_name="Encore", last_name=person.last_name)
        save_person(person, data=again, actor=helped, now=timezone.now())
        assert AuditEntry.objects.filter(verb="people.person.change").latest("pk").real_actor is None

    def test_beginning_and_end_are_the_helpers(self) -> None:
        helper, helped = followed()
        client = acting(helper, helped)
        client.post(reverse("people:assistance_stop"))
        acts = AuditEntry.objects.filter(verb__startswith="people.assistance").order_by("pk")
        assert [(act.verb, act.actor, act.real_actor) for act in acts] == [
            ("people.assistance.start", helper, None),
            ("people.assistance.end", helper, None),
        ]

    def test_the_person_is_told_at_once_and_reads_what_was_done(self) -> None:
        helper, helped = followed()
        client = acting(helper, helped)
        mail_notices()
        mail = OutgoingEmail.objects.get(cause="people.assistance")
        assert mail.to == helped.email
        assert str(helper) in mail.subject
        assert "ne trouve pas" in mail.text
        client.post(reverse("people:account"), {"language": "fr", "theme": "dark", "density": "comfort"})
        own = client_of(helped)
        page = text(own.get(reverse("people:assistance_list")))
        for words in (str(helper), "En cours", "ne trouve pas", "Préférences changées"):
            assert words in page
        client.post(reverse("people:assistance_stop"))
        assert "En cours" not in text(own.get(reverse("people:assistance_list")))
        nobody = text(client_of(make_user()).get(reverse("people:assistance_list")))
        assert "Personne n’a agi en votre nom." in nobody

    def test_a_spell_is_kept_as_it_was(self) -> None:
        row = start(*followed())
        end_assistance(row, actor=row.helper, now=timezone.now())
        for change in ({"reason": "autre"}, {"ended_at": None}):
            with pytest.raises(Error), transaction.atomic():
                Assistance.objects.filter(pk=row.pk).update(**change)
        with pytest.raises(Error), transaction.atomic():
            Assistance.objects.all().delete()


class TestSession:
    def test_the_banner_is_on_every_page(self) -> None:
        helper, helped = followed()
        client = acting(helper, helped)
        for name in ("portal:home", "people:account", "invoicing:invoice_list", "portal:help"):
            page = text(client.get(reverse(name)))
            assert f"Vous agissez pour {helped}" in page, name
            assert "Motif : ne trouve pas" in page
        for missing in ("/une-page-qui-n-existe-pas/", reverse("people:assistance_stop")):
            assert f"Vous agissez pour {helped}" in text(client.get(missing)), missing
        client.post(reverse("people:assistance_stop"))
        assert "Vous agissez pour" not in text(client.get(reverse("portal:home"), follow=True))

    def test_one_sees_what_the_person_sees_then_ones_own_again(self) -> None:
        helper, helped = followed()
        client = acting(helper, helped)
        assert client.get(reverse("people:person_list")).status_code == 403
        back = client.post(reverse("people:assistance_stop"))
        assert helped.person is not None
        assert back["Location"] == helped.person.get_absolute_url()
        assert client.get(reverse("people:person_list")).status_code == 200

    def test_it_is_over_after_an_hour_and_nothing_is_done_in_ones_own_name(self) -> None:
        helper, helped = followed()
        with time_machine.travel(timezone.now(), tick=False) as clock:
            client = acting(helper, helped)
            clock.shift(timedelta(minutes=59))
            assert client.get(reverse("people:account")).context["user"] == helped
            clock.shift(timedelta(minutes=1))
            typed = {"language": "en", "theme": "dark", "density": "comfort"}
            answer = client.post(reverse("people:account"), typed)
            assert helped.person is not None
            assert answer["Location"] == helped.person.get_absolute_url()
            assert "Le temps est écoulé" in text(client.get(answer["Location"]))
        for user in (helper, helped):
            user.refresh_from_db()
            assert user.language == "fr"
        assert not AuditEntry.objects.filter(verb="people.account.preferences").exists()

    def test_htmx_is_sent_to_the_whole_page(self) -> None:
        helper, helped = followed()
        with time_machine.travel(timezone.now(), tick=False) as clock:
            client = acting(helper, helped)
            clock.shift(timedelta(minutes=61))
            answer = client.get(reverse("invoicing:invoice_list"), headers={"HX-Request": "true"})
            assert helped.person is not None
            assert answer["HX-Redirect"] == helped.person.get_absolute_url()

    def test_it_ends_with_the_role_that_allowed_it(self) -> None:
        helper, helped = followed()
        client = acting(helper, helped)
        assert helper.person is not None
        yesterday = timezone.localdate() - timedelta(days=1)
        end_role(helper.person.roles.get(), last_day=yesterday, reason="x", actor=None, now=timezone.now())
        assert client.get(reverse("people:account")).status_code == 302
        page = client.get(reverse("people:account"))
        assert page.context["user"] == helper
        assert "Cela ne vous est plus permis" in text(page)

    def test_it_ends_in_one_browser_when_it_begins_in_another(self) -> None:
        helper, helped = followed()
        first, _second = acting(helper, helped), acting(helper, helped)
        typed = {"language": "en", "theme": "dark", "density": "comfort"}
        assert first.post(reverse("people:account"), typed).status_code == 302
        assert "Arrêté depuis une autre page" in text(first.get(reverse("people:account")))
        helped.refresh_from_db()
        assert helped.language == "fr"

    def test_it_ends_when_the_person_gains_a_role_of_the_team(self) -> None:
        helper, helped = followed()
        client = acting(helper, helped)
        assert helped.person is not None
        make_role(helped.person, RoleKind.ACCOUNTANT)
        assert client.get(reverse("accounting:entry_list")).status_code == 302
        assert client.get(reverse("people:account")).context["user"] == helper

    def test_the_spell_of_another_session_lends_nothing(self) -> None:
        helper, helped = followed()
        row = start(helper, helped)
        thief = client_of(make_user(RoleKind.ADVISOR))
        session = thief.session
        session["assistance"] = row.pk
        session.save()
        assert thief.get(reverse("people:account")).status_code == 302
        assert thief.get(reverse("people:account")).context["user"] != helped

    def test_beginning_another_ends_the_first(self) -> None:
        admin = make_admin()
        first, second = (make_user(RoleKind.ENTREPRENEUR) for _ in range(2))
        row = start(admin, first)
        start(admin, second)
        row.refresh_from_db()
        assert row.ended_at is not None

    def test_signing_out_gives_the_name_back(self) -> None:
        helper, helped = followed()
        client = acting(helper, helped)
        client.post(reverse("account_logout"))
        assert Assistance.objects.get().ended_at is not None
        assert client.get(reverse("people:account")).status_code == 302

    def test_stopping_without_having_begun_goes_home(self) -> None:
        answer = client_of(make_user()).post(reverse("people:assistance_stop"))
        assert answer["Location"] == reverse("portal:home")


def own_pages() -> list[str]:
    """The pages of the account itself, all of allauth's but the way out, and ours that say `@in_person`."""
    found = []
    for name, pattern in addresses():
        ours = getattr(pattern.callback, "in_person", False)
        if ours or (name.startswith(OWN) and name != "account_logout"):
            found.append(name)
    return sorted(found)


def filled(name: str, pattern: URLPattern) -> str:
    if name == "account_reset_password_from_key":
        return reverse(name, kwargs={"uidb36": "a", "key": "b-c"})
    if name in ("mfa_edit_webauthn", "mfa_remove_webauthn"):
        return reverse(name, args=[1])
    kinds = pattern.pattern.converters
    asked = pattern.pattern.regex.groupindex
    return reverse(
        name, args=[uuid4() if isinstance(kinds.get(one), UUIDConverter) else "1" for one in asked]
    )


class TestInPersonOnly:
    def test_the_walk_finds_them(self) -> None:
        pages = own_pages()
        for name in (
            "account_change_password",
            "account_email",
            "mfa_add_webauthn",
            "mfa_activate_totp",
            "people:session_close",
            "people:session_list",
            "people:assistance_start",
        ):
            assert name in pages

    def test_no_page_of_the_account_itself_opens(self) -> None:
        helper, helped = followed()
        client = acting(helper, helped)
        before = list(User.objects.order_by("pk").values())
        patterns = dict(addresses())
        for name in own_pages():
            url = filled(name, patterns[name])
            for answer in (client.get(url), client.post(url, {"password1": "x", "email": "x@exemple.fr"})):
                assert answer.status_code == 403, name
                assert "Cela ne se fait qu’en personne" in text(answer), name
        assert list(User.objects.order_by("pk").values()) == before
        assert get_resolver() is not None

    def test_a_view_so_marked_refuses(self) -> None:
        @in_person
        def ballot(_request: HttpRequest) -> HttpResponse:
            return HttpResponse("a voté")

        request = HttpRequest()
        assert ballot(request).content == "a voté".encode()
        request.assistance = object()  # type: ignore[attr-defined]
        with pytest.raises(Forbidden):
            ballot(request)


class TestPages:
    def test_the_button_stands_for_who_may(self) -> None:
        helper, helped = followed()
        assert helped.person is not None
        url = helped.person.get_absolute_url()
        assert "Agir pour cette personne" in text(client_of(helper).get(url))
        hr = make_user(RoleKind.HUMAN_RESOURCES)
        assert "Agir pour cette personne" not in text(client_of(hr).get(url))

    def test_the_form_asks_why(self) -> None:
        helper, helped = followed()
        client = client_of(helper)
        assert helped.person is not None
        url = reverse("people:assistance_start", args=[helped.person.pk])
        assert "une heure au plus" in text(client.get(url))
        assert client.post(url, {"reason": ""}).status_code == 422
        assert not Assistance.objects.exists()

    def test_out_of_reach_is_out_of_sight(self) -> None:
        helper, _helped = followed()
        stranger = make_user(RoleKind.ENTREPRENEUR)
        assert stranger.person is not None
        url = reverse("people:assistance_start", args=[stranger.person.pk])
        assert client_of(helper).post(url, {"reason": "x"}).status_code == 404

    def test_a_colleague_is_refused(self) -> None:
        colleague = make_user(RoleKind.ACCOUNTANT)
        assert colleague.person is not None
        url = reverse("people:assistance_start", args=[colleague.person.pk])
        assert client_of(make_admin()).post(url, {"reason": "x"}).status_code == 403
        assert not Assistance.objects.exists()

    def test_the_list_costs_the_same_whatever_was_done(self, django_assert_max_num_queries: Any) -> None:
        helper, helped = followed()
        own = client_of(helped)
        own.get(reverse("people:assistance_list"))
        with CaptureQueriesContext(connection) as few:
            own.get(reverse("people:assistance_list"))
        asked = len(few)
        for _again in range(5):
            client = acting(helper, helped)
            client.post(reverse("people:account"), {"language": "fr", "theme": "dark", "density": "comfort"})
        with django_assert_max_num_queries(asked):
            own.get(reverse("people:assistance_list"))
