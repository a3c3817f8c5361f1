"""Who may do what with commercial documents: one table, a module a subject."""

from cae.core.permissions import merged
from invoicing.permissions import (
    chasing,
    claims,
    deals,
    disbursements,
    exchange,
    expenses,
    incoming,
    joint,
    parts,
    pieces,
    purchases,
    recurring,
    sales,
)

PERMISSIONS = merged(
    sales.PERMISSIONS,
    expenses.PERMISSIONS,
    claims.PERMISSIONS,
    incoming.PERMISSIONS,
    purchases.PERMISSIONS,
    deals.PERMISSIONS,
    parts.PERMISSIONS,
    joint.PERMISSIONS,
    recurring.PERMISSIONS,
    pieces.PERMISSIONS,
    disbursements.PERMISSIONS,
    chasing.PERMISSIONS,
    exchange.PERMISSIONS,
)
