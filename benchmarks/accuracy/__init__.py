"""What the program reads against what is printed."""
