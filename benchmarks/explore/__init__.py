"""How long the web application takes for each of its pages on a database of many reports."""
