"""What Tests & imaging shows: the lists, one measure with its chart and table, one report beside its document."""
