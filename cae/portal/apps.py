"""The pages that gather rooms, and the rights of the kernel's own pages."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from cae.core import menu, permissions


class PortalConfig(AppConfig):
    name = "cae.portal"
    label = "portal"
    verbose_name = _("Portail")

    def ready(self) -> None:
        from cae.core import notices  # models are ready only now
        from cae.core.search import provide_search
        from cae.portal.handbook import find_help
        from cae.portal.permissions import CORE_PERMISSIONS, watchers

        permissions.register("core", CORE_PERMISSIONS)
        notices.provide_watchers(watchers)
        provide_search(find_help)
        for order, (code, label, icon) in enumerate(GROUPS):
            menu.register_group(code, label, order=order, icon=icon, folds_into=FOLDS.get(code, ""))
        for entry in ENTRIES:
            menu.register_entry(**entry)
        # Passwords and second factors keep the addresses of allauth.
        menu.register_pages("people:account", "/accounts/")


GROUPS = (
    ("home", "", ""),
    ("sales", _("Ventes"), "receipt"),
    ("spending", _("Dépenses"), "wallet2"),
    ("activity", _("Mon activité"), "graph-up"),
    ("path", _("Parcours"), "signpost-split"),
    ("accounting", _("Comptabilité"), "journal-text"),
    ("governance", _("Vie coopérative"), "megaphone"),
    ("people", _("Personnes"), "people"),
    ("settings", _("Réglages"), "sliders"),
    (menu.ACCOUNT, "", ""),
)
# What goes into another group, the last first, when the menu grows too long: for whoever holds several roles.
FOLDS = {"activity": "people", "path": "people"}

ENTRIES = (
    {
        "group": "home",
        "label": _("Accueil"),
        "url_name": "portal:home",
        "right": None,
        "icon": "house",
        "order": 1,
    },
    {
        "group": "settings",
        "label": _("Coopérative"),
        "url_name": "core:cooperative",
        "right": "core.view_settings",
        "icon": "building",
        "order": 10,
    },
    {
        "group": "settings",
        "label": _("Paramètres"),
        "url_name": "core:setting_list",
        "right": "core.view_settings",
        "icon": "sliders",
        "order": 20,
    },
    {
        "group": "settings",
        "label": _("Listes d’options"),
        "url_name": "core:option_lists",
        "right": "core.view_settings",
        "icon": "list",
        "order": 25,
    },
    {
        "group": "settings",
        "label": _("E-mails"),
        "url_name": "core:mail_list",
        "right": "core.view_mails",
        "icon": "envelope",
        "order": 60,
    },
    {
        "group": "settings",
        "label": _("Textes des e-mails"),
        "url_name": "core:mail_text_list",
        "right": "core.change_mail_texts",
        "icon": "pencil",
        "order": 65,
    },
    {
        "group": "settings",
        "label": _("Documents"),
        "url_name": "core:document_list",
        "right": "core.view_documents",
        "icon": "folder",
        "order": 80,
    },
    {
        "group": "settings",
        "label": _("Journal"),
        "url_name": "core:journal",
        "right": "core.view_journal",
        "icon": "clock-history",
        "order": 90,
    },
    {
        "group": menu.ACCOUNT,
        "label": _("Mon compte"),
        "url_name": "people:account",
        "right": None,
        "icon": "person-gear",
        "order": 10,
    },
    {
        "group": menu.ACCOUNT,
        "label": _("Mon espace"),
        "url_name": "people:own_deadlines",
        "right": "people.view_own_deadlines",
        "icon": "clock-history",
        "order": 20,
    },
    {
        "group": menu.ACCOUNT,
        "label": _("Mes avis"),
        "url_name": "core:notice_list",
        "right": None,
        "icon": "inbox",
        "order": 30,
    },
    {
        "group": menu.ACCOUNT,
        "label": _("Mes travaux"),
        "url_name": "core:job_list",
        "right": None,
        "icon": "hourglass-split",
        "order": 40,
    },
)
