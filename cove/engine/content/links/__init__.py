"""Tracked links: any address becomes a short link that counts who followed it, and knows whom it was sent to."""
