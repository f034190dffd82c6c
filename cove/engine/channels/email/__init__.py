"""Mail to contacts: sender domains, templates, sending, and what comes back."""
