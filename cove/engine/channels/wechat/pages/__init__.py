"""Public doors of WeChat accounts: pages opened in WeChat, and mini-programs."""
