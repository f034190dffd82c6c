"""What changes: domains, senders, templates, the list of suppressed addresses, and each mail."""
