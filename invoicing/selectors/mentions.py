"""Which notices of the library an author may add to a document."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from entrepreneurs.models import Activity
from invoicing.models import Mention
from invoicing.models.mentions import MentionQuerySet
from invoicing.states import MentionPlace


def mentions_offered(activity: Activity, *, place: MentionPlace, on: date) -> MentionQuerySet:
    """Optional ones, in force, for this kind of document, of everybody or of this activity."""
    return Mention.objects.in_force(on).filter(
        Q(activity__isnull=True) | Q(activity=activity),
        compulsory=False,
        place__in=[place, MentionPlace.BOTH],
    )
