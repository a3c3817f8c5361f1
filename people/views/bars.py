"""The bars of tabs of the room: people one by one or counted; the desk of the data officer."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

PERSONS = (
    (_("Personnes"), "people:person_list", "people.view_persons"),
    (_("Effectifs"), "people:headcount", "people.view_headcount"),
    (_("Doublons"), "people:duplicate_list", "people.view_duplicates"),
)
DATA = (
    (_("Bureau"), "people:data_desk", "people.view_data_desk"),
    (_("Demandes"), "people:data_request_list", "people.view_data_desk"),
    (_("Effacements"), "people:retention_list", "people.decide_retention"),
    (_("Incidents"), "people:incident_list", "people.view_data_desk"),
    (_("Registre"), "people:processing_list", "people.view_data_desk"),
    (_("Lectures"), "people:reading_list", "people.view_data_desk"),
)
