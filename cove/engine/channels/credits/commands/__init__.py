"""How credits are given, used and given back."""
