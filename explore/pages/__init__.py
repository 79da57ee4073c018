"""One page a module: a function from what is stored to a frozen noun, which a template shows."""
