"""Pictures and pages of the guide: the English ones here, those of another language in a folder named by its code."""
