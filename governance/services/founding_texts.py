"""The statutes and the internal rules, version by version, as files (GOV-10)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.documents import store_document
from cae.core.errors import Code, Refused
from cae.core.identity import cooperative_on
from cae.core.turns import take_turn
from cae.core.uploads import kind_of, plain_name, refuse_programme
from governance.models import FoundingText
from governance.states.rules import TextKind
from people.services.changes import refuse_long, require_text

FOUNDING_FILE = "governance.founding_text"
MEGABYTES = 20
# As long as a company may live (C. civ. art. 1838).
KEPT_YEARS = 99


@transaction.atomic
def file_text(
    *,
    kind: str,
    title: str,
    valid_from: date,
    decision: str,
    content: bytes,
    name: str,
    today: date,
    actor: Any,
) -> FoundingText:
    """Does: files a version of the statutes or of the internal rules, in force from its day. Refuses: an
    unknown kind, no title, a version already filed of that day, a file that is no PDF or too heavy, no
    identity of the cooperative yet. Leaves behind: the file, the version, audit."""
    if kind not in TextKind.values:
        raise Refused(Code.VALUE_INVALID, _("Choisissez la nature du texte."), field="kind")
    require_text(title, "title", _("Donnez un intitulé à ce texte."))
    refuse_long(title, "title", 160)
    refuse_long(decision, "decision", 200)
    take_turn("governance.founding_texts")
    if FoundingText.objects.filter(kind=kind, valid_from=valid_from).exists():
        raise Refused(
            Code.DUPLICATE, _("Une version de ce texte vaut déjà à partir de ce jour."), field="valid_from"
        )
    _check_file(content)
    row = FoundingText(
        kind=kind, title=title.strip(), valid_from=valid_from, decision=decision.strip(), created_by=actor
    )
    row.document = store_document(
        content,
        kind=FOUNDING_FILE,
        name=plain_name(name, otherwise="texte.pdf"),
        mime="application/pdf",
        about=cooperative_on(today),
        actor=actor,
        retention_until=date(valid_from.year + KEPT_YEARS, 12, 31),
    )
    row.save()
    audit.record(actor, "governance.foundingtext.file", row, detail={"on": valid_from.isoformat()})
    return row


def _check_file(content: bytes) -> None:
    refuse_programme(content, field="file")
    if kind_of(content) != "pdf":
        raise Refused(Code.FILE_REFUSED, _("Déposez un PDF."), field="file")
    if len(content) > MEGABYTES * 1024 * 1024:
        raise Refused(
            Code.FILE_REFUSED,
            _("Ce fichier dépasse %(most)d Mo : réduisez-le avant de le déposer.") % {"most": MEGABYTES},
            field="file",
        )
