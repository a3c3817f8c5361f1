"""Suppliers' electronic invoices: bytes in, one record out, whatever the syntax. No Django model here."""

from invoicing.engines.incoming.facts import Doubt, DoubtCode, Read, ReadInvoice, Unreadability, Unreadable
from invoicing.engines.incoming.reader import read_invoice

__all__ = ["Doubt", "DoubtCode", "Read", "ReadInvoice", "Unreadability", "Unreadable", "read_invoice"]
