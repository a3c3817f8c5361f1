"""`manage.py check_books`: proves the books whole, or names each fault in one sentence and fails."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from accounting.services.controlling import control_books


class Command(BaseCommand):
    help = "Verifies debit = credit, the chains of seals and the numbers of every journal and series."

    def handle(self, *_args: Any, **_options: Any) -> None:
        control = control_books(actor=None)
        for fault in control.faults:
            self.stderr.write(fault)
        if control.faults:
            raise CommandError(_("%(count)s anomalie(s) trouvée(s).") % {"count": len(control.faults)})
        self.stdout.write(
            _("Livres intacts : %(count)s écritures contrôlées.") % {"count": control.entry_count}
        )
