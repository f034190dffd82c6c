"""Console: WeCom as a channel, and the customer groups on it."""
