"""Text messages: the doors of two providers, and the carriers behind them."""
