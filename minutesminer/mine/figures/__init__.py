"""Figures and their slots: kind, value, unit, measure, role, direction, period."""
