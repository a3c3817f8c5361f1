"""Commercial documents: customers, invoices, credit notes, payments."""
