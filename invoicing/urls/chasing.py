"""Addresses of reminders, statements, losses, duplicates, and of the customer's own page."""

from django.urls import URLPattern, URLResolver, include, path

from invoicing.views import accounts, chase_settings, chasing, losses, merging, public_account

reminders = [
    path("", chasing.reminder_list, name="reminder_list"),
    path("factures/", chasing.chased_list, name="chased_list"),
    path("envoyer/", chasing.reminders_send, name="reminders_send"),
    path("client/<int:pk>/", chasing.chase_customer, name="chase_customer"),
    path("client/<int:pk>/apercu/", chasing.chase_letter, name="chase_letter"),
    path("etapes/", chase_settings.reminder_steps, name="reminder_steps"),
    path("etapes/cooperative/", chase_settings.house_steps, name="house_steps"),
    path("etapes/<int:pk>/", chase_settings.activity_steps, name="activity_steps"),
    path("etapes/<int:pk>/oublier/", chase_settings.steps_forget, name="steps_forget"),
    path("etapes/<int:pk>/depart/", chase_settings.policy_set, name="policy_set"),
    path("pauses/<int:pk>/lever/", chase_settings.pause_lift, name="pause_lift"),
    path("<int:pk>/", chasing.reminder_detail, name="reminder_detail"),
    path("<int:pk>/annuler/", chasing.reminder_undo, name="reminder_undo"),
]

customers = [
    path("doublons/", merging.customer_duplicates, name="customer_duplicates"),
    path("fusions/<int:pk>/annuler/", merging.merge_undo, name="merge_undo"),
    path("acces/<int:pk>/retirer/", accounts.access_withdraw, name="access_withdraw"),
    path("<int:pk>/fusionner/<int:other>/", merging.customer_merge, name="customer_merge"),
    path("<int:pk>/releve/", accounts.statement, name="customer_statement"),
    path("<int:pk>/releve/envoyer/", accounts.statement_send, name="statement_send"),
    path("<int:pk>/lien/", accounts.access_copy, name="access_copy"),
    path("<int:pk>/pause/", chase_settings.customer_pause, name="customer_pause"),
    path("<int:pk>/litige/", chase_settings.dispute_open, name="dispute_open"),
    path("<int:pk>/litige/lever/", chase_settings.dispute_close, name="dispute_close"),
    path("<int:pk>/encours/", chase_settings.credit_limit, name="credit_limit"),
]

invoices = [
    path("<int:pk>/pause/", chase_settings.invoice_pause, name="invoice_pause"),
    path("<int:pk>/perte/", losses.invoice_loss, name="invoice_loss"),
    path("<int:pk>/perte/annuler/", losses.loss_back, name="loss_back"),
    path("<int:pk>/recouvrement/", losses.invoice_recovery, name="invoice_recovery"),
]

account_page = [
    path("", public_account.account, name="account"),
    path("documents/<int:pk>/", public_account.account_file, name="account_file"),
    path("releve/", public_account.account_statement, name="account_statement"),
    path("question/", public_account.account_question, name="account_question"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("ventes/relances/", include(reminders)),
    path("ventes/clients/", include(customers)),
    path("ventes/factures/", include(invoices)),
    path("c/<str:token>/", include(account_page)),
]
