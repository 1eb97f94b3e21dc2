"""Inter (SIL OFL 1.1) as static TrueType files: the window and the packet draw with the same letters."""
