"""Text messages: providers, templates, what goes out, what comes back."""
