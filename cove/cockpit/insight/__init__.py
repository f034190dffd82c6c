"""Analyses over everybody's timeline: the funnel, and the figures of the first page."""
