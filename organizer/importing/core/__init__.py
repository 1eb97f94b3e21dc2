"""From files to a plan and from the plan to entries; it names no format."""
