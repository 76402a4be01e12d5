"""What the page "Your data" is made of: the visitor's table, its settings, and its four views."""
