"""The outbox of outward acts: each done once, in time, or noted with the reason why not."""
