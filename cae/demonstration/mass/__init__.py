"""A house of any size for the measures: people by the services, documents in bulk, the same rows."""
