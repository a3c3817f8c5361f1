"""Addresses of the kernel's pages."""

from django.conf import settings
from django.urls import path

from cae.core.views import components, documents, installable, jobs, journal, saved_views
from cae.core.views import settings as parameters

app_name = "core"

urlpatterns = [
    path("travaux/<int:pk>/", jobs.job_detail, name="job_detail"),
    path("travaux/<int:pk>/annuler/", jobs.job_cancel, name="job_cancel"),
    path("travaux/<int:pk>/relancer/", jobs.job_retry, name="job_retry"),
    path("documents/", documents.document_list, name="document_list"),
    path("documents/<int:pk>/", documents.document, name="document"),
    path("journal/", journal.journal, name="journal"),
    path("vues/", saved_views.save_view, name="save_view"),
    path("vues/<int:pk>/oublier/", saved_views.forget_view, name="forget_view"),
    path("reglages/parametres/", parameters.setting_list, name="setting_list"),
    path("reglages/parametres/<str:code>/", parameters.setting_detail, name="setting_detail"),
    path("reglages/cooperative/", parameters.cooperative, name="cooperative"),
    path("manifest.webmanifest", installable.manifest, name="manifest"),
    path("service-worker.js", installable.service_worker, name="service_worker"),
    path("hors-ligne/", installable.offline, name="offline"),
]

if settings.COMPONENTS_PAGE:
    urlpatterns += [path("composants/", components.components, name="components")]
