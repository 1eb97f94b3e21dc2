"""Lucide icons (ISC) as SVG; a new one is copied here whole and named by its file."""
