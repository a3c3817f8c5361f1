"""Pages of the bank: accounts and their balances, lines, statements, rules learnt, CSV formats."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounting.forms.bank import BankAccountForm, ImportForm, KnownBankAccountForm, RemoveForm
from accounting.models import BankAccount
from accounting.selectors.bank import (
    bank_accounts,
    bank_lines,
    bank_rules,
    bank_statements,
    is_removable,
    lines_to_match,
    standings,
)
from accounting.services.bank_accounts import change_bank_account, open_bank_account
from accounting.services.bank_importing import Imported, bring_file
from accounting.services.bank_removing import remove_statement
from accounting.services.bank_rules import stop_rule
from accounting.views.bank_tables import (
    LineFilters,
    LineTable,
    RuleFilters,
    RuleTable,
    StatementFilters,
    StatementTable,
    bank_tabs,
)
from cae.core.acting import act_now, act_page
from cae.core.forms import form_page, refused_at
from cae.core.permissions import can, requires
from cae.core.tables import Action, EmptyState, list_page
from people.requests import SignedIn


def import_action() -> Action:
    return Action(
        _("Importer un relevé"),
        reverse("accounting:bank_import"),
        right="accounting.keep_bank",
        icon="upload",
        tone="primary",
    )


@requires("accounting.view_bank")
def bank(request: SignedIn) -> HttpResponse:
    """Each account: what the bank says, what the books say, what is left to match."""
    context = {
        "tabs": bank_tabs("bank"),
        "standings": standings(timezone.localdate()),
        "may_keep": can(request.user, "accounting.keep_bank"),
        "may_match": can(request.user, "accounting.match_bank"),
    }
    return render(request, "accounting/bank/home.html", context)


@requires("accounting.view_bank")
def bank_lines_page(request: HttpRequest) -> HttpResponse:
    return list_page(
        request,
        queryset=bank_lines(),
        table=LineTable,
        filters=LineFilters,
        page="accounting.bank_lines",
        title=_("Lignes bancaires"),
        tabs=bank_tabs("bank_lines"),
        main_action=import_action(),
        empty=EmptyState(_("Aucune ligne bancaire."), _("Importez un relevé : ses lignes arrivent ici.")),
    )


@requires("accounting.view_bank")
def bank_statements_page(request: HttpRequest) -> HttpResponse:
    return list_page(
        request,
        queryset=bank_statements(),
        table=StatementTable,
        filters=StatementFilters,
        page="accounting.bank_statements",
        title=_("Relevés bancaires"),
        tabs=bank_tabs("bank_statements"),
        main_action=import_action(),
        empty=EmptyState(
            _("Aucun relevé."), _("Le premier relevé donne le solde de départ de son compte bancaire.")
        ),
    )


@requires("accounting.view_bank")
def bank_statement(request: SignedIn, pk: int) -> HttpResponse:
    """One statement: where it comes from, where its balance runs, its lines."""
    statement = get_object_or_404(bank_statements(), pk=pk)
    context = {
        "statement": statement,
        "lines": list(bank_lines().filter(statement=statement).order_by("position")[:200]),
        "next_line": lines_to_match().filter(statement=statement).values_list("pk", flat=True).first(),
        "may_match": can(request.user, "accounting.match_bank"),
        "may_remove": can(request.user, "accounting.keep_bank") and is_removable(statement),
    }
    return render(request, "accounting/bank/statement.html", context)


@requires("accounting.keep_bank")
def bank_statement_remove(request: SignedIn, pk: int) -> HttpResponse:
    statement = get_object_or_404(bank_statements(), pk=pk)
    list_url, back_url = reverse("accounting:bank_statements"), statement.get_absolute_url()
    return act_page(
        request,
        RemoveForm(request.POST or None),
        lambda typed: remove_statement(statement, actor=request.user, **typed),
        title=_("Retirer ce relevé"),
        lead=_("Ses lignes s’en vont avec lui ; le fichier reçu est gardé, et peut être importé de nouveau."),
        submit=_("Retirer"),
        tone="danger",
        done=_("Relevé retiré : le compte en est où le relevé d’avant l’avait laissé."),
        back_url=back_url,
        goes_to=list_url,
        crumbs=[
            (_("Banque"), reverse("accounting:bank")),
            (_("Relevés"), list_url),
            (str(statement), back_url),
            (_("Retirer"), ""),
        ],
    )


@requires("accounting.keep_bank")
def bank_import(request: SignedIn) -> HttpResponse:
    """A file of the bank, imported whole or refused with what is wrong."""
    today = timezone.localdate()
    form = ImportForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        with refused_at(form):
            brought = bring_file(form.given(), actor=request.user, today=today)
            if not isinstance(brought, Imported):
                return redirect("core:job_detail", brought.pk)
            _tell(request, brought)
            return redirect(
                brought.statements[0] if len(brought.statements) == 1 else "accounting:bank_statements"
            )
    back_url = reverse("accounting:bank_statements")
    return form_page(
        request,
        form,
        title=_("Importer un relevé bancaire"),
        lead=_("Les lignes déjà connues sont laissées ; un solde qui ne se suit pas fait tout refuser."),
        submit=_("Importer"),
        back_url=back_url,
        crumbs=[(_("Banque"), reverse("accounting:bank")), (_("Relevés"), back_url), (_("Importer"), "")],
    )


def _tell(request: SignedIn, brought: Imported) -> None:
    lines = sum(one.line_count for one in brought.statements)
    known = sum(one.known_count for one in brought.statements)
    word = ngettext("%(count)d ligne importée.", "%(count)d lignes importées.", lines)
    messages.success(request, word % {"count": lines})
    if known:
        word = ngettext(
            "%(count)d ligne déjà connue a été laissée.",
            "%(count)d lignes déjà connues ont été laissées.",
            known,
        )
        messages.info(request, word % {"count": known})
    if brought.left_out:
        word = _("Ce que le fichier dit d’autres comptes a été laissé de côté : %(accounts)s.")
        messages.warning(request, word % {"accounts": ", ".join(brought.left_out)})


@requires("accounting.keep_bank")
def bank_account_add(request: SignedIn) -> HttpResponse:
    form = BankAccountForm(request.POST or None)
    return act_page(
        request,
        form,
        lambda typed: open_bank_account(actor=request.user, **typed),
        title=_("Déclarer un compte bancaire"),
        submit=_("Déclarer le compte"),
        done=_("Compte bancaire déclaré."),
        back_url=reverse("accounting:bank"),
        crumbs=[(_("Banque"), reverse("accounting:bank")), (_("Nouveau compte"), "")],
    )


@requires("accounting.keep_bank")
def bank_account(request: SignedIn, pk: int) -> HttpResponse:
    row: BankAccount = get_object_or_404(bank_accounts(), pk=pk)
    known = {"label": row.label, "layout": row.layout_id, "closed_on": row.closed_on}
    form = KnownBankAccountForm(request.POST or None, initial=known)
    return act_page(
        request,
        form,
        lambda typed: change_bank_account(row, actor=request.user, **typed),
        title=row.label,
        lead=_("IBAN …%(end)s, tenu par le compte %(account)s.")
        % {"end": row.iban_end, "account": row.account},
        submit=_("Enregistrer"),
        done=_("Compte bancaire enregistré."),
        back_url=reverse("accounting:bank"),
        crumbs=[(_("Banque"), reverse("accounting:bank")), (row.label, "")],
    )


@requires("accounting.view_bank")
def bank_rules_page(request: HttpRequest) -> HttpResponse:
    return list_page(
        request,
        queryset=bank_rules(),
        table=RuleTable,
        filters=RuleFilters,
        page="accounting.bank_rules",
        title=_("Règles de rapprochement"),
        intro=_("Apprises de ce que vous ventilez ; chacune s’arrête depuis sa page."),
        tabs=bank_tabs("bank_rules"),
        empty=EmptyState(
            _("Aucune règle."), _("Ventilez une ligne en demandant la même chose pour les prochaines.")
        ),
    )


@requires("accounting.keep_bank")
def bank_rule_stop(request: SignedIn, pk: int) -> HttpResponse:
    """One rule, with its button."""
    rule = get_object_or_404(bank_rules(), pk=pk)
    back_url = reverse("accounting:bank_rules")
    if request.method == "POST":
        done = _("Règle arrêtée : elle ne propose plus rien.")
        return act_now(request, lambda: stop_rule(rule, actor=request.user), done=done, back_url=back_url)
    return render(request, "accounting/bank/rule.html", {"rule": rule, "back_url": back_url})
