"""Stored files: the list of what is kept, and the door through which a file goes out."""

from typing import Any

import django_filters
import django_tables2 as tables
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cae.core import documents
from cae.core.answers import PDF, file_saved, file_shown, file_streamed
from cae.core.models import Document
from cae.core.permissions import can, require, requires, signed_in
from cae.core.tables import DateColumn, EmptyState, Filters, Table, list_page

# Above, a file is never whole in memory on its way out.
STREAMED_FROM = 16 * 1024 * 1024


def _address(record: Document, table: Any) -> str | None:
    """Where the file opens, for who may open files of its kind."""
    right = documents.RIGHT_BY_KIND[record.kind]
    if right not in table.opens:
        table.opens[right] = can(table.request.user, right)
    return reverse("core:document", args=[record.pk]) if table.opens[right] else None


class DocumentTable(Table):
    name = tables.Column(verbose_name=_("Fichier"), linkify=_address)
    about_label = tables.Column(verbose_name=_("Concerne"))
    kind = tables.Column(verbose_name=_("Nature"))
    created_at = DateColumn(verbose_name=_("Déposé le"))
    retention_until = DateColumn(verbose_name=_("Conservé jusqu’au"))
    size = tables.Column(verbose_name=_("Taille"))
    sha256 = tables.TemplateColumn(
        "<code title='{{ value }}'>{{ value|slice:':12' }}…</code>", verbose_name=_("Empreinte")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.opens: dict[str, bool] = {}
        super().__init__(*args, **kwargs)

    def render_kind(self, value: str) -> str:
        return str(documents.LABEL_BY_KIND.get(value, value))

    def render_size(self, value: int) -> str:
        return filesizeformat(value)

    def value_sha256(self, value: str) -> str:
        return value


class DocumentFilters(Filters):
    search = ("name", "about_label")
    kind = django_filters.ChoiceFilter(label=_("Nature"), choices=documents.LABEL_BY_KIND.items)

    class Meta:
        model = Document
        fields = ("kind",)


@requires("core.view_documents")
def document_list(request: HttpRequest) -> HttpResponse:
    return list_page(
        request,
        queryset=Document.objects.order_by("-created_at", "-pk"),
        table=DocumentTable,
        filters=DocumentFilters,
        page="core.documents",
        title=_("Documents"),
        empty=EmptyState(
            _("Aucun document."), _("Chaque facture émise dépose ici son PDF, avec son empreinte.")
        ),
    )


@signed_in
def document(request: HttpRequest, pk: int) -> HttpResponse | StreamingHttpResponse:
    """Gives the file to who has the right of its kind; « ?telecharger » saves it instead of showing it. To
    who sees no list of files, one out of sight does not exist: its key tells nothing."""
    row = get_object_or_404(Document, pk=pk)
    right = documents.RIGHT_BY_KIND[row.kind]
    if not can(request.user, right, row) and not can(request.user, "core.view_documents"):
        raise Http404
    require(request.user, right, row)
    if row.size > STREAMED_FROM:
        return file_streamed(documents.open_document(row), name=row.name, mime=row.mime, size=row.size)
    answer = file_shown if row.mime == PDF and "telecharger" not in request.GET else file_saved
    return answer(documents.read_document(row), name=row.name, mime=row.mime)
