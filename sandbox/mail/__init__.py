"""A mail server that takes every mail and shows it: the mailboxes of the demo's people."""
