"""Addresses of training: courses, sessions, enrolments, statement."""

from django.urls import path

from coworking.views import (
    courses,
    enrolments,
    sheets,
    trainers,
    training_links,
    training_requests,
    training_sessions,
    training_statements,
)

urlpatterns = [
    path("formations/", courses.public_catalogue, name="public_catalogue"),
    path("formations/<slug:code>/", courses.public_course, name="public_course"),
    path(
        "formations/<slug:code>/inscription/<int:pk>/",
        training_requests.enrolment_request,
        name="enrolment_request",
    ),
    path(
        "formations/<slug:code>/demande-envoyee/",
        training_requests.enrolment_requested,
        name="enrolment_requested",
    ),
    path("formation/", training_sessions.training_home, name="training_home"),
    path("formation/catalogue/", courses.course_list, name="course_list"),
    path("formation/catalogue/ajouter/", courses.course_open, name="course_open"),
    path("formation/catalogue/<int:pk>/", courses.course, name="course"),
    path("formation/catalogue/<int:pk>/faire/", courses.course_act, name="course_act"),
    path("formation/versions/<int:pk>/modifier/", courses.course_change, name="course_change"),
    path("formation/sessions/", training_sessions.session_list, name="session_list"),
    path("formation/sessions/preparer/", training_sessions.session_plan, name="session_plan"),
    path("formation/sessions/<int:pk>/", training_sessions.session, name="session"),
    path("formation/sessions/<int:pk>/modifier/", training_sessions.session_change, name="session_change"),
    path("formation/sessions/<int:pk>/faire/", training_sessions.session_act, name="session_act"),
    path("formation/sessions/<int:pk>/annuler/", training_sessions.session_cancel, name="session_cancel"),
    path("formation/sessions/<int:pk>/feuille.pdf", training_sessions.session_sheet, name="session_sheet"),
    path(
        "formation/sessions/<int:pk>/certificats/",
        training_sessions.session_certificates,
        name="session_certificates",
    ),
    path(
        "formation/sessions/<int:pk>/reclamation/",
        training_sessions.session_complain,
        name="session_complain",
    ),
    path("formation/sessions/<int:pk>/demi-journees/", training_sessions.half_day_add, name="half_day_add"),
    path("formation/sessions/<int:pk>/inscrire/", enrolments.enrolment_enter, name="enrolment_enter"),
    path("formation/sessions/<int:pk>/demander/", enrolments.enrolment_ask, name="enrolment_ask"),
    path(
        "formation/reclamations/<int:pk>/repondre/",
        training_sessions.complaint_answer,
        name="complaint_answer",
    ),
    path("formation/demi-journees/<int:pk>/", sheets.half_day, name="half_day"),
    path(
        "formation/demi-journees/<int:pk>/enlever/", training_sessions.half_day_remove, name="half_day_remove"
    ),
    path("formation/demi-journees/<int:pk>/signer/", sheets.half_day_sign, name="half_day_sign"),
    path("formation/demi-journees/<int:pk>/papier/", sheets.half_day_scan, name="half_day_scan"),
    path(
        "formation/demi-journees/<int:pk>/ajouter/",
        sheets.half_day_add_signature,
        name="half_day_add_signature",
    ),
    path("formation/demi-journees/<int:pk>/envoyer/", sheets.half_day_send, name="half_day_send"),
    path("formation/inscriptions/<int:pk>/", enrolments.enrolment, name="enrolment"),
    path("formation/inscriptions/<int:pk>/modifier/", enrolments.enrolment_change, name="enrolment_change"),
    path("formation/inscriptions/<int:pk>/faire/", enrolments.enrolment_act, name="enrolment_act"),
    path(
        "formation/inscriptions/<int:pk>/refuser/",
        enrolments.enrolment_end,
        {"how": "refuser"},
        name="enrolment_refuse",
    ),
    path(
        "formation/inscriptions/<int:pk>/annuler/",
        enrolments.enrolment_end,
        {"how": "annuler"},
        name="enrolment_cancel",
    ),
    path(
        "formation/inscriptions/<int:pk>/abandon/",
        enrolments.enrolment_end,
        {"how": "abandon"},
        name="enrolment_drop",
    ),
    path("formation/papiers/<int:pk>/envoyer/", enrolments.paper_send, name="paper_send"),
    path("formation/papiers/<int:pk>/deposer/", enrolments.paper_scan, name="paper_scan"),
    path("formation/papiers/<int:pk>/retractation/", enrolments.paper_withdraw, name="paper_withdraw"),
    path("formation/formateurs/", trainers.trainer_list, name="trainer_list"),
    path("formation/formateurs/ajouter/", trainers.trainer_enter, name="trainer_enter"),
    path("formation/formateurs/<int:pk>/", trainers.trainer, name="trainer"),
    path("formation/formateurs/<int:pk>/modifier/", trainers.trainer_change, name="trainer_change"),
    path("formation/formateurs/<int:pk>/contrat/", trainers.trainer_contract, name="trainer_contract"),
    path("formation/formateurs/<int:pk>/qualification/", trainers.trainer_qualify, name="trainer_qualify"),
    path("formation/formateurs/<int:pk>/faire/", trainers.trainer_act, name="trainer_act"),
    path("formation/origines/", training_statements.origin_list, name="origin_list"),
    path("formation/origines/<int:pk>/", training_statements.origin_set, name="origin_set"),
    path("formation/origines/devis/<int:pk>/", training_statements.quote_origin_set, name="quote_origin_set"),
    path("formation/bpf/", training_statements.statement_list, name="statement_list"),
    path("formation/bpf/<int:year>/", training_statements.statement, name="statement"),
    path(
        "formation/bpf/<int:year>/charges/", training_statements.statement_charges, name="statement_charges"
    ),
    path("formation/bpf/<int:year>/reprendre/", training_statements.statement_take, name="statement_take"),
    path("formation/bpf/<int:year>/depot/", training_statements.statement_file, name="statement_file"),
    path("formation/bpf/<int:year>/export/", training_statements.statement_export, name="statement_export"),
    path(
        "formation/bpf/<int:year>/<str:frame>/<str:code>/",
        training_statements.statement_lines,
        name="statement_lines",
    ),
    path("formation/emargement/<str:token>/", training_links.sheet_by_link, name="sheet_by_link"),
    path(
        "formation/emargement/<str:token>/<int:pk>/", training_links.half_day_by_link, name="half_day_by_link"
    ),
    path(
        "formation/signer/<str:token>/", training_links.training_paper_by_link, name="training_paper_by_link"
    ),
    path(
        "formation/signer/<str:token>/document/",
        training_links.training_paper_file_by_link,
        name="training_paper_file_by_link",
    ),
    path("formation/demande/<str:token>/", training_requests.enrolment_by_link, name="enrolment_by_link"),
    path("formation/avis/<str:token>/", training_links.evaluation_by_link, name="evaluation_by_link"),
]
