"""Console: privacy, for the tenant and for one contact."""
