"""What people type about customers, documents and payments, turned into the inputs of the services."""
