"""Addresses of coaching: files, meetings, slots, reports, interviews, plans, portfolio, support."""

from django.urls import path

from entrepreneurs.views import (
    coaching,
    interviews,
    meetings,
    plans,
    portfolio,
    projects,
    reports,
    slots,
    support,
)

FILE = "accompagnement/<int:pk>/"
MEETING = "rendez-vous/<int:pk>/"
REPORT = "comptes-rendus/<int:pk>/"
INTERVIEW = "entretiens/<int:pk>/"

urlpatterns = [
    path("ma-journee/", portfolio.my_day, name="my_day"),
    path("portefeuille/", portfolio.portfolio_list, name="portfolio"),
    path("portefeuille/charge/", portfolio.team_load, name="team_load"),
    path("portefeuille/confier/", portfolio.reassign_people, name="reassign"),
    path("alertes/<int:pk>/<slug:act>/", portfolio.alert_act, name="alert_act"),
    path("accompagnement/", coaching.own_coaching, name="own_coaching"),
    path(FILE, coaching.coaching_file, name="coaching_file"),
    path(FILE + "plan/", plans.coaching_plan, name="coaching_plan"),
    path(FILE + "projet/", projects.coaching_project, name="coaching_project"),
    path(FILE + "projet/ecrire/", projects.project_write, name="project_write"),
    path(FILE + "projet/<int:number>.pdf", projects.project_file, name="project_file"),
    path(FILE + "chiffres/", projects.coaching_figures, name="coaching_figures"),
    path(FILE + "parcours/", coaching.coaching_path, name="coaching_path"),
    path(FILE + "contact/", coaching.referent_name, name="referent_name"),
    path(FILE + "rendez-vous/", meetings.meeting_book, name="meeting_book"),
    path(FILE + "rendez-vous/fixer/", meetings.meeting_arrange, name="meeting_arrange"),
    path(FILE + "compte-rendu/", reports.report_new, name="report_new"),
    path("contacts/<int:pk>/arreter/", coaching.referent_end, name="referent_end"),
    path("plan/actions/<int:pk>/<slug:act>/", plans.action_act, name="action_act"),
    path("plan/objectifs/<int:pk>/<slug:act>/", plans.goal_act, name="goal_act"),
    path(MEETING, meetings.meeting_detail, name="meeting_detail"),
    path(MEETING + "deplacer/", meetings.meeting_move, name="meeting_move"),
    path(MEETING + "annuler/", meetings.meeting_cancel, name="meeting_cancel"),
    path(MEETING + "agenda.ics", meetings.meeting_file, name="meeting_file"),
    path(MEETING + "noter/<slug:act>/", meetings.meeting_close, name="meeting_close"),
    path("disponibilites/", slots.slot_list, name="slot_list"),
    path("disponibilites/ouvrir/", slots.slot_offer, name="slot_offer"),
    path("disponibilites/<int:pk>/arreter/", slots.slot_stop, name="slot_stop"),
    path("disponibilites/fermer/", slots.days_close, name="days_close"),
    path("disponibilites/jours/<int:pk>/rouvrir/", slots.days_reopen, name="days_reopen"),
    path("comptes-rendus/nouveau/", reports.report_of, name="report_of"),
    path(REPORT, reports.report_detail, name="report_detail"),
    path(REPORT + "modifier/", reports.report_edit, name="report_edit"),
    path(REPORT + "note/", reports.report_note, name="report_note"),
    path(REPORT + "completer/", reports.report_add, name="report_add"),
    path(REPORT + "abandonner/", reports.report_discard, name="report_discard"),
    path(INTERVIEW, interviews.interview_detail, name="interview_detail"),
    path(INTERVIEW + "rediger/", interviews.interview_write, name="interview_write"),
    path(INTERVIEW + "proposer/", interviews.interview_propose, name="interview_propose"),
    path(INTERVIEW + "signer/", interviews.interview_sign, name="interview_sign"),
    path(INTERVIEW + "correction/", interviews.interview_reopen, name="interview_reopen"),
    path(INTERVIEW + "sans-objet/", interviews.interview_cancel, name="interview_cancel"),
    path("catalogue-accompagnement/", support.support_catalogue, name="support_catalogue"),
    path("catalogue-accompagnement/ajouter/", support.support_offer, name="support_offer"),
    path("catalogue-accompagnement/<int:pk>/retirer/", support.support_stop, name="support_stop"),
    path("catalogue-accompagnement/<int:pk>/demander/", support.support_ask, name="support_ask"),
    path(
        "catalogue-accompagnement/demandes/<int:pk>/<slug:act>/",
        support.support_answer,
        name="support_answer",
    ),
    path("actions-financees/", support.funded_list, name="funded_list"),
    path("actions-financees/ouvrir/", support.funded_open, name="funded_open"),
    path("actions-financees/<int:pk>/", support.funded_sessions, name="funded_sessions"),
]
