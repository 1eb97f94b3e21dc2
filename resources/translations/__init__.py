"""Translations of the words that a person reads."""
