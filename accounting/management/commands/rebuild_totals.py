"""`manage.py rebuild_totals`: writes the month totals again from the lines, after a control."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from accounting.services.totals import rebuild_totals


class Command(BaseCommand):
    help = "Writes the month totals of the books again from the lines of entries."

    def handle(self, *_args: Any, **_options: Any) -> None:
        rebuild_totals()
        self.stdout.write(_("Totaux mensuels refaits d’après les lignes d’écriture."))
