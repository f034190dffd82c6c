"""The page on which people say themselves what they allow."""
