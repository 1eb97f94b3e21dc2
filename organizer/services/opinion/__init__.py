"""The way to a second opinion: case, letters, packet, visit, decision."""
