"""Reads of the outbox and of the rules it keeps."""
