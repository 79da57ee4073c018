"""How long the checks between reports take on a database of many."""
