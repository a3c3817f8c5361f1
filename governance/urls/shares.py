"""Addresses of shares."""

from django.urls import path

from governance.views import own_shares, refunds, share_classes, shares, subscriptions

urlpatterns = [
    path("parts/", shares.share_movements, name="share_movements"),
    path("parts/detentions/", shares.share_holders, name="share_holders"),
    path("parts/ceder/", shares.share_transfer, name="share_transfer"),
    path("parts/entrer/", shares.shares_enter, name="shares_enter"),
    path("parts/mouvements/<int:pk>/annuler/", shares.movement_reverse, name="movement_reverse"),
    path("parts/categories/", share_classes.share_class_list, name="share_class_list"),
    path("parts/categories/ouvrir/", share_classes.share_class_open, name="share_class_open"),
    path("parts/categories/<int:pk>/", share_classes.share_class_change, name="share_class_change"),
    path("parts/limites/", share_classes.share_limits, name="share_limits"),
    path("parts/souscriptions/", subscriptions.subscription_list, name="subscription_list"),
    path("parts/souscriptions/preparer/", subscriptions.subscription_prepare, name="subscription_prepare"),
    path("parts/souscriptions/retenues/", subscriptions.held_on_pay, name="held_on_pay"),
    path("parts/souscriptions/<int:pk>/", subscriptions.subscription_detail, name="subscription_detail"),
    path("parts/souscriptions/<int:pk>/signer/", own_shares.subscription_sign, name="subscription_sign"),
    path("parts/souscriptions/<int:pk>/papier/", subscriptions.subscription_paper, name="subscription_paper"),
    path("parts/souscriptions/<int:pk>/verser/", subscriptions.subscription_pay, name="subscription_pay"),
    path(
        "parts/souscriptions/<int:pk>/versements/<int:payment_id>/annuler/",
        subscriptions.payment_reverse,
        name="payment_reverse",
    ),
    path(
        "parts/souscriptions/<int:pk>/abandonner/",
        subscriptions.subscription_cancel,
        name="subscription_cancel",
    ),
    path("parts/retards/", subscriptions.late_payments_page, name="late_payments"),
    path("parts/remboursements/", refunds.refund_list, name="refund_list"),
    path("parts/remboursements/file/", refunds.refund_queue_page, name="refund_queue"),
    path("parts/remboursements/demander/", refunds.refund_ask, name="refund_ask"),
    path("parts/remboursements/<int:pk>/", refunds.refund_detail, name="refund_detail"),
    path("parts/remboursements/<int:pk>/faire/", refunds.refund_act, name="refund_act"),
    path("parts/pertes/", refunds.capital_loss_list, name="capital_loss_list"),
    path("parts/pertes/noter/", refunds.capital_loss_note, name="capital_loss_note"),
    path("mes-parts/", own_shares.own_shares, name="own_shares"),
    path("mes-parts/souscrire/", own_shares.own_subscribe, name="own_subscribe"),
    path("mes-parts/rembourser/", own_shares.own_refund, name="own_refund"),
]
