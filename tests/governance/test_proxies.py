"""A voice is given, left blank, taken back; what the rules refuse changes nothing, or is kept as refused."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from cae.core.canonical import sha256_of
from cae.core.errors import Code, IllegalMove, Refused
from cae.core.models import AuditEntry, Notice
from cae.core.signing import Hand
from governance.models import Assembly, Associate, College, Proxy, VotingRightEvent
from governance.selectors.representation import own_voices
from governance.selectors.standing import standing_at
from governance.services.attendance import arrive, leave
from governance.services.proxies import (
    ProxyData,
    Signing,
    change_instructions,
    enter_paper_proxy,
    give_proxy,
    revoke_proxy,
)
from governance.services.representation_files import archive_proxy, archive_waiting_proxies
from governance.states.assemblies import ProxyState
from tests.factories.governance import (
    call,
    make_assembly,
    make_associate,
    make_member,
    make_organiser,
    make_resolution,
    make_rule_set,
)
from tests.factories.kernel import make_cooperative
from tests.refusals import refused

pytestmark = pytest.mark.django_db
SIGNING = Signing(Hand("Ana Roy", typed="Ana Roy"))


@pytest.fixture
def ana() -> Any:
    return make_member()


@pytest.fixture
def bob() -> Any:
    return make_member()


@pytest.fixture
def assembly(ana: Any, bob: Any) -> Assembly:
    made = make_assembly(starts_at=timezone.now() + timedelta(days=10))
    for _user, associate in (ana, bob):
        call(made, associate)
    return made


def give(assembly: Assembly, member: Any, holder: Associate | None, **data: Any) -> Proxy:
    user, principal = member
    return give_proxy(
        assembly,
        principal=principal,
        data=ProxyData(holder, **data),
        signing=SIGNING,
        now=timezone.now(),
        actor=user,
    )


def opened(assembly: Assembly) -> Assembly:
    Assembly.objects.filter(pk=assembly.pk).update(state="open", opened_at=timezone.now())
    assembly.refresh_from_db()
    return assembly


def nothing_written(assembly: Assembly) -> bool:
    assembly.refresh_from_db()
    said = AuditEntry.objects.filter(verb__startswith="governance.").exists()
    return not Proxy.objects.exists() and assembly.pulse == 0 and not said


def test_a_proxy_is_given_signed_told_and_beats_the_pulse(assembly: Assembly, ana: Any, bob: Any) -> None:
    text = make_resolution(assembly)
    proxy = give(assembly, ana, bob[1], instructions={str(text.pk): "contre"}, message=" Merci ! ")
    assert (proxy.state, proxy.holder, proxy.message) == (ProxyState.GIVEN, bob[1], "Merci !")
    assert proxy.instructions == {str(text.pk): "contre"}
    assert proxy.signature is not None
    assert proxy.signature.typed == "Ana Roy"
    assert Notice.objects.get(user=bob[0]).subject == f"{ana[1]} vous donne son pouvoir"
    assembly.refresh_from_db()
    assert assembly.pulse == 1


def test_a_later_one_replaces_the_earlier_and_both_holders_know(
    assembly: Assembly, ana: Any, bob: Any
) -> None:
    first = give(assembly, ana, bob[1])
    cleo_user, cleo = make_member()
    second = give(assembly, ana, cleo)
    first.refresh_from_db()
    assert (first.state, first.ended_at) == (ProxyState.REPLACED, second.given_at)
    assert "quelqu’un d’autre" in Notice.objects.filter(user=bob[0]).latest("pk").subject
    assert Notice.objects.filter(user=cleo_user).exists()


def test_a_second_one_is_refused_where_the_rules_say_so(ana: Any, bob: Any) -> None:
    assembly = make_assembly(
        starts_at=timezone.now() + timedelta(days=10), rule_set=make_rule_set(proxy_later="refused")
    )
    first = give(assembly, ana, bob[1])
    with pytest.raises(Refused, match="retirez-le"):
        give(assembly, ana, make_associate())
    first.refresh_from_db()
    assert first.state == ProxyState.GIVEN
    assert Proxy.objects.count() == 1


@pytest.mark.parametrize(
    ("holder", "sentence"),
    [
        ("self", "On ne donne pas pouvoir à soi-même."),
        ("suspended", "sans droit de vote"),
        ("left", "sans droit de vote"),
    ],
)
def test_a_holder_who_may_not_is_refused(assembly: Assembly, ana: Any, holder: str, sentence: str) -> None:
    other = make_associate()
    if holder == "suspended":
        VotingRightEvent.objects.create(associate=other, kind="suspension", at=timezone.now(), reason="x")
    if holder == "left":
        Associate.objects.filter(pk=other.pk).update(left_on=timezone.localdate(), loss_cause="resignation")
    with pytest.raises(Refused, match=sentence) as caught:
        give(assembly, ana, ana[1] if holder == "self" else other)
    assert (caught.value.code, caught.value.field) == (Code.NOT_ALLOWED, "holder")
    assert nothing_written(assembly)


def test_above_the_cap_on_an_account_nothing_is_written(assembly: Assembly, ana: Any, bob: Any) -> None:
    """Under twenty associates: one voice besides one’s own."""
    give(assembly, ana, bob[1])
    with pytest.raises(Refused, match="porte déjà un pouvoir"):
        give(assembly, make_member(), bob[1])
    assert Proxy.objects.count() == 1


def test_above_the_cap_on_paper_is_kept_refused_and_the_giver_told(
    assembly: Assembly, ana: Any, bob: Any
) -> None:
    give(assembly, ana, bob[1])
    cleo_user, cleo = make_member()
    proxy = enter_paper_proxy(
        assembly, principal=cleo, data=ProxyData(bob[1]), now=timezone.now(), actor=make_organiser()
    )
    assert proxy.state == ProxyState.REFUSED
    assert "porte déjà un pouvoir" in proxy.reason
    told = Notice.objects.get(user=cleo_user)
    assert (told.subject, told.text) == ("Votre pouvoir n’a pas pu être retenu", proxy.reason)
    # Cléo may choose somebody else.
    again = enter_paper_proxy(
        assembly, principal=cleo, data=ProxyData(ana[1]), now=timezone.now(), actor=make_organiser()
    )
    assert again.state == ProxyState.GIVEN


def test_a_college_holds_its_own_proxies_where_the_rules_say_so(ana: Any) -> None:
    assembly = make_assembly(
        starts_at=timezone.now() + timedelta(days=10), rule_set=make_rule_set(proxy_holders="same_college")
    )
    other = make_associate(college=College.objects.create(name="Bénéficiaires"))
    with pytest.raises(Refused, match="même collège"):
        give(assembly, ana, other)
    assert not Proxy.objects.exists()


def test_a_blank_one_speaks_by_itself_unless_the_rules_refuse_it(assembly: Assembly, ana: Any) -> None:
    proxy = give(assembly, ana, None)
    assert standing_at(assembly, timezone.now()).blank == {ana[1].pk}
    assert proxy.holder is None
    strict = make_assembly(
        starts_at=timezone.now() + timedelta(days=10), rule_set=assembly.rule_set, room_key="", screen_key=""
    )
    Assembly.objects.filter(pk=strict.pk).update(state="cancelled", cancel_reason="x")
    Assembly.objects.filter(pk=strict.pk).update(rules=strict.rules | {"blank_proxy": "refused"})
    Assembly.objects.filter(pk=strict.pk).update(state="convened", cancel_reason="")
    strict.refresh_from_db()
    with pytest.raises(Refused, match="n’admettent pas de pouvoir en blanc"):
        give(strict, ana, None)
    assert strict.proxies.count() == 0


def test_a_blank_one_carries_no_instruction_that_nobody_would_follow(assembly: Assembly, ana: Any) -> None:
    resolution = make_resolution(assembly)
    with pytest.raises(Refused, match="ne porte pas de consigne") as refusal:
        give(assembly, ana, None, instructions={str(resolution.pk): "contre"})
    assert refusal.value.field == "blank"
    assert nothing_written(assembly)


def test_who_named_somebody_suspended_since_is_told_on_their_page(
    assembly: Assembly, ana: Any, bob: Any
) -> None:
    give(assembly, ana, bob[1])
    (mine,) = own_voices(assembly, ana[0], timezone.now())
    assert not mine.is_unheard
    VotingRightEvent.objects.create(associate=bob[1], kind="suspension", at=timezone.now(), reason="x")
    (mine,) = own_voices(assembly, ana[0], timezone.now())
    assert (mine.is_unheard, mine.may_vote) == (True, True)
    arrive(opened(assembly), associate=bob[1], now=timezone.now(), actor=None)
    assert standing_at(assembly, timezone.now()).holder_of == {}


def test_a_suspended_principal_has_no_voice_to_give(assembly: Assembly, ana: Any, bob: Any) -> None:
    VotingRightEvent.objects.create(associate=ana[1], kind="suspension", at=timezone.now(), reason="x")
    with pytest.raises(Refused, match="n’a pas le droit de vote"):
        give(assembly, ana, bob[1])
    assert nothing_written(assembly)


def test_an_instruction_of_another_agenda_is_refused(assembly: Assembly, ana: Any, bob: Any) -> None:
    text = make_resolution(assembly)
    for instructions in ({"999999": "pour"}, {str(text.pk): "peut-être"}):
        with pytest.raises(Refused, match="ne correspond à aucune résolution"):
            give(assembly, ana, bob[1], instructions=instructions)
    assert nothing_written(assembly)


@pytest.mark.parametrize("state", ["draft", "open", "closed", "cancelled"])
def test_outside_its_time_nothing_is_given(ana: Any, bob: Any, state: str) -> None:
    fields = {"cancel_reason": "x"} if state == "cancelled" else {}
    assembly = make_assembly(state=state, rule_set=make_rule_set(), **fields)
    with pytest.raises(IllegalMove):
        give(assembly, ana, bob[1])
    assert not Proxy.objects.exists()


def test_one_takes_it_back_until_the_opening_and_the_holder_knows(
    assembly: Assembly, ana: Any, bob: Any
) -> None:
    proxy = revoke_proxy(give(assembly, ana, bob[1]), now=timezone.now(), actor=ana[0])
    assert (proxy.state, proxy.ended_at is not None) == (ProxyState.REVOKED, True)
    assert Notice.objects.filter(user=bob[0]).latest("pk").subject == f"{ana[1]} retire son pouvoir"
    with pytest.raises(IllegalMove, match="n’est plus en vigueur"):
        revoke_proxy(proxy, now=timezone.now(), actor=ana[0])


def test_in_the_sitting_one_takes_it_back_while_it_sleeps_only(
    assembly: Assembly, ana: Any, bob: Any
) -> None:
    proxy = give(assembly, ana, bob[1])
    opened(assembly)
    arrive(assembly, associate=bob[1], now=timezone.now(), actor=bob[0])
    with pytest.raises(IllegalMove, match="s’exerce"):
        revoke_proxy(proxy, now=timezone.now(), actor=ana[0])
    proxy.refresh_from_db()
    assert proxy.state == ProxyState.GIVEN
    arrive(assembly, associate=ana[1], now=timezone.now(), actor=ana[0])
    assert revoke_proxy(proxy, now=timezone.now(), actor=ana[0]).state == ProxyState.REVOKED


def test_the_principal_is_told_when_it_wakes_and_when_it_sleeps(
    assembly: Assembly, ana: Any, bob: Any
) -> None:
    give(assembly, ana, bob[1])
    opened(assembly)
    desk = make_organiser()

    def last() -> str:
        return Notice.objects.filter(user=ana[0]).latest("pk").subject

    arrive(assembly, associate=bob[1], now=timezone.now(), actor=desk)
    assert last() == f"{bob[1]} est là et vote en votre nom"
    leave(assembly, associate=bob[1], now=timezone.now(), actor=desk)
    assert last() == "Votre pouvoir dort"
    arrive(assembly, associate=bob[1], now=timezone.now(), actor=desk)
    arrive(assembly, associate=ana[1], now=timezone.now(), actor=desk)
    assert last() == "Vous êtes là : votre pouvoir dort"


def test_instructions_change_before_the_sitting_only(assembly: Assembly, ana: Any, bob: Any) -> None:
    text = make_resolution(assembly)
    proxy = give(assembly, ana, bob[1])
    said = {str(text.pk): "pour"}
    row = change_instructions(proxy, instructions=said, message="", now=timezone.now(), actor=ana[0])
    assert row.instructions == said
    assert Notice.objects.filter(user=bob[0]).latest("pk").subject == f"{ana[1]} a changé ses consignes"
    with refused(Code.ALREADY_DONE):
        change_instructions(proxy, instructions=said, message=" ", now=timezone.now(), actor=ana[0])
    said, before = {str(text.pk): "contre"}, said
    change_instructions(proxy, instructions=said, message="", now=timezone.now(), actor=ana[0])
    told = AuditEntry.objects.filter(verb="governance.proxy.instruct").latest("pk")
    # The journal tells that they changed, never how somebody votes.
    assert told.detail == {"seal": sha256_of(before)}
    opened(assembly)
    with pytest.raises(IllegalMove):
        change_instructions(proxy, instructions={}, message="", now=timezone.now(), actor=ana[0])
    proxy.refresh_from_db()
    assert proxy.instructions == said


def test_the_pdf_of_a_proxy_is_made_once_and_swept(assembly: Assembly, ana: Any, bob: Any) -> None:
    make_cooperative()
    proxy = give(assembly, ana, bob[1])
    document = archive_proxy(proxy.pk)
    assert document is not None
    assert document.mime == "application/pdf"
    assert archive_proxy(proxy.pk) == document
    Proxy.objects.filter(pk=proxy.pk).update(pdf=None)
    assert archive_waiting_proxies() == 1
    assert archive_waiting_proxies() == 0
