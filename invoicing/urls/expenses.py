"""Addresses of receipts and expense claims of the entrepreneur."""

from django.urls import URLPattern, URLResolver, include, path

from invoicing.views import expense_favourites, expense_kinds, expenses, own_claims, vouchers

_spending = [
    path("", own_claims.claim_list, name="claim_list"),
    path("photographier/", vouchers.voucher_capture, name="voucher_capture"),
    path("photographier/hors-ligne/", vouchers.voucher_offline, name="voucher_offline"),
    path("justificatifs/", vouchers.voucher_list, name="voucher_list"),
    path("justificatifs/<int:pk>/", expenses.voucher_detail, name="voucher_detail"),
    path(
        "justificatifs/<int:pk>/ecarter/", vouchers.voucher_act, {"act": "ecarter"}, name="voucher_set_aside"
    ),
    path(
        "justificatifs/<int:pk>/reprendre/",
        vouchers.voucher_act,
        {"act": "reprendre"},
        name="voucher_take_up",
    ),
    path("nouvelle/", expenses.expense_new, name="expense_new"),
    path("saisie/champs/", expenses.expense_fields, name="expense_fields"),
    path("saisie/avis/", expenses.expense_live, name="expense_live"),
    path("notes/<int:pk>/", own_claims.claim_detail, name="claim_detail"),
    path("notes/<int:pk>/recopier/", own_claims.claim_copy, name="claim_copy"),
    path("notes/<int:pk>/soumettre/", own_claims.claim_act, {"act": "soumettre"}, name="claim_submit"),
    path("notes/<int:pk>/reprendre/", own_claims.claim_act, {"act": "reprendre"}, name="claim_take_back"),
    path("lignes/<int:pk>/", expenses.expense_edit, name="expense_edit"),
    path("lignes/<int:pk>/retirer/", expenses.expense_remove, name="expense_remove"),
    path("lignes/<int:pk>/favorite/", expense_favourites.favourite_keep, name="favourite_keep"),
    path("favoris/", expense_favourites.favourite_list, name="favourite_list"),
    path("favoris/<int:pk>/retirer/", expense_favourites.favourite_forget, name="favourite_forget"),
]
_settings = [
    path("", expense_kinds.expense_kind_list, name="expense_kind_list"),
    path("<int:pk>/", expense_kinds.expense_kind_detail, name="expense_kind_detail"),
    path("<int:pk>/modifier/", expense_kinds.expense_kind_edit, name="expense_kind_edit"),
    path("<int:pk>/regle/", expense_kinds.expense_rule_new, name="expense_rule_new"),
    path("regles/<int:pk>/confirmer/", expense_kinds.expense_rule_confirm, name="expense_rule_confirm"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("depenses/", include(_spending)),
    path("reglages/depenses/", include(_settings)),
]
