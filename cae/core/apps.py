"""The kernel: what every room uses and no room owns."""

from django.apps import AppConfig
from django.db.models import ForeignKey
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cae.celery import load_tasks
from cae.core import controls


class CoreConfig(AppConfig):
    name = "cae.core"
    label = "core"
    verbose_name = _("Socle")

    def ready(self) -> None:
        from cae.core import (  # models are ready only now
            among,
            audit,
            documents,
            facts,
            kernel_notices,
            personal_data,
            signing,
            todo,
        )
        from cae.core.importing.runs import FILE_KIND

        ForeignKey.register_lookup(among.Among)
        controls.provide_controls(
            lambda: [
                controls.Control(gettext("Chaîne du journal des actes"), audit.faults),
                controls.Control(gettext("Sceaux des signatures"), signing.faults),
            ]
        )
        documents.register_document_kind(FILE_KIND, right="core.open_import_file", label=_("Fichier importé"))
        documents.register_document_kind(
            signing.DRAWING_KIND, right="core.view_documents", label=_("Signature dessinée")
        )
        kernel_notices.register()
        facts.provide_awaited(todo.AWAITED)
        facts.provide_todo(todo.todos)
        facts.provide_personal_data(personal_data.PERSONAL_DATA)
        load_tasks()
