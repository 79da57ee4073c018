"""Administrative divisions and public bodies: where an agency is, of what level and what kind."""
