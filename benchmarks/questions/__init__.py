"""How long the questions of docs/questions.md take on a database of many reports."""
