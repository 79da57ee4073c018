"""Web pages: the article inside the site, its tables as grids."""
