"""Several hands on one assembly: it is convened once, an order is drawn once, a text is amended or voted."""

from __future__ import annotations

from functools import partial

import pytest
from django.utils import timezone

from cae.core.errors import Code, Refused
from cae.core.models import OutgoingEmail
from governance.models import Assembly, Candidate, Convocation
from governance.services.candidates import CandidateData, add_candidate, draw_order
from governance.services.convening import convene
from tests.factories.governance import make_organiser, make_resolution
from tests.factories.governance_assemblies import make_draft, make_reached
from tests.races.conftest import Race

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def test_two_organisers_convene_at_once_and_each_associate_is_called_once(race: Race) -> None:
    actor, assembly = make_organiser(), make_draft()
    for rank in range(3):
        make_reached(f"a{rank}@example.org")
    results = race([partial(convene, assembly, actor=actor, at=timezone.now())] * 3)
    assert [one.code for one in results if isinstance(one, Refused)] == [Code.ILLEGAL_MOVE] * 2
    assert Assembly.objects.get(pk=assembly.pk).state == "convened"
    assert Convocation.objects.count() == 3
    assert OutgoingEmail.objects.filter(cause="governance.convocation").count() == 3


def test_an_order_drawn_by_two_hands_is_one_order(race: Race) -> None:
    actor, assembly = make_organiser(), make_draft()
    row = make_resolution(assembly, method="schulze", item=assembly.items.get())
    for name in ("Ada", "Bob", "Chloé", "Driss"):
        add_candidate(row, data=CandidateData(name), actor=actor)
    acts = [partial(draw_order, row, actor=actor) for _one in range(2)]
    results = race([*acts, partial(add_candidate, row, data=CandidateData("Eve"), actor=actor)])
    assert sum(isinstance(one, list) for one in results) == 1
    positions = Candidate.objects.filter(resolution=row, position__isnull=False)
    assert sorted(positions.values_list("position", flat=True)) == list(range(1, positions.count() + 1))
    assert positions.count() == Candidate.objects.filter(resolution=row).count()
