"""What one update of a run is for: right answers, the inputs again, two networks against each other."""
