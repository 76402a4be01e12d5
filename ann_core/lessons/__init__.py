"""What the lessons show, worked out: pure functions over the engine, without any picture."""
