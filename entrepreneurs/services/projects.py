"""Writes the project sheet: each change is a version of its own (ENT-56)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, Refused
from entrepreneurs.models import Application, ProjectVersion
from entrepreneurs.models.projects import SECTIONS
from entrepreneurs.states.reports import MAX_SAID
from people.models import Person
from people.services.changes import refuse_long


@transaction.atomic
def save_project(
    person: Person,
    *,
    texts: Mapping[str, str],
    label: str,
    base: int,
    actor: Any,
    application: Application | None = None,
) -> ProjectVersion:
    """Does: writes a new version of the project sheet, upon version `base` (0: the first). Refuses: a version
    that is no longer the last (stale_form), no change, an empty first one, too long a text.
    Leaves behind: the version, for ever, audit."""
    Person.objects.select_for_update().get(pk=person.pk)
    last = ProjectVersion.objects.filter(person=person).order_by("-number").first()
    if (last.number if last else 0) != base:
        raise Refused(
            Code.STALE_FORM,
            _("Une version plus récente existe : rouvrez la fiche pour repartir d’elle."),
        )
    said = {name: texts.get(name, "").strip() for name in SECTIONS}
    for name, text in said.items():
        refuse_long(text, name, MAX_SAID)
    if not any(said.values()):
        raise Refused(Code.VALUE_MISSING, _("Écrivez au moins une rubrique."), field=SECTIONS[0])
    if last is not None and all(getattr(last, name) == text for name, text in said.items()):
        raise Refused(Code.ALREADY_DONE, _("Rien n’a changé depuis la dernière version."))
    version = ProjectVersion.objects.create(
        person=person,
        application=application,
        number=base + 1,
        label=" ".join(label.split())[:160],
        author=actor,
        **said,
    )
    audit.record(actor, "entrepreneurs.project.save", version)
    return version
