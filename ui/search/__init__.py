"""The page Search: settings that are searched, a search as it goes on, what came of it."""
