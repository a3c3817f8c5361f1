"""The journal is written once, sealed once, and a change behind its back is found."""

import pytest
from django.db import connection, transaction
from django.db.utils import Error

from cae.core import audit
from cae.core.models import AuditEntry
from tests.factories.kernel import make_author, make_cooperative
from tests.tampering import triggers_off

pytestmark = pytest.mark.django_db


def three_acts() -> list[AuditEntry]:
    coop, actor = make_cooperative(), make_author()
    return [audit.record(actor, f"test.{n}", coop, detail={"n": n, "mot": "été"}) for n in range(3)]


def test_an_act_names_its_author_its_verb_and_its_object() -> None:
    entry = three_acts()[0]
    assert (entry.actor.email, entry.verb, entry.about_label) == (
        "claire@example.org",
        "test.0",
        "Coopérative d’essai",
    )
    assert entry.about_type == "core.cooperative"


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE core_auditentry SET verb = 'autre'",
        "DELETE FROM core_auditentry",
        "TRUNCATE core_auditentry CASCADE",
        "UPDATE core_auditentry SET actor_id = NULL",
    ],
)
def test_raw_sql_can_neither_change_nor_delete_an_act(sql: str) -> None:
    three_acts()
    with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert sorted(AuditEntry.objects.values_list("verb", flat=True)) == ["test.0", "test.1", "test.2"]


def test_sealing_chains_every_act_once() -> None:
    three_acts()
    assert audit.seal_waiting() == 3
    assert audit.seal_waiting() == 0
    assert list(AuditEntry.objects.order_by("pk").values_list("rank", flat=True)) == [1, 2, 3]
    assert list(audit.faults()) == []


def test_a_seal_is_given_once_for_all() -> None:
    three_acts()
    audit.seal_waiting()
    with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE core_auditentry SET rank = rank + 10, seal = 'x'")
    assert list(audit.faults()) == []


@pytest.mark.parametrize(
    ("sql", "found"),
    [
        ("UPDATE core_auditentry SET verb = 'autre' WHERE rank = 2", ["rang 2 a été modifiée"]),
        ("DELETE FROM core_auditentry WHERE rank = 2", ["rang 2 manque", "rang 3 a été modifiée"]),
    ],
)
def test_a_change_made_with_the_triggers_off_is_found(sql: str, found: list[str]) -> None:
    three_acts()
    audit.seal_waiting()
    with triggers_off() as cursor:
        cursor.execute(sql)
    faults = list(audit.faults())
    assert len(faults) == len(found)
    assert all(part in fault for part, fault in zip(found, faults, strict=True))


def test_an_act_done_for_somebody_bears_both_names() -> None:
    """Services say who the act is for; who really did it comes from the request (PEO-04)."""
    asker, helper = make_author("demandeuse@example.org"), make_author("aide@example.org")
    with audit.acting_through(helper):
        both = audit.record(asker, "core.setting.set", asker)
        own = audit.record(helper, "core.setting.set", asker)
        house = audit.record(None, "core.setting.set", asker)
    after = audit.record(asker, "core.setting.set", asker)
    assert [entry.real_actor for entry in (both, own, house, after)] == [helper, None, helper, None]
    assert both.author == "demandeuse@example.org, par l’intermédiaire d’aide@example.org"
    assert after.author == "demandeuse@example.org"
    audit.seal_waiting()
    assert list(audit.faults()) == []
    with pytest.raises(Error), transaction.atomic():
        AuditEntry.objects.filter(pk=both.pk).update(real_actor=None)
    with pytest.raises(Error, match="audit_helper_is_somebody_else"), transaction.atomic():
        AuditEntry.objects.create(
            actor=asker, real_actor=asker, verb="x", about_type="x", about_id="1", about_label="x"
        )
