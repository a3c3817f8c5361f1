"""The pages that belong to no trade: jobs, documents, settings, journal, errors."""
