"""Results that are handed in: a code that holds settings and what came of them, and the check that runs them again."""
