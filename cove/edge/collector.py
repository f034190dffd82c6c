"""The collector: ``/collect/…``."""
