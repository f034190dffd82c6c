"""Short links of live codes: ``GET /c/{slug}``."""
