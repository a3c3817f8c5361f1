"""Screen 15: a line of the bank at left, what it may be at right with the reasons; accepted, split, put in
suspense or undone, then the next one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounting.calculations.bank_entries import SplitPart
from accounting.calculations.matching.choosing import shares_of, whole_and_gap
from accounting.calculations.matching.items import Item
from accounting.calculations.matching.proposing import Pool
from accounting.forms.bank import (
    MORE,
    PREFIX,
    GapForm,
    PartFormSet,
    ReadVersion,
    SplitForm,
    UndoForm,
    part_of,
)
from accounting.models import BankAccount, BankLine
from accounting.selectors.bank import (
    bank_accounts,
    bank_lines,
    lines_to_match,
    matches_of,
    parts_offered,
    standings,
)
from accounting.selectors.bank_proposals import (
    first_offers,
    found_items,
    kept_reasons,
    offers_of,
    pool_of,
)
from accounting.services.bank_matching import Choice, gone, match_line, undo_match
from accounting.services.bank_rules import choice_of, match_and_learn, words_to_learn
from accounting.states.bank import BankLineState
from accounting.views.bank_tables import LineFilters, bank_tabs
from cae.core.acting import act_page
from cae.core.errors import Code, Forbidden, Refused
from cae.core.keys import key_in, text_in
from cae.core.permissions import can, require, requires
from people.requests import SignedIn

# Lines shown at left around the one that is open.
_AROUND = 16


@dataclass(frozen=True)
class Walk:
    """The lines that wait, as they were filtered, and where one stands among them."""

    lines: Sequence[BankLine]
    current: BankLine
    query: str
    total: int

    def url(self, line: BankLine) -> str:
        address = line.get_absolute_url()
        return f"{address}?{self.query}" if self.query else address

    @property
    def rank(self) -> int | None:
        return next((rank for rank, one in enumerate(self.lines) if one.pk == self.current.pk), None)

    @property
    def rows(self) -> list[tuple[BankLine, str]]:
        return [(line, self.url(line)) for line in self.lines]

    @property
    def previous(self) -> BankLine | None:
        rank = self.rank
        return self.lines[rank - 1] if rank else None

    @property
    def following(self) -> BankLine | None:
        """The next one; the first that waits, from a line that waits no more."""
        rank = self.rank
        if rank is None:
            return self.lines[0] if self.lines else None
        return self.lines[rank + 1] if rank + 1 < len(self.lines) else None


@requires("accounting.view_bank")
def bank_line(request: SignedIn, pk: int) -> HttpResponse:
    """A line with what it may be, or what it was matched with."""
    line = get_object_or_404(bank_lines(), pk=pk)
    walk = _walk(request, line)
    if request.method == "POST":
        require(request.user, "accounting.match_bank", line)
        return _act(request, line, walk)
    return _page(request, line, walk)


def _walk(request: HttpRequest, line: BankLine) -> Walk:
    found = LineFilters(request.GET, queryset=lines_to_match(), request=request).qs
    keys = list(found.values_list("pk", flat=True))
    place = keys.index(line.pk) if line.pk in keys else 0
    start = max(0, place - _AROUND // 2)
    shown = list(found[start : start + _AROUND])
    # What was looked for beside one line is not asked of the next.
    kept = request.GET.copy()
    for name in ("piece", "ventiler"):
        kept.pop(name, None)
    return Walk(shown, line, kept.urlencode(), len(keys))


def _page(request: SignedIn, line: BankLine, walk: Walk, **more: Any) -> HttpResponse:
    """Draws the line; `more`: the forms as they were typed, with their faults (422)."""
    may_match = can(request.user, "accounting.match_bank")
    waits = line.state == BankLineState.TO_MATCH
    pool = pool_of(line.bank_account, timezone.localdate()) if waits else Pool.of(())
    text = text_in(request.GET.get("piece", ""))
    found = found_items(line, pool, text)
    (standing,) = [one for one in standings(timezone.localdate()) if one.account.pk == line.bank_account_id]
    context = {
        "line": line,
        "walk": walk,
        "here": walk.url(line),
        "previous_url": walk.url(walk.previous) if walk.previous else "",
        "next_url": walk.url(walk.following) if walk.following else "",
        "offers": offers_of(line, pool) if waits else [],
        "found": found,
        "gap": GapForm(offered=parts_offered()) if found and may_match else None,
        "piece": text,
        "matches": [(one, kept_reasons(one.reasons)) for one in matches_of(line)],
        "waits": waits,
        "may_act": may_match and waits,
        "may_undo": may_match and not waits,
        "standing": standing,
        "splits": bool(more) or "ventiler" in request.GET,
        **(_forms(line) if waits and may_match and not more else {}),
        **more,
    }
    wrong = bool(more)
    return render(request, "accounting/bank/line.html", context, status=422 if wrong else 200)


def _forms(line: BankLine) -> dict[str, Any]:
    words = words_to_learn(line.label)
    start = {"party": line.counterparty, "words": words, "learn": bool(words)}
    parts = PartFormSet(
        prefix=PREFIX, initial=[part_of(line.amount)], form_kwargs={"offered": parts_offered()}
    )
    return {"split": SplitForm(initial=start), "parts": parts}


def _act(request: SignedIn, line: BankLine, walk: Walk) -> HttpResponse:
    """What a button of the page asks; refused, it is said above the same line, with what was looked for."""
    wanted = request.POST.get("do", "")
    if wanted in ("split", "more"):
        return _split(request, line, walk, only_more=wanted == "more")
    try:
        _match(request, line, _chosen(request, line, wanted))
    except Forbidden:
        raise
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(request.get_full_path())
    return _on_to_next(request, walk)


def _match(request: SignedIn, line: BankLine, choice: Choice) -> None:
    shown = _shown(request)
    match_line(line, choice=choice, shown=shown, actor=request.user, today=timezone.localdate())


def _shown(request: SignedIn) -> int:
    """The version of the line that the page showed."""
    version = ReadVersion(request.POST)
    if not version.is_valid():
        raise Refused(Code.STALE_FORM, _("Cette page est incomplète : rouvrez la ligne."))
    shown: int = version.cleaned_data["shown"]
    return shown


def _on_to_next(request: SignedIn, walk: Walk) -> HttpResponse:
    messages.success(request, _("Ligne rapprochée."))
    if walk.following is None:
        return redirect("accounting:bank")
    return redirect(walk.url(walk.following))


def _chosen(request: SignedIn, line: BankLine, wanted: str) -> Choice:
    """What the accountant chose. Raises Refused when it is open no more."""
    if wanted == "wait":
        return Choice()
    pool = pool_of(line.bank_account, timezone.localdate())
    if wanted == "items":
        keys = list(dict.fromkeys(request.POST.getlist("items")))
        # The others are not given the part of one that somebody took meanwhile.
        if any(key not in pool.items for key in keys):
            raise gone()
        return _items_chosen(request, line, [pool.items[key] for key in keys])
    key = request.POST.get("key", "")
    offer = next((one for one in offers_of(line, pool) if one.key == key), None)
    if offer is None:
        raise Refused(
            Code.STALE_FORM, _("Cette proposition n’est plus ouverte : quelqu’un vient de s’en occuper.")
        )
    return choice_of(offer, line)


def _items_chosen(request: SignedIn, line: BankLine, items: Sequence[Item]) -> Choice:
    """The ticked items: the last takes what is left, unless an account is said for it."""
    if not items:
        raise Refused(Code.VALUE_MISSING, _("Cochez au moins une pièce."))
    names = [item.label for item in items]
    form = GapForm(request.POST, offered=parts_offered())
    if not form.is_valid():
        raise Refused(Code.VALUE_INVALID, _("Choisissez le compte et la section de l’écart dans leur liste."))
    account, section = form.cleaned_data["account"], form.cleaned_data["section"]
    if account is None:
        return Choice(shares_of(line.amount, items), label=", ".join(names))
    if section is None:
        raise Refused(Code.VALUE_MISSING, _("Choisissez la section de l’écart."))
    shares, gap = whole_and_gap(line.amount, items)
    part = SplitPart(account.number, section.pk, gap, party=line.counterparty)
    return Choice(shares, parts=[part] if gap else [], label=", ".join([*names, account.label]))


def _split(request: SignedIn, line: BankLine, walk: Walk, *, only_more: bool) -> HttpResponse:
    """A split as typed: posted, or drawn again with its faults or with more rows."""
    sent = request.POST.copy()
    if only_more:
        sent[f"{PREFIX}-TOTAL_FORMS"] = str((key_in(sent.get(f"{PREFIX}-TOTAL_FORMS", "")) or 0) + MORE)
    form = SplitForm(sent)
    parts = PartFormSet(sent, prefix=PREFIX, form_kwargs={"offered": parts_offered()})
    if not only_more and form.is_valid() and parts.is_valid():
        try:
            _post_split(request, line, form, parts)
            return _on_to_next(request, walk)
        except Forbidden:
            raise
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
    return _page(request, line, walk, split=form, parts=parts)


def _post_split(request: SignedIn, line: BankLine, form: SplitForm, parts: Any) -> None:
    typed = form.cleaned_data
    written = [row.part(typed["party"]) for row in parts.written]
    if not written:
        raise Refused(Code.VALUE_MISSING, _("Indiquez au moins une part : son compte et son montant."))
    choice = Choice(parts=written, label=parts.written[0].cleaned_data["account"].label)
    # Ticked from the start: several parts are split without a word.
    if typed["learn"] and len(written) == 1:
        asked = {"shown": _shown(request), "actor": request.user, "today": timezone.localdate()}
        match_and_learn(line, choice, words=typed["words"], narrowed=form.narrowed, **asked)
    else:
        _match(request, line, choice)


@requires("accounting.match_bank")
def bank_undo(request: SignedIn, pk: int) -> HttpResponse:
    line = get_object_or_404(bank_lines(), pk=pk)
    form = UndoForm(request.POST or None, initial={"shown": line.version})
    return act_page(
        request,
        form,
        lambda typed: undo_match(line, actor=request.user, today=timezone.localdate(), **typed),
        title=_("Défaire ce rapprochement"),
        lead=_("Ce qu’il avait passé est contre-passé à la date de la ligne ; un paiement noté le reste."),
        submit=_("Défaire"),
        tone="danger",
        done=_("Rapprochement défait : la ligne attend de nouveau."),
        back_url=line.get_absolute_url(),
        crumbs=[
            (_("Banque"), reverse("accounting:bank")),
            (str(line), line.get_absolute_url()),
            (_("Défaire"), ""),
        ],
    )


@requires("accounting.match_bank")
def bank_sure(request: SignedIn) -> HttpResponse:
    """The sure proposals of an account, looked at, then accepted together."""
    accounts = list(bank_accounts())
    wanted = key_in(request.GET.get("compte", ""))
    account = next((one for one in accounts if one.pk == wanted), accounts[0] if accounts else None)
    if request.method == "POST" and account is not None:
        return _accept_sure(request, account)
    context = {
        "tabs": bank_tabs("bank_sure"),
        "accounts": [(one, f"?compte={one.pk}", one == account) for one in accounts],
        "account": account,
        "rows": first_offers(account, timezone.localdate()) if account else [],
        "left_url": f"{reverse('accounting:bank_lines')}?etat={BankLineState.TO_MATCH}",
    }
    return render(request, "accounting/bank/sure.html", context)


def _accept_sure(request: SignedIn, account: BankAccount) -> HttpResponse:
    """Each ticked line, as long as what was shown is still what is proposed."""
    today, ticked, done = timezone.localdate(), set(request.POST.getlist("lines")), 0
    for line, offer in first_offers(account, today):
        if f"{line.pk}:{line.version}:{offer.key}" not in ticked:
            continue
        try:
            match_line(
                line, choice=choice_of(offer, line), shown=line.version, actor=request.user, today=today
            )
            done += 1
        except Refused as refusal:
            messages.error(request, f"{line} : {refusal}")
    if done:
        word = ngettext("%(count)d ligne rapprochée.", "%(count)d lignes rapprochées.", done)
        messages.success(request, word % {"count": done})
    elif not ticked:
        messages.warning(request, _("Cochez au moins une ligne."))
    if len(ticked) > done:
        messages.warning(request, _("Les autres lignes cochées ont changé depuis : relisez-les."))
    return redirect(f"{reverse('accounting:bank_sure')}?compte={account.pk}")
