"""Addresses of bookings, those who wait, planning."""

from django.urls import URLPattern, path

from coworking.views import (
    booking_finding,
    booking_lists,
    booking_rules,
    bookings,
    hire_answers,
    hiring,
    planning,
)

urlpatterns: list[URLPattern] = [
    path("reserver/", booking_finding.book_find, name="book_find"),
    path("reserver/verifier/", booking_finding.book_check, name="book_check"),
    path("reserver/attendre/", booking_finding.wait_join, name="wait_join"),
    path("mes-reservations/", booking_lists.own_booking_list, name="own_booking_list"),
    path("reservations/a-valider/", booking_lists.booking_queue, name="booking_queue"),
    path("reservations/<int:pk>/", bookings.booking, name="booking"),
    path("reservations/<int:pk>/deplacer/", bookings.booking_move, name="booking_move"),
    path("reservations/<int:pk>/annuler/", bookings.booking_cancel, name="booking_cancel"),
    path("reservations/<int:pk>/refuser/", bookings.booking_refuse, name="booking_refuse"),
    path("reservations/<int:pk>/faire/", bookings.booking_act, name="booking_act"),
    path("reservations/<int:pk>/invites/", bookings.booking_guest, name="booking_guest"),
    path("reservations/<int:pk>/agenda.ics", bookings.booking_file, name="booking_file"),
    path("reservations/<int:pk>/devis/", hire_answers.hire_quote, name="hire_quote"),
    path("reservations/<int:pk>/devis/envoyer/", hire_answers.hire_quote_send, name="hire_quote_send"),
    path("reservations/<int:pk>/convention.pdf", hire_answers.hire_agreement, name="hire_agreement"),
    path("reservations/paniers/<int:pk>/", bookings.basket, name="basket"),
    path("reservations/series/<int:pk>/", bookings.booking_series, name="booking_series"),
    path("reservations/attentes/<int:pk>/", planning.waiting, name="waiting"),
    path("espaces/<int:pk>/planning/", planning.planning, name="planning"),
    path("espaces/<int:pk>/agendas/", planning.feeds, name="feeds"),
    path("espaces/<int:pk>/reservations/", booking_lists.booking_list, name="booking_list"),
    path("espaces/ressources/<int:pk>/regles/", booking_rules.rule_list, name="booking_rules"),
    path("espaces/ressources/<int:pk>/regles/fixer/", booking_rules.rule_set, name="booking_rule_set"),
    path("espaces/regles/<int:pk>/retirer/", booking_rules.rule_remove, name="booking_rule_remove"),
    path("agendas/<str:token>.ics", planning.feed, name="feed"),
    path("lieux/<slug:slug>/louer/", hiring.hire, name="hire"),
    path("location/<str:token>/", hiring.hire_page, name="hire_page"),
    path(
        "location/<str:token>/convention.pdf",
        hire_answers.hire_agreement_by_link,
        name="hire_agreement_by_link",
    ),
]
