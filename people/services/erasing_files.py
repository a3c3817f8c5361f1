"""Empties the file of a person whose data are erased: civil status, situations, skills and their proofs."""

from __future__ import annotations

from datetime import date

from cae.core.documents import forget_document
from cae.core.models import Document
from people.models import CivilRecord, Person, Skill, SocialSituation
from people.selectors.merging import file_keys
from people.services.deadlines import close_deadlines


def erase_files(person: Person, on: date) -> int:
    """Does: deletes what the file holds beside the name and the address. Refuses: nothing; a proof whose day
    has not come stays with the documents. Leaves behind: dates closed; gives how many rows were deleted."""
    keys = file_keys(person)
    skills = list(Skill.objects.filter(person__in=keys))
    for skill in skills:
        close_deadlines(skill, actor=None)
        skill.delete()
    for proof in Document.objects.filter(pk__in=[skill.proof_key for skill in skills if skill.proof_key]):
        forget_document(proof, on=on)
    civil = CivilRecord.objects.filter(person__in=keys).delete()[0]
    return len(skills) + civil + SocialSituation.objects.filter(person__in=keys).delete()[0]
