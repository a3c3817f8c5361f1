"""Addresses of the kernel's pages."""

from django.conf import settings
from django.urls import path

from cae.core.views import (
    calendars,
    components,
    documents,
    imports,
    installable,
    jobs,
    journal,
    mail_texts,
    mails,
    notices,
    options,
    saved_views,
    search,
    threads,
)
from cae.core.views import settings as parameters

app_name = "core"

urlpatterns = [
    path("travaux/<int:pk>/", jobs.job_detail, name="job_detail"),
    path("travaux/", jobs.job_list, name="job_list"),
    path("travaux/<int:pk>/reprendre/", jobs.job_resume, name="job_resume"),
    path("travaux/<int:pk>/annuler/", jobs.job_cancel, name="job_cancel"),
    path("travaux/<int:pk>/relancer/", jobs.job_retry, name="job_retry"),
    path("avis/", notices.notice_list, name="notice_list"),
    path("avis/<int:pk>/", notices.notice, name="notice"),
    path("avis/lus/", notices.notices_read, name="notices_read"),
    path("avis/cloche/", notices.bell, name="bell"),
    path("avis/derniers/", notices.latest, name="latest_notices"),
    path("avis/preferences/", notices.preferences, name="notice_preferences"),
    path("courriels/", mails.mail_list, name="mail_list"),
    path("courriels/renvoyer/", mails.mails_resend, name="mails_resend"),
    path("courriels/<int:pk>/", mails.mail_detail, name="mail_detail"),
    path("courriels/<int:pk>/message/", mails.mail_html, name="mail_html"),
    path("courriels/<int:pk>/retour/", mails.mail_bounce, name="mail_bounce"),
    path("courriels/<int:pk>/renvoyer/", mails.mail_resend, name="mail_resend"),
    path("messages/<str:code>/<int:pk>/", threads.thread, name="thread"),
    path("documents/", documents.document_list, name="document_list"),
    path("documents/<int:pk>/", documents.document, name="document"),
    path("recherche/", search.search_page, name="search"),
    path("importer/", imports.import_list, name="import_list"),
    path("importer/<str:code>/", imports.import_new, name="import_new"),
    path("importer/<str:code>/modele/", imports.import_template, name="import_template"),
    path("importer/<str:code>/<int:pk>/", imports.import_run, name="import_run"),
    path("importer/<str:code>/<int:pk>/colonnes/", imports.import_columns, name="import_columns"),
    path("importer/<str:code>/<int:pk>/avancement/", imports.import_progress, name="import_progress"),
    path("importer/<str:code>/<int:pk>/laissees/", imports.import_left, name="import_left"),
    path("importer/<str:code>/<int:pk>/<slug:act>/", imports.import_act, name="import_act"),
    path("journal/", journal.journal, name="journal"),
    path("journal/<int:pk>/", journal.entry, name="journal_entry"),
    path("mon-agenda/", calendars.calendar, name="calendar"),
    path("agenda/<str:token>.ics", calendars.calendar_feed, name="calendar_feed"),
    path("vues/", saved_views.save_view, name="save_view"),
    path("vues/colonnes/", saved_views.choose_columns, name="choose_columns"),
    path("vues/<int:pk>/oublier/", saved_views.forget_view, name="forget_view"),
    path("reglages/parametres/", parameters.setting_list, name="setting_list"),
    path("reglages/parametres/<str:code>/", parameters.setting_detail, name="setting_detail"),
    path("reglages/listes/", options.option_lists, name="option_lists"),
    path("reglages/listes/<str:code>/", options.option_list, name="option_list"),
    path("reglages/listes/<str:code>/ajouter/", options.option_add, name="option_add"),
    path("reglages/listes/<str:code>/regle/", options.option_rule, name="option_rule"),
    path("reglages/listes/<str:code>/options/<str:option>/", options.option_edit, name="option_edit"),
    path("reglages/courriels/", mail_texts.mail_text_list, name="mail_text_list"),
    path("reglages/courriels/<str:code>/", mail_texts.mail_text, name="mail_text"),
    path("reglages/cooperative/", parameters.cooperative, name="cooperative"),
    path("manifest.webmanifest", installable.manifest, name="manifest"),
    path("service-worker.js", installable.service_worker, name="service_worker"),
    path("hors-ligne/", installable.offline, name="offline"),
]

if settings.COMPONENTS_PAGE:
    urlpatterns += [path("composants/", components.components, name="components")]
