"""Conditions: what rules may ask of a person. Modules declare theirs in their `conditions` room."""
