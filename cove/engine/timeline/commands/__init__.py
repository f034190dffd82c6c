"""What the timeline holds of people, and how it goes."""
