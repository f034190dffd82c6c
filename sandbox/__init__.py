"""The outside world's stand-in: WeCom's wire protocol, its callbacks, and the phones of visitors.

A program of its own. It knows nothing of Cove; the two meet over HTTP only.
"""
