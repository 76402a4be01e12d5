"""Films: what is seen of a run, frame by frame."""
