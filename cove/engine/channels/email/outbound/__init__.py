"""How a mail is written, signed and handed over."""
