"""Floor 6: the doors. Console, public pages, callbacks, collector, redirects."""
