"""What a packet says: what was chosen, its sections, the facts with their sources."""
