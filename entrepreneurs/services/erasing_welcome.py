"""Empties what was said of an applicant by those who welcomed them, once their file is erased (PEO-38)."""

from __future__ import annotations

from datetime import date

from cae.core.permanence import erase_words
from entrepreneurs.models import (
    ApplicationDecision,
    ColleagueOpinion,
    CommitteeFile,
    CommitteeVoice,
    EconomicWaiver,
    FeasibilityFinding,
    InsurerSlip,
    Mark,
    Review,
    SlotInvitation,
    StageMove,
)
from people.models import Person
from people.selectors.merging import file_keys


def erase_welcome(person: Person, _on: date) -> int:
    """Does: empties reviews, voices, decisions, opinions, findings and the file frozen for a committee; and
    the opinions that the person gave of others. Refuses: nothing. Leaves behind: verdicts, marks and dates,
    which the figures of the welcome count; gives how many rows lost their words."""
    keys = file_keys(person)
    about = {"application__person__in": keys}
    done = erase_words(StageMove.objects.filter(**about), "reason")
    done += erase_words(SlotInvitation.objects.filter(**about), "stop_reason")
    done += erase_words(FeasibilityFinding.objects.filter(**about), "note")
    done += erase_words(Review.objects.filter(**about), "comment")
    done += erase_words(Mark.objects.filter(review__application__person__in=keys), "reason")
    done += erase_words(EconomicWaiver.objects.filter(**about), "reason")
    done += erase_words(ApplicationDecision.objects.filter(**about), "reason", "conditions")
    done += erase_words(CommitteeVoice.objects.filter(file__application__person__in=keys), "note")
    done += erase_words(ColleagueOpinion.objects.filter(**about), "text")
    done += erase_words(ColleagueOpinion.objects.filter(person__in=keys), "text")
    done += erase_words(InsurerSlip.objects.filter(person__in=keys), "answer", "description")
    done += erase_words(InsurerSlip.objects.filter(**about), "answer", "description")
    frozen = CommitteeFile.objects.filter(**about, frozen__isnull=False).exclude(frozen={})
    return done + frozen.update(frozen={})
