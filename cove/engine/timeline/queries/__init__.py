"""Reading timelines: a page of one, one fact of it, how somebody first came."""
