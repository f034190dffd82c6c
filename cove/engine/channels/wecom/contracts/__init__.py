"""What crosses the border of WeCom, as plain data: cards for other modules, answers of the platform."""
