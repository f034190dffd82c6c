"""Long work: a row of progress that the console shows live, around a procrastinate task."""
