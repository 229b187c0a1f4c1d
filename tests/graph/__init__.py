"""Tests of the links between notes."""
