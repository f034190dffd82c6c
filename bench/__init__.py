"""Measurements of ourselves against the bare technique, on the same machine in the same run."""
