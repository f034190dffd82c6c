"""Credits: what a company may still send of what costs money. Where no account was opened, nothing is counted."""
