"""Addresses of suppliers and purchases."""

from django.urls import URLPattern, URLResolver, include, path

from invoicing.views import (
    purchase_acts,
    purchase_form,
    purchase_order_acts,
    purchase_orders,
    purchases,
    split_keys,
    supplier_banks,
    suppliers,
)

_purchases = [
    path("", purchases.purchase_list, name="purchase_list"),
    path("nouveau/", purchase_form.purchase_new, name="purchase_new"),
    path("echeances/", purchases.purchase_due_list, name="purchase_due_list"),
    path("balance-agee/", purchases.supplier_balances, name="supplier_balances"),
    path("<int:pk>/", purchases.purchase_detail, name="purchase_detail"),
    path("<int:pk>/modifier/", purchase_form.purchase_edit, name="purchase_edit"),
    path("<int:pk>/pour-moi/", purchase_acts.purchase_take, name="purchase_take"),
    path("<int:pk>/approuver/", purchase_acts.purchase_approve, name="purchase_approve"),
    path("<int:pk>/litige/", purchase_acts.purchase_dispute, name="purchase_dispute"),
    path("<int:pk>/lever-le-litige/", purchase_acts.purchase_resume, name="purchase_resume"),
    path("<int:pk>/refuser/", purchase_acts.purchase_refuse, name="purchase_refuse"),
    path("<int:pk>/annuler/", purchase_acts.purchase_undo, name="purchase_undo"),
    path("<int:pk>/payer/", purchase_acts.purchase_payment, name="purchase_payment"),
    path("<int:pk>/retirer-l-ordre/", purchase_acts.purchase_withdraw, name="purchase_withdraw"),
    path("<int:pk>/paye/", purchase_acts.purchase_settle, name="purchase_settle"),
    path("<int:pk>/imputer/", purchase_acts.purchase_impute, name="purchase_impute"),
    path("<int:pk>/reprendre-l-avoir/", purchase_acts.purchase_release, name="purchase_release"),
]
_orders = [
    path("", purchase_orders.purchase_order_list, name="purchase_order_list"),
    path("nouvelle/", purchase_orders.purchase_order_new, name="purchase_order_new"),
    path("<int:pk>/", purchase_orders.purchase_order_detail, name="purchase_order_detail"),
    path("<int:pk>/modifier/", purchase_orders.purchase_order_edit, name="purchase_order_edit"),
    path("<int:pk>/soumettre/", purchase_order_acts.purchase_order_submit, name="purchase_order_submit"),
    path(
        "<int:pk>/reprendre/", purchase_order_acts.purchase_order_take_back, name="purchase_order_take_back"
    ),
    path("<int:pk>/approuver/", purchase_order_acts.purchase_order_approve, name="purchase_order_approve"),
    path("<int:pk>/envoyer/", purchase_order_acts.purchase_order_send, name="purchase_order_send"),
    path("<int:pk>/livraison/", purchase_order_acts.purchase_order_receive, name="purchase_order_receive"),
    path("<int:pk>/terminer/", purchase_order_acts.purchase_order_close, name="purchase_order_close"),
    path("<int:pk>/annuler/", purchase_order_acts.purchase_order_cancel, name="purchase_order_cancel"),
]
_keys = [
    path("", split_keys.split_key_list, name="split_key_list"),
    path("nouvelle/", split_keys.split_key_new, name="split_key_new"),
    path("<int:pk>/", split_keys.split_key_detail, name="split_key_detail"),
    path("<int:pk>/poids/", split_keys.split_key_weigh, name="split_key_weigh"),
    path("<int:pk>/archiver/", split_keys.split_key_archive, name="split_key_archive"),
    path("<int:pk>/retablir/", split_keys.split_key_restore, name="split_key_restore"),
]
_suppliers = [
    path("", suppliers.supplier_list, name="supplier_list"),
    path("nouveau/", suppliers.supplier_new, name="supplier_new"),
    path("<int:pk>/", suppliers.supplier_detail, name="supplier_detail"),
    path("<int:pk>/modifier/", suppliers.supplier_edit, name="supplier_edit"),
    path("<int:pk>/verifier/", suppliers.supplier_accept, name="supplier_accept"),
    path("<int:pk>/archiver/", suppliers.supplier_archive, name="supplier_archive"),
    path("<int:pk>/retablir/", suppliers.supplier_restore, name="supplier_restore"),
    path("<int:pk>/iban/", supplier_banks.bank_propose, name="bank_propose"),
    path("iban/<int:pk>/confirmer/", supplier_banks.bank_confirm, name="bank_confirm"),
    path("iban/<int:pk>/ecarter/", supplier_banks.bank_reject, name="bank_reject"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("achats/commandes/", include(_orders)),
    path("achats/cles/", include(_keys)),
    path("achats/", include(_purchases)),
    path("fournisseurs/", include(_suppliers)),
]
