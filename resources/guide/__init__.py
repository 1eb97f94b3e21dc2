"""Pictures and pages of the guide."""
