"""What each activity has of a document that several make together, and of the money it brings (INV-20).

One rule, cumulative: an activity has its share of all that moved so far, to the cent (largest remainder),
less what it already had. Nothing drifts over parts, payments and credit notes, and what is whole is shared
exactly as agreed. Activities are named by their keys; every mapping names the same ones.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from cae.core.money import ZERO, share
from invoicing.calculations.losses import Loss
from invoicing.calculations.payment_vat import TaxRelease
from invoicing.calculations.totals import TaxGroup

# Activity → amount, or weight.
Parts = Mapping[int, Decimal]
Group = tuple[str, Decimal]


def faults_of(rates: Parts, *, leading: int) -> list[str]:
    """What keeps shares of the whole from being shares: the names of the rules broken, none when sound."""
    rules = {
        "two_activities": len(rates) >= 2,
        "leading_has_one": leading in rates,
        "above_zero": all(rate > 0 for rate in rates.values()),
        "whole": sum(rates.values(), Decimal(0)) == 1,
    }
    return [name for name, kept in rules.items() if not kept]


def shared(total: Decimal, weights: Parts) -> dict[int, Decimal]:
    """An amount cut by weights, in the order of the keys, so that equals always get the same cent. ValueError
    when there is something to cut and no weight."""
    keys = sorted(weights)
    if not total:
        return dict.fromkeys(keys, ZERO)
    return dict(zip(keys, share(total, [weights[key] for key in keys]), strict=True))


def moved(amount: Decimal, *, weights: Parts, given: Parts) -> dict[int, Decimal]:
    """What each has of this movement, when `given` is what each had of those before it."""
    after = shared(sum(given.values(), ZERO) + amount, weights)
    return {key: part - given.get(key, ZERO) for key, part in after.items()}


def added(first: Parts, second: Parts) -> dict[int, Decimal]:
    return {key: first.get(key, ZERO) + second.get(key, ZERO) for key in sorted({*first, *second})}


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a joint document: `net` once the discount on the whole is off. Rows of one `scope` are cut
    together, by the same weights, over all the documents that follow each other."""

    scope: Hashable
    account: str
    nature: str
    group: Group
    gross: Decimal
    net: Decimal
    weights: Parts
    vat_kind: str = ""


@dataclass(frozen=True, slots=True)
class Given:
    """What each had so far: of the rows of a scope, of the net and of the tax of a rate. For a credit note,
    what each still has of the invoice."""

    gross: Mapping[Hashable, Parts] = field(default_factory=dict)
    net: Mapping[Hashable, Parts] = field(default_factory=dict)
    base: Mapping[Group, Parts] = field(default_factory=dict)
    tax: Mapping[Group, Parts] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Had:
    """What one activity has of one row: the account and the nature of the sale, before discount and after."""

    scope: Hashable
    account: str
    nature: str
    rate: Decimal
    gross: Decimal
    net: Decimal
    vat_kind: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """What one activity has of one document."""

    rows: tuple[Had, ...]
    taxes: tuple[TaxGroup, ...]

    @property
    def net(self) -> Decimal:
        return sum((group.net for group in self.taxes), ZERO)

    @property
    def gross(self) -> Decimal:
        return sum((group.gross for group in self.taxes), ZERO)

    def by_nature(self) -> dict[str, Decimal]:
        """Its net by nature of sale: what its contribution counts."""
        nets: dict[str, Decimal] = {}
        for row in self.rows:
            nets[row.nature] = nets.get(row.nature, ZERO) + row.net
        return nets


def split_document(
    rows: Sequence[Row], taxes: Sequence[TaxGroup], *, given: Given | None = None
) -> dict[int, Part]:
    """The part of each activity: rows by their weights, then the tax of each rate by the net that each has so
    far in it. A credit note is a document of negative amounts. ValueError when rows and taxes do not say the
    same net."""
    before = given or Given()
    keys = sorted({key for row in rows for key in row.weights})
    gross, net = dict(before.gross), dict(before.net)
    had: dict[int, list[Had]] = {key: [] for key in keys}
    bases: dict[Group, dict[int, Decimal]] = {}
    for row in rows:
        row_gross = moved(row.gross, weights=row.weights, given=gross.get(row.scope, {}))
        row_net = moved(row.net, weights=row.weights, given=net.get(row.scope, {}))
        gross[row.scope] = added(gross.get(row.scope, {}), row_gross)
        net[row.scope] = added(net.get(row.scope, {}), row_net)
        bases[row.group] = added(bases.get(row.group, {}), row_net)
        for key in row_net:
            amounts = (row_gross[key], row_net[key])
            had[key].append(
                Had(row.scope, row.account, row.nature, row.group[1], *amounts, vat_kind=row.vat_kind)
            )
    if {group: sum(parts.values()) for group, parts in bases.items()} != {
        _group(tax): tax.net for tax in taxes
    }:
        raise ValueError("rows and taxes must say the same net")
    cut = {_group(tax): _taxes(tax, bases[_group(tax)], before) for tax in taxes}
    return {
        key: Part(tuple(had[key]), tuple(groups[key] for groups in cut.values() if key in groups))
        for key in keys
    }


def _group(tax: TaxGroup) -> Group:
    return tax.category, tax.rate


def _taxes(tax: TaxGroup, bases: Parts, given: Given) -> dict[int, TaxGroup]:
    """The tax of one rate, in the parts of those who have a net in it, now or before."""
    had = given.tax.get(_group(tax), {})
    so_far = added(given.base.get(_group(tax), {}), bases)
    whole = sum(had.values(), ZERO) + tax.tax
    # Whoever has given back more than they had bears no tax of the others.
    weights = {key: max(base if whole > ZERO else -base, ZERO) for key, base in so_far.items()}
    parts = moved(tax.tax, weights=weights, given=had)
    return {key: TaxGroup(tax.category, tax.rate, bases.get(key, ZERO), part) for key, part in parts.items()}


def weights_from(amounts: Parts, *, otherwise: Parts) -> Parts:
    """Weights from what each has, whatever the sign of the whole; those agreed (`otherwise`) when nobody has
    anything."""
    sign = -1 if sum(amounts.values(), ZERO) < ZERO else 1
    weights = {key: max(sign * part, ZERO) for key, part in amounts.items()}
    return weights if any(weights.values()) else otherwise


def of_standing(total: Decimal, having: Parts, *, otherwise: Parts) -> dict[int, Decimal]:
    """What each has of a part of what stands: all of it is shared as it stands, a part of it by what each
    has; once nobody has anything, by the weights agreed (`otherwise`)."""
    if total == sum(having.values(), ZERO):
        return dict(having)
    return shared(total, weights_from(having, otherwise=otherwise))


def kept_back(retained: Decimal, having: Parts) -> dict[int, Decimal]:
    """What is left to each once the rest is shared: what is paid is shared first, so that nobody's account
    is left with a cent of the others."""
    now = of_standing(sum(having.values(), ZERO) - retained, having, otherwise=having)
    return {key: part - now[key] for key, part in having.items()}


def tax_of_each(
    due: Sequence[TaxRelease], having: Mapping[Group, Parts], *, otherwise: Parts
) -> dict[int, list[TaxRelease]]:
    """The tax due so far, in the parts of those who have it in what stands."""
    found: dict[int, list[TaxRelease]] = {key: [] for key in otherwise}
    for one in due:
        parts = of_standing(one.tax, having.get((one.category, one.rate), {}), otherwise=otherwise)
        bases = dict.fromkeys(parts, ZERO) | _bases_of(one, parts)
        for key, part in parts.items():
            found[key].append(TaxRelease(one.category, one.rate, part, bases[key]))
    return found


def _bases_of(due: TaxRelease, parts: Parts) -> dict[int, Decimal]:
    """The base of a tax, shared as the tax itself."""
    return shared(due.base, weights_from(parts, otherwise=parts)) if any(parts.values()) else {}


def loss_of_each(loss: Loss, rest: Parts, having: Mapping[Group, Parts]) -> dict[int, Loss]:
    """What each gives up of the rest: of the tax of each rate, what payments did not make due, to the cent;
    the charge for what is left of its rest."""
    taxes = {
        (one.category, one.rate): kept_back(one.tax, having.get((one.category, one.rate), {}))
        for one in loss.charges
    }
    nets = [max(one.net, ZERO) for one in loss.charges]
    found = {}
    for key, amount in rest.items():
        own = [taxes[one.category, one.rate].get(key, ZERO) for one in loss.charges]
        charged = share(amount - sum(own, ZERO), nets) if any(nets) else [ZERO] * len(nets)
        charges = [
            replace(one, net=net, tax=tax) for one, net, tax in zip(loss.charges, charged, own, strict=True)
        ]
        found[key] = Loss(amount, tuple(charges), loss.tax_account)
    return found
