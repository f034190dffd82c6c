"""Webhooks: facts are told to companies' own systems, signed, until they are heard or given up."""
