"""Pages that the cooperative adds to the guide: drafted from an answer useful to all, read once published."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from cae.core.workflow import Move, Workflow

MAX_PAGE = 8000


class GuideState(models.TextChoices):
    DRAFT = "draft", _("Brouillon")
    PUBLISHED = "published", _("Publiée")
    WITHDRAWN = "withdrawn", _("Retirée")


GUIDE_SHAPES: dict[str, tuple[str, str]] = {
    GuideState.DRAFT: ("info", "◇"),
    GuideState.PUBLISHED: ("success", "✔"),
    GuideState.WITHDRAWN: ("neutral", "■"),
}

_DRAFT, _PUBLISHED, _WITHDRAWN = (one.value for one in GuideState)
_RIGHT = "people.write_guide"

GUIDE_FLOW = Workflow(
    "people.guide",
    (
        Move("publish", (_DRAFT, _WITHDRAWN), _PUBLISHED, _RIGHT, _("Publier")),
        Move("withdraw", (_DRAFT, _PUBLISHED), _WITHDRAWN, _RIGHT, _("Retirer")),
    ),
)
