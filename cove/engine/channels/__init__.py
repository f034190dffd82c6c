"""In and out: one folder a platform, and the one outbox behind them all."""
