"""Plain text, in every shape that programs flatten tables into."""
