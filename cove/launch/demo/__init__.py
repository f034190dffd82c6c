"""The demo company: set up as its people would, and its first customers let in through the front doors."""
