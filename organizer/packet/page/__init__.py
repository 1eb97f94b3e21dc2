"""How a page is set: style, scripts, tables, charts, tags."""
