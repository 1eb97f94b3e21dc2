"""The words of files and pages, with their places."""
