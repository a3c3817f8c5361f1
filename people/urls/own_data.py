"""Addresses of one’s own data, protected records, merging, retention and the data officer’s desk."""

from django.urls import path

from people.views import (
    data_desk,
    data_requests,
    incidents,
    merging,
    own_data,
    processings,
    retention,
    sensitive,
)

urlpatterns = [
    path("mon-compte/mes-donnees/", own_data.own_data, name="own_data"),
    path("mon-compte/mes-donnees/telecharger/", own_data.own_export, name="own_export"),
    path("mon-compte/mes-donnees/demander/", own_data.own_request, name="own_request"),
    path("mon-compte/consentements/<slug:purpose>/", own_data.own_consent, name="own_consent"),
    path("personnes/<int:pk>/fiche-protegee/", sensitive.sensitive_index, name="sensitive_index"),
    path(
        "personnes/<int:pk>/fiche-protegee/<slug:purpose>/",
        sensitive.sensitive_record,
        name="sensitive_record",
    ),
    path("personnes/<int:pk>/consentements/", sensitive.person_consents, name="person_consents"),
    path("personnes/<int:pk>/consentements/<slug:purpose>/", sensitive.consent_record, name="consent_record"),
    path("personnes/doublons/", merging.duplicate_list, name="duplicate_list"),
    path("personnes/ressemblances/", merging.lookalike_list, name="lookalike_list"),
    path("personnes/<int:pk>/fusionner/<int:other>/", merging.person_merge, name="person_merge"),
    path("personnes/fusions/<int:pk>/annuler/", merging.merge_undo, name="merge_undo"),
    path("donnees-personnelles/", data_desk.data_desk, name="data_desk"),
    path("donnees-personnelles/lectures/", data_requests.reading_list, name="reading_list"),
    path("donnees-personnelles/effacements/", retention.retention_list, name="retention_list"),
    path("donnees-personnelles/effacements/effacer/", retention.retention_approve, name="retention_approve"),
    path("donnees-personnelles/effacements/<int:pk>/", retention.retention_keep, name="retention_keep"),
    path(
        "donnees-personnelles/effacements/<int:pk>/effacer/",
        retention.retention_erase,
        name="retention_erase",
    ),
    path("donnees-personnelles/demandes/", data_requests.data_request_list, name="data_request_list"),
    path("donnees-personnelles/demandes/nouvelle/", data_requests.data_request_new, name="data_request_new"),
    path("donnees-personnelles/demandes/<int:pk>/", data_requests.data_request, name="data_request"),
    path("donnees-personnelles/demandes/<int:pk>/fichier/", data_requests.data_file, name="data_file"),
    path(
        "donnees-personnelles/demandes/<int:pk>/<slug:act>/",
        data_requests.data_request_act,
        name="data_request_act",
    ),
    path("donnees-personnelles/incidents/", incidents.incident_list, name="incident_list"),
    path("donnees-personnelles/incidents/nouveau/", incidents.incident_new, name="incident_new"),
    path("donnees-personnelles/incidents/<int:pk>/", incidents.incident, name="incident"),
    path("donnees-personnelles/incidents/<int:pk>/modifier/", incidents.incident_edit, name="incident_edit"),
    path("donnees-personnelles/incidents/<int:pk>/<slug:act>/", incidents.incident_act, name="incident_act"),
    path("donnees-personnelles/registre/", processings.processing_list, name="processing_list"),
    path("donnees-personnelles/registre/nouveau/", processings.processing_new, name="processing_new"),
    path("donnees-personnelles/registre/imprimer/", processings.processing_print, name="processing_print"),
    path("donnees-personnelles/registre/<int:pk>/", processings.processing_edit, name="processing_edit"),
]
