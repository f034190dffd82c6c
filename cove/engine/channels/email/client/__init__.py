"""What speaks to the outside: relays over SMTP, and the DNS."""
