"""The scripting API below `/sandbox/api/`: human acts, settings, misbehaviour, and looking inside."""
