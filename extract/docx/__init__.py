"""Word documents, from the XML inside them."""
