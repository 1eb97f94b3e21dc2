"""Table models over services: ids in an array, rows fetched in pages as they come into sight."""
