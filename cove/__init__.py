"""Cove (港湾): a private-domain growth platform. The folders are the floors of ARCHITECTURE.md."""

__version__ = "0.1.0"
