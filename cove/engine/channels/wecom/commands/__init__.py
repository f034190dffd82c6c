"""What changes about WeCom, by noun."""
