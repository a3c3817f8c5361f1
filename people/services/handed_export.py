"""The file of somebody who has no account, made by the data officer and handed out once (PEO-15, PEO-39)."""

from __future__ import annotations

from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from cae.core import audit, facts
from cae.core.documents import forget_document, read_document, store_document
from cae.core.errors import Code, Refused
from cae.core.jobs import Progress, run_job, start_job
from cae.core.kept_words import house_words
from cae.core.models import Job, JobState
from people.models import DataRequest, User
from people.selectors.data_requests import file_to_hand
from people.services.own_export import archive_of, unless_erased
from people.states.data_requests import BY_FILE, HANDED_KIND, DataRequestState

HANDED_TASK = "people.export_for_request"


def ask_file(request: DataRequest, *, actor: User) -> Job:
    """Does: asks for the file of all that is held of who made a request. Refuses: a request that is over or
    that a file does not answer, one of nobody known here, somebody who has an account, a file already made or
    being made. Leaves behind: the job that its page follows."""
    if request.kind not in BY_FILE or request.state != DataRequestState.RECEIVED:
        raise Refused(Code.ILLEGAL_MOVE, _("Cette demande n’appelle pas de fichier."))
    if request.person is None:
        raise Refused(Code.VALUE_MISSING, _("Aucune fiche ne correspond à qui demande."))
    if User.objects.filter(person=request.person, is_active=True).exists():
        raise Refused(
            Code.NOT_ALLOWED, _("Cette personne a un compte : elle télécharge ses données elle-même.")
        )
    waiting = Job.objects.filter(
        task=HANDED_TASK,
        arguments__request_id=request.pk,
        state__in=(JobState.PENDING, JobState.RUNNING),
    )
    if waiting.exists() or file_to_hand(request) is not None:
        raise Refused(Code.ALREADY_DONE, _("Ce fichier est déjà fait, ou en préparation."))
    return start_job(
        HANDED_TASK,
        label=house_words(gettext_lazy("Données d’une personne"), request.person),
        actor=actor,
        total=len(facts.personal_data()),
        request_id=request.pk,
    )


def make_file(job_id: int) -> None:
    """Does: makes the file asked for. Refuses: as `run_job`. Leaves behind: a document that waits for seven
    days to be handed out; the reading of the protected record, noted for who asked."""
    job = Job.objects.select_related("author").get(pk=job_id)
    request = DataRequest.objects.select_related("person").get(pk=job.arguments["request_id"])

    def work(progress: Progress) -> None:
        person, officer = request.person, job.author
        if person is None or officer is None:
            raise Refused(Code.VALUE_MISSING, _("Aucune fiche ne correspond à qui demande."))
        with override(settings.LANGUAGE_CODE):
            content = archive_of(person, officer, progress)
        with unless_erased(person):
            store_document(
                content,
                kind=HANDED_KIND,
                name=f"donnees-{person.pk}-{timezone.localdate()}.zip",
                mime="application/zip",
                about=request,
                actor=officer,
                # Deleted as soon as it is handed out; after seven days, by `forget_exports`.
                retention_until=timezone.localdate() - timedelta(days=1),
            )

    run_job(job_id, work)


@transaction.atomic
def hand_file(request: DataRequest, *, actor: User) -> tuple[str, bytes]:
    """Does: gives the file, once, to be handed to the person: it is deleted here. Refuses: no file, one
    already handed out. Leaves behind: audit with its seal; nothing of the file."""
    DataRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    document = file_to_hand(request)
    if document is None:
        raise Refused(Code.ALREADY_DONE, _("Ce fichier a déjà été téléchargé, ou n’est pas encore fait."))
    name, content = document.name, read_document(document)
    audit.record(actor, "people.data_request.hand", request, detail={"seal": document.sha256})
    forget_document(document, on=date.max)
    return name, content
