"""What changes a point or a candidacy is told, in words, by the journal of what they belong to."""

import pytest
from django.utils import timezone

from cae.core.journal_words import told
from cae.core.models import AuditEntry
from governance.services.agenda import ItemData, change_item
from governance.services.candidates import CandidateData, add_candidate, change_candidate
from governance.states.assemblies import AssemblyState
from governance.states.votes import Method
from tests.factories.governance import make_assembly, make_organiser, make_resolution
from tests.factories.governance_assemblies import make_draft, make_item
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db


def labels(verb: str) -> set[str]:
    return {one.label for one in told(AuditEntry.objects.get(verb=verb))}


def test_a_point_that_changes_says_each_field_by_its_name() -> None:
    item = make_item(make_draft())
    data = ItemData(
        title="Comptes", kind="debate", text="Lus", speaker="Nina", minutes=20, awaited="Le rapport"
    )
    change_item(item, data=data, actor=make_organiser())
    assert {"présenté par", "durée (minutes)", "documents à joindre"} <= labels("governance.item.change")


def test_a_candidacy_that_changes_says_each_field_by_its_name() -> None:
    actor = make_organiser()
    election = make_resolution(make_assembly(state=AssemblyState.CONVENED), method=Method.NAMES)
    candidate = add_candidate(election, data=CandidateData("Nina"), actor=actor)
    data = CandidateData("Nina B.", make_person(), "Bonjour", timezone.localdate())
    change_candidate(candidate, data=data, actor=actor)
    assert labels("governance.candidate.change") == {"nom", "personne", "présentation", "né·e le"}
